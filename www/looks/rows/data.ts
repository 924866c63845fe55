/** `<ember-data>`: rows of a table, as a scatter chart of two columns or of all pairs, as counts, and as a table. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import '../../kit/chart/chart.js';
import { classLegend, classLegendStyles } from './class_legend.js';
import './data_table.js';
import { define } from '../../kit/define.js';
import { oneOf } from '../../kit/events.js';
import { FeaturePairChoice, type PairChange } from './feature_pair.js';
import { pointGuide, type Readout } from '../../kit/chart/guide.js';
import { LiveAnswer } from '../../lab/live.js';
import { LabPart } from '../../lab/part.js';
import './scatter_matrix.js';
import { stacking } from '../../kit/stacking.js';
import { shared } from '../../kit/styles.js';
import {
  askForData,
  countsOf,
  classText,
  featureName,
  isSample,
  measurementText,
  rowsOfPart,
  rowsText,
  rowTitle,
  scatterOf,
  type Table,
  type TableData,
} from './table_data.js';
import '../../kit/tabs.js';
import type { EmberTabs, TabChange } from '../../kit/tabs.js';
import type { Topic } from '../../lab/topics.js';

/** One chart of two columns, or a small one for each pair. */
const VIEWS = ['pair', 'pairs'] as const;
type View = (typeof VIEWS)[number];

export class EmberData extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = [
    shared,
    classLegendStyles,
    css`
      table {
        margin-bottom: 0.75rem;
      }
    `,
  ];

  @state() private view: View = 'pair';
  private readonly pair = new FeaturePairChoice(this, (features) => features.slice(0, 2));
  private readonly data = new LiveAnswer<TableData>(
    this,
    () => (this.session.opened?.description.table ? askForData(this.session) : null),
    2000,
  );

  protected override render(): TemplateResult {
    const { table } = this.session.opened?.description ?? {};
    const data = this.data.value;
    if (!table || !data) return this.card('data', this.hint('ui.data.before'));
    const rows = rowsText(this.language, data);
    return this.card(
      'data',
      html`${this.hint('ui.data.intro', { rows, features: data.features.length })}
        ${data.features.length > 1 ? this.views(table, data) : this.scatter(table, data)}
        ${this.counts(table, data)}
        <details>
          <summary>${this.t(isSample(data) ? 'ui.data.sample_table' : 'ui.data.table', { rows })}</summary>
          <ember-data-table .table=${table} .data=${data} .language=${this.language}></ember-data-table>
        </details>`,
    );
  }

  private views(table: Table, data: TableData): TemplateResult {
    return html`<ember-tabs
      .tabs=${VIEWS.map((id) => ({ id, label: this.t(`ui.data.views.${id}`) }))}
      .chosen=${this.view}
      .label=${this.t('ui.data.views.label')}
      @tab-change=${(event: TabChange) => (this.view = oneOf(VIEWS, event.detail))}
    >
      ${this.view === 'pair' ? this.scatter(table, data) : this.matrix(table, data)}
    </ember-tabs>`;
  }

  private scatter(table: Table, data: TableData): TemplateResult {
    const content = scatterOf(this.dark, this.language, table, data, ...this.pair.of(data.features));
    return html`${this.pair.inputs(table, data.features)} ${classLegend(this.dark, this.language, table)}
      <ember-chart
        .content=${content}
        .guide=${pointGuide(content.points.x, content.points.y, (point) => this.told(table, data, point))}
        .base=${this.session.base}
        .language=${this.language}
        label=${this.t('ui.data.scatter', { x: content.x_label, y: content.y_label })}
        name="${this.session.options.lesson}-data"
      ></ember-chart>`;
  }

  private matrix(table: Table, data: TableData): TemplateResult {
    return html`${this.hint('ui.data.pairs_intro')} ${classLegend(this.dark, this.language, table)}
      <ember-scatter-matrix
        .table=${table}
        .data=${data}
        .base=${this.session.base}
        .language=${this.language}
        .dark=${this.dark}
        name="${this.session.options.lesson}-pairs"
        @pair-change=${this.onPair}
      ></ember-scatter-matrix>`;
  }

  private readonly onPair = async (event: PairChange): Promise<void> => {
    this.pair.choose(event.detail);
    this.view = 'pair';
    await this.updateComplete;
    // The small chart that had the focus is gone; the tab of the large one stands next to it.
    await this.renderRoot.querySelector<EmberTabs>('ember-tabs')?.focusChosen();
  };

  private told(table: Table, data: TableData, point: number): Readout {
    const measurements = data.features.map((name, column) => ({
      label: featureName(this.language, name),
      value: measurementText(this.language, table, name, data.rows[point]![column]!),
    }));
    return { title: rowTitle(this.language, table, data, point), entries: measurements };
  }

  /** How many rows of each class stand in each part of the data. */
  private counts(table: Table, data: TableData): TemplateResult {
    const parts = [...this.session.opened!.description.splits, 'all'];
    const partText = (part: string): string => this.t(part === 'all' ? 'ui.data.all' : `splits.${part}`);
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${this.t('ui.data.counts')}>
        <table ${stacking()}>
          <caption class="visually-hidden">
            ${this.t('ui.data.counts')}
          </caption>
          <thead>
            <tr>
              <th scope="col">${this.t('ui.data.class')}</th>
              ${parts.map((part) => html`<th scope="col">${partText(part)}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${table.classes.map(
              (name, label) =>
                html`<tr>
                  <th scope="row">${classText(this.language, name)}</th>
                  ${parts.map((part) => html`<td>${this.count(countsOf(data, part)[label] ?? 0)}</td>`)}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${
        data.leaked > 0
          ? html`<p class="error">
              ${this.t('ui.data.leak', { count: data.leaked, all: rowsOfPart(data, 'test') })}
            </p>`
          : nothing
      }`;
  }
}

define('ember-data', EmberData);
