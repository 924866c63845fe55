/** `<ember-activations>`: what each hidden unit answers to each row, as a heat map with the rows grouped by class. */

import { html, type TemplateResult } from 'lit';
import { framedCellGuide } from '../../kit/cells.js';
import '../../kit/chart/chart.js';
import { define } from '../../kit/define.js';
import { LiveAnswer } from '../../lab/live.js';
import { layerText } from './network_data.js';
import type { AnswerTo } from '../../lab/looks.js';
import { LabPart } from '../../lab/part.js';
import type { HeatmapContent } from '../../kit/chart/plot-spec.js';
import { shared } from '../../kit/styles.js';
import { classText } from '../rows/table_data.js';
import type { Topic } from '../../lab/topics.js';

type Activations = AnswerTo<'activations'>;
type Layer = Activations['layers'][number];

/** Empty rows between two classes. */
const GAP = 2;

export class EmberActivations extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = shared;

  private readonly activations = new LiveAnswer<Activations>(
    this,
    () => this.session.inspectAny('activations', {}),
    300,
  );

  protected override render(): TemplateResult {
    const answer = this.activations.value;
    if (!answer) return this.hint('ui.activations.before');
    if (answer.layers.length === 0) return this.hint('ui.activations.none');
    const rows = displayedRows(answer.labels);
    return html`${this.hint('ui.activations.intro', { rows: this.count(answer.rows.length) })}
    ${answer.layers.map(
      (layer) =>
        html`<h4>${layerText(this.language, layer.name)} · ${layer.units}</h4>
          <ember-chart
            .content=${this.content(answer, layer, rows)}
            .whole=${() => this.whole(answer, layer)}
            .guide=${framedCellGuide(rows, layer.units, (row, unit) => ({
              title: this.rowText(answer, row),
              entries: [
                {
                  label: this.t('ui.layers.unit', { number: unit + 1 }),
                  value: this.value(layer.values[row * layer.units + unit]),
                },
              ],
            }))}
            .base=${this.session.base}
            .language=${this.language}
            height="420"
            label=${this.t('ui.activations.of', { layer: layerText(this.language, layer.name) })}
            name="${this.session.options.lesson}-activations-${layer.name}"
          ></ember-chart>`,
    )}`;
  }

  private value(value: number | null | undefined): string {
    return value === null || value === undefined ? '–' : this.number(value);
  }

  private rowText({ rows, labels }: Activations, row: number): string {
    return this.t('ui.activations.row', {
      row: this.count(rows[row]! + 1),
      class: this.classWord(labels[row]!),
    });
  }

  private classWord(label: number): string {
    const name = this.session.opened?.description.table?.classes[label];
    return name === undefined ? '' : classText(this.language, name);
  }

  /** Every row, for the file of numbers. */
  private whole(answer: Activations, layer: Layer): HeatmapContent {
    const all = answer.rows.map((_, row) => row);
    const names = all.map((row) => this.rowText(answer, row));
    return { ...this.content(answer, layer, all), row_labels: names };
  }

  private content(answer: Activations, layer: Layer, rows: readonly (number | null)[]): HeatmapContent {
    const { units, values, range } = layer;
    const blank: null[] = Array.from({ length: units }, () => null);
    return {
      kind: 'heatmap',
      rows: rows.length,
      columns: units,
      values: rows.flatMap((row) => (row === null ? blank : values.slice(row * units, (row + 1) * units))),
      row_labels: middleLabels(rows, answer.labels).map((label) =>
        label === null ? '' : this.classWord(label),
      ),
      column_labels: Array.from({ length: units }, (_, unit) => String(unit + 1)),
      scale: range !== null && range[0] < 0 ? 'diverging' : 'sequential',
      range,
      x_label: '',
      y_label: this.t('ui.activations.axes'),
      legend_label: this.t('ui.activations.activation'),
    };
  }
}

/** The index of the row at each height: one after the other, with a gap where the class changes. */
function displayedRows(labels: readonly number[]): (number | null)[] {
  const gap: null[] = Array.from({ length: GAP }, () => null);
  return labels.flatMap((label, row) => (row > 0 && label !== labels[row - 1] ? [...gap, row] : [row]));
}

/** The class at the middle of its rows, null at all others: one name for each group. */
function middleLabels(rows: readonly (number | null)[], labels: readonly number[]): (number | null)[] {
  const heights = new Map<number, number[]>();
  rows.forEach((row, height) => {
    if (row === null) return;
    const label = labels[row]!;
    heights.set(label, [...(heights.get(label) ?? []), height]);
  });
  const middles = new Map([...heights].map(([label, all]) => [all[Math.floor(all.length / 2)], label]));
  return rows.map((_, height) => middles.get(height) ?? null);
}

define('ember-activations', EmberActivations);
