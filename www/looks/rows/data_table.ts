/** `<ember-data-table>`: the rows as they were sent, sortable by any column. */

import { css, html, LitElement, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { define } from '../../kit/define.js';
import { stacking } from '../../kit/stacking.js';
import { shared } from '../../kit/styles.js';
import { classText, featureText, splitText, valueText, type Table, type TableData } from './table_data.js';
import { formatCount, words, type Language } from '../../kit/words.js';

/** A column: how it is named, what is shown, what it is sorted by. */
interface Column {
  label: string;
  text: (row: number) => string;
  key: (row: number) => number | string;
}

export class EmberDataTable extends LitElement {
  static override styles = [
    shared,
    css`
      .scroll {
        max-height: 24rem;
      }
      thead th {
        position: sticky;
        top: 0;
        background: var(--lab-surface);
        padding: 0;
      }
      thead button {
        border: 0;
        background: transparent;
        font-weight: 600;
        width: 100%;
        text-align: inherit;
      }
    `,
  ];

  @property({ attribute: false }) table!: Table;
  @property({ attribute: false }) data!: TableData;
  @property({ attribute: false }) language!: Language;
  @state() private sortedBy = 0;
  @state() private descending = false;

  protected override render(): TemplateResult {
    const columns = this.columns();
    const column = columns[this.sortedBy] ?? columns[0]!;
    const sign = this.descending ? -1 : 1;
    const compare = (one: number | string, other: number | string): number =>
      one < other ? -sign : one > other ? sign : 0;
    const rows = [...this.data.rows.keys()].sort((a, b) => compare(column.key(a), column.key(b)) || a - b);
    return html`<div
      class="scroll"
      tabindex="0"
      role="region"
      aria-label=${words(this.language, 'ui.data.rows')}
    >
      <table ${stacking()}>
        <thead>
          <tr>
            ${columns.map(({ label }, index) => {
              const chosen = index === this.sortedBy;
              const direction = this.descending ? 'descending' : 'ascending';
              return html`<th scope="col" aria-sort=${chosen ? direction : 'none'}>
                <button type="button" @click=${() => this.sortBy(index)}>
                  ${label} <span aria-hidden="true">${chosen ? (this.descending ? '▾' : '▴') : ''}</span>
                </button>
              </th>`;
            })}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row) =>
              html`<tr>
                ${columns.map(({ text }) => html`<td>${text(row)}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  private columns(): Column[] {
    const { data, table, language } = this;
    const className = (row: number): string => classText(language, table.classes[data.labels[row]!]!);
    const split = (row: number): string => splitText(language, data.split[row]!);
    return [
      {
        label: words(language, 'ui.data.number'),
        text: (row) => formatCount(language, data.row_numbers[row]! + 1),
        key: (row) => row,
      },
      ...data.features.map((name, index) => ({
        label: featureText(language, table, name),
        text: (row: number) => valueText(language, table, name, data.rows[row]![index]!),
        key: (row: number) => data.rows[row]![index]!,
      })),
      { label: words(language, 'ui.data.class'), text: className, key: (row) => data.labels[row]! },
      { label: words(language, 'ui.data.split'), text: split, key: split },
    ];
  }

  private sortBy(column: number): void {
    this.descending = column === this.sortedBy && !this.descending;
    this.sortedBy = column;
  }
}

define('ember-data-table', EmberDataTable);
