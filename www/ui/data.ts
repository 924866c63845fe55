/** `<ember-data>`: the data, as a scatter chart of any two columns, as counts, and as a table. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import './chart.js';
import './data_table.js';
import { define } from './define.js';
import { featurePairInputs, validPair } from './feature_pair.js';
import { pointGuide, type Readout } from './guide.js';
import { pointSign } from './legend.js';
import { LiveAnswer } from './live.js';
import { LabPart } from './part.js';
import { shared } from './styles.js';
import {
  askForData,
  classText,
  classesOf,
  measurementText,
  scatterOf,
  splitText,
  type Table,
  type TableData,
} from './table_data.js';
import type { Topic } from './topics.js';

export class EmberData extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = [
    shared,
    css`
      .legend {
        gap: 0.125rem 1rem;
        font-size: 0.9375rem;
        margin: 0.5rem 0;
      }
      .legend span {
        display: inline-flex;
        gap: 0.375rem;
        align-items: center;
      }
      table {
        margin-bottom: 0.75rem;
      }
    `,
  ];

  @state() private pair: [string, string] = ['', ''];
  private readonly data = new LiveAnswer<TableData>(this, () => askForData(this.session), 2000);

  protected override render(): TemplateResult {
    const table = this.session.opened?.description.table;
    const data = this.data.value;
    if (!table || !data) return this.card('data', this.hint('ui.data.before'));
    const [x, y] = validPair(data.features, this.pair);
    const content = scatterOf(this.dark, this.language, table, data, x, y);
    return this.card(
      'data',
      html`${this.hint('ui.data.intro', { rows: data.rows.length, features: data.features.length })}
        ${featurePairInputs(this.language, table, data.features, [x, y], (pair) => (this.pair = pair))}
        <div class="row legend">
          ${classesOf(this.dark, this.language, table).map(
            ({ label, color, shape }) => html`<span>${pointSign(color, shape)} ${label}</span>`,
          )}
        </div>
        <ember-chart
          .content=${content}
          .guide=${pointGuide(content.points.x, content.points.y, (point) => this.told(table, data, point))}
          .base=${this.session.base}
          .language=${this.language}
          label=${this.t('ui.data.scatter', { x: content.x_label, y: content.y_label })}
          name="${this.session.options.lesson}-data"
        ></ember-chart>
        ${this.counts(table, data)}
        <details>
          <summary>${this.t('ui.data.table', { rows: data.rows.length })}</summary>
          <ember-data-table .table=${table} .data=${data} .language=${this.language}></ember-data-table>
        </details>`,
    );
  }

  private told(table: Table, data: TableData, point: number): Readout {
    const measurements = data.features.map((name, column) => ({
      label: this.t(`features.${name}`),
      value: measurementText(this.language, table, name, data.rows[point]![column]!),
    }));
    const name = classText(this.language, table.classes[data.labels[point]!]!);
    const split = splitText(this.language, data.split[point]!);
    return { title: this.t('ui.data.row', { row: point + 1, class: name, split }), entries: measurements };
  }

  /** How many rows of each class stand in each part of the data. */
  private counts(table: Table, data: TableData): TemplateResult {
    const splits = this.session.opened!.description.splits;
    const inSplit = (row: number, split: string): boolean => data.split[row]!.split('+').includes(split);
    const rows = [...data.labels.keys()];
    const shared = rows.filter((row) => data.split[row]!.includes('+')).length;
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${this.t('ui.data.counts')}>
        <table>
          <caption class="visually-hidden">
            ${this.t('ui.data.counts')}
          </caption>
          <thead>
            <tr>
              <th scope="col">${this.t('ui.data.class')}</th>
              ${splits.map((split) => html`<th scope="col">${this.t(`splits.${split}`)}</th>`)}
              <th scope="col">${this.t('ui.data.all')}</th>
            </tr>
          </thead>
          <tbody>
            ${table.classes.map((name, label) => {
              const members = rows.filter((row) => data.labels[row] === label);
              return html`<tr>
                <th scope="row">${classText(this.language, name)}</th>
                ${splits.map((split) => html`<td>${members.filter((row) => inSplit(row, split)).length}</td>`)}
                <td>${members.length}</td>
              </tr>`;
            })}
          </tbody>
        </table>
      </div>
      ${shared > 0 ? html`<p class="error">${this.t('ui.data.leak', { count: shared })}</p>` : nothing}`;
  }
}

define('ember-data', EmberData);
