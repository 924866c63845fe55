/** `<ember-regions>`: which class the model decides on over the plane of two columns, live while it trains. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import '../../kit/chart/chart.js';
import { classLegend, classLegendStyles } from '../../looks/rows/class_legend.js';
import type { Regions as Answer } from '../../generated/iris.js';
import { define } from '../../kit/define.js';
import { inputOf } from '../../kit/events.js';
import { FeaturePairChoice, type Pair } from '../../looks/rows/feature_pair.js';
import { pointGuide } from '../../kit/chart/guide.js';
import { LiveAnswer } from '../../lab/live.js';
import { LabPart } from '../../lab/part.js';
import { planeContent } from '../../looks/rows/plane.js';
import { cellsNow, leadOf, type Fineness } from './fineness.js';
import type { ScatterContent } from '../../kit/chart/plot-spec.js';
import { shared } from '../../kit/styles.js';
import {
  askForData,
  classText,
  featureText,
  measurementText,
  rowTitle,
  type Table,
  type TableData,
} from '../../looks/rows/table_data.js';
import type { Topic } from '../../lab/topics.js';

const CELLS: Fineness = { training: 60, idle: 150 };
/** At most eight pictures a second. */
const INTERVAL_MS = 125;

/** The answer with its question. */
interface Regions extends Answer {
  /** The columns it was asked for. */
  pair: Pair;
}

export class EmberRegions extends LabPart {
  static override topics: readonly Topic[] = ['opened', 'status'];
  static override styles = [
    shared,
    classLegendStyles,
    css`
      .held {
        display: grid;
        grid-template-columns: minmax(6rem, auto) 1fr 5rem;
        gap: 0.25rem 0.75rem;
        align-items: center;
        max-width: 32rem;
      }
    `,
  ];

  /** The last two columns are often the telling ones; the reader may choose others. */
  private readonly pair = new FeaturePairChoice(
    this,
    (features) => features.slice(-2),
    () => this.regions.refresh(),
  );
  /** Values of the columns not shown, where the reader has moved them from the mean. */
  @state() private held: ReadonlyMap<string, number> = new Map();

  private readonly data = new LiveAnswer<TableData>(
    this,
    () => askForData(this.session),
    2000,
    () => this.regions.refresh(),
  );
  private readonly regions: LiveAnswer<Regions> = new LiveAnswer<Regions>(
    this,
    () => this.askForRegions(),
    INTERVAL_MS,
  );

  protected override render(): TemplateResult {
    const table = this.session.opened?.description.table;
    const data = this.data.value;
    const regions = this.regions.value;
    if (!table || !data || !regions) return this.hint('ui.inside.before');
    const content = this.content(table, data, regions);
    return html`${this.hint('ui.inside.regions_intro')} ${this.pair.inputs(table, data.features)}
      ${classLegend(this.dark, this.language, table)}
      <ember-chart
        .content=${content}
        .guide=${pointGuide(content.points.x, content.points.y, (point) => ({
          title: rowTitle(this.language, table, data, point),
          entries: [
            { label: this.t('ui.inside.model_says'), value: this.verdict(table, regions, content, point) },
          ],
        }))}
        .base=${this.session.base}
        .language=${this.language}
        height="360"
        label=${this.t('ui.inside.regions_of', { x: content.x_label, y: content.y_label })}
        name="${this.session.options.lesson}-regions"
      ></ember-chart>
      ${this.heldInputs(table, data, this.pair.of(data.features))}`;
  }

  protected override topicChanged(): void {
    super.topicChanged();
    const known = this.regions.value;
    if (known && known.columns !== cellsNow(this.session, CELLS)) this.regions.refresh();
  }

  private askForRegions(): Promise<Regions> | null {
    const data = this.data.value;
    const table = this.session.opened?.description.table;
    if (!data || !table) return null;
    const pair = this.pair.of(data.features);
    const at = data.features.map((name) => this.heldValue(table, name));
    const cells = cellsNow(this.session, CELLS);
    const options = { x: pair[0], y: pair[1], columns: cells, rows: cells, at };
    return this.session.inspect('iris', 'regions', options).then((answer) => ({ ...answer, pair }));
  }

  private heldValue(table: Table, name: string): number {
    return this.held.get(name) ?? table.features.find((feature) => feature.name === name)!.mean;
  }

  private content(table: Table, data: TableData, regions: Regions): ScatterContent {
    const { pair } = regions;
    // The columns the regions were computed for, which for a moment may not be those chosen by now.
    const known = pair.every((name) => data.features.includes(name)) ? pair : this.pair.of(data.features);
    const lead = leadOf(this.session.opened?.settings['model']);
    return planeContent(this.dark, this.language, table, data, known, regions, lead);
  }

  /** The class of the cell a point lies in. */
  private verdict(
    table: Table,
    { x_range, y_range, columns, rows, classes, confidence }: Regions,
    { points }: ScatterContent,
    point: number,
  ): string {
    const cell = (value: number, [low, high]: [number, number], count: number): number =>
      Math.min(count - 1, Math.max(0, Math.floor(((value - low) / (high - low)) * count)));
    const index = cell(points.y[point]!, y_range, rows) * columns + cell(points.x[point]!, x_range, columns);
    return `${classText(this.language, table.classes[classes[index]!]!)} (${this.number(confidence[index] ?? NaN, 3)})`;
  }

  private heldInputs(table: Table, data: TableData, pair: Pair): TemplateResult | typeof nothing {
    const others = data.features.filter((name) => !pair.includes(name));
    if (others.length === 0) return nothing;
    return html`<details>
      <summary>${this.t('ui.inside.held')}</summary>
      <div class="held">
        ${others.map((name, index) => {
          const { min, max, decimals } = table.features.find((feature) => feature.name === name)!;
          const value = this.heldValue(table, name);
          return html`<label for="column-${index}">${featureText(this.language, table, name)}</label>
            <input
              id="column-${index}"
              type="range"
              min=${min}
              max=${max}
              step="any"
              .value=${String(value)}
              @input=${(event: Event) => {
                this.held = new Map(this.held).set(name, inputOf(event).valueAsNumber);
                this.regions.refresh();
              }}
            />
            <span
              >${measurementText(this.language, table, name, Number(value.toFixed((decimals ?? 9) + 1)))}</span
            >`;
        })}
      </div>
    </details>`;
  }
}

define('ember-regions', EmberRegions);
