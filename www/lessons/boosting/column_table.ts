/**
 * `<ember-column-table>`: the columns of the table with what they hold, which of them are learned from, and which are
 * categories: two settings (`drop_columns`, `categorical_feature`) and the view of the data in one.
 */

import { css, html, nothing, svg, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { textsIn } from '../../engine/json.js';
import type { ColumnShown } from '../../generated/boosting.js';
import { define } from '../../kit/define.js';
import { inputOf } from '../../kit/events.js';
import { InForce } from '../../kit/in_force.js';
import { shared } from '../../kit/styles.js';
import { LiveAnswer } from '../../lab/live.js';
import { LabPart } from '../../lab/part.js';
import type { Topic } from '../../lab/topics.js';
import { rangeText } from '../../looks/rows/range.js';
import { BARS, columnBars } from './column_bars.js';

/** Coordinates of a histogram. */
const SIZE = { width: 60, height: 20 };

/** The settings that the table holds. */
type Setting = 'drop_columns' | 'categorical_feature';

/** A column, and the heights of its histogram where it is learned from. */
interface Shown {
  column: ColumnShown;
  bars: number[] | null;
}

export class EmberColumnTable extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = [
    shared,
    css`
      :host {
        container-type: inline-size;
      }
      table {
        width: 100%;
      }
      th,
      td {
        padding: 0.125rem 0.375rem 0.125rem 0;
        vertical-align: middle;
      }
      thead th {
        font-size: 0.8125rem;
      }
      th[scope='row'] {
        width: 99%;
        text-align: start;
        font-weight: 400;
        overflow-wrap: anywhere;
        line-height: 1.2;
      }
      td.check {
        text-align: center;
      }
      td.check label {
        display: inline-grid;
        place-items: center;
        min-width: 1.75rem;
        min-height: 1.75rem;
      }
      .out th {
        color: var(--lab-muted);
        text-decoration: line-through;
      }
      svg {
        display: block;
        width: 2.5rem;
        height: 1.25rem;
      }
      rect {
        fill: var(--lab-accent);
      }
      /* In a narrow place numbers make room for the names. */
      .more {
        display: none;
      }
      @container (min-width: 34rem) {
        .more {
          display: table-cell;
          white-space: nowrap;
        }
        svg {
          width: 3.75rem;
        }
        th,
        td {
          padding-inline-end: 1rem;
        }
      }
      @media (max-width: 40rem), (pointer: coarse) {
        td.check label {
          min-width: 2.75rem;
          min-height: 2.75rem;
        }
      }
    `,
  ];

  private readonly inForce = new InForce(this);
  private readonly columns = new LiveAnswer<Shown[]>(this, () => this.ask(), 1000);
  /** What the histograms are of: they are asked for again where that has changed, and not with each step. */
  private known: { of: string; shown: Promise<Shown[]> } | null = null;

  /** What was shown last, and of which table. */
  private last: { table: string; shown: Shown[] } | null = null;

  /** Puts the focus on the first column. */
  override focus(): void {
    this.renderRoot.querySelector('input')?.focus();
  }

  protected override render(): TemplateResult {
    const table = this.tableNow();
    if (this.columns.value) this.last = { table, shown: this.columns.value };
    // A column that is taken in or left out makes other data of the same table: its row keeps its place, and the focus.
    const shown = this.last?.table === table ? this.last.shown : null;
    if (!shown) return this.hint('ui.campaign.before');
    const head = (key: string, extra = ''): TemplateResult =>
      html`<th scope="col" class="left ${extra}">${this.t(`ui.campaign.${key}`)}</th>`;
    return html`<table>
      <caption class="visually-hidden">
        ${this.t('ui.campaign.columns')}
      </caption>
      <thead>
        <tr>
          ${head('use')} ${head('column')} ${head('category')} ${head('spread')} ${head('values', 'more')}
          ${head('missing', 'more')} ${head('bins', 'more')}
        </tr>
      </thead>
      <tbody>
        ${repeat(
          shown,
          ({ column }) => column.name,
          (one) => this.row(one),
        )}
      </tbody>
    </table>`;
  }

  private row({ column, bars }: Shown): TemplateResult {
    const { name, role, missing, bins } = column;
    return html`<tr class=${role === 'left_out' ? 'out' : ''}>
      <td class="check">${this.box(column, 'drop_columns')}</td>
      <th scope="row">
        ${name}${
          role === 'label' || role === 'useless'
            ? html` <span class="muted">(${this.t(`ui.campaign.roles.${role}`)})</span>`
            : nothing
        }
      </th>
      <td class="check">${this.box(column, 'categorical_feature')}</td>
      <td>${bars ? this.histogram(column, bars) : nothing}</td>
      <td class="left more">${this.valuesText(column)}</td>
      <td class="more">${this.count(missing)}</td>
      <td class="more">${bins === null ? '–' : this.count(bins)}</td>
    </tr>`;
  }

  /** A box of a column; none where the setting does not speak of it: the label is not learned from. */
  private box({ name }: ColumnShown, setting: Setting): TemplateResult | typeof nothing {
    const { controls, options, opened } = this.session;
    const control = controls.find((one) => one.name === setting);
    if (control?.type !== 'subset' || !control.options.includes(name) || options.hide.includes(setting))
      return nothing;
    const listed = textsIn(opened?.settings[setting] ?? []);
    const isUse = setting === 'drop_columns';
    const isListed = listed.includes(name);
    return html`<label
      ><input
        type="checkbox"
        aria-label=${this.t(isUse ? 'ui.campaign.use_column' : 'ui.campaign.is_category', { column: name })}
        .checked=${this.inForce.show(isListed !== isUse)}
        ?disabled=${options.lock.includes(setting)}
        @change=${(event: Event) => {
          const listsIt = inputOf(event).checked !== isUse;
          const value = control.options.filter((one) => (one === name ? listsIt : listed.includes(one)));
          this.session.changeSettings({ [setting]: value }).catch(() => this.inForce.takeBack());
        }}
    /></label>`;
  }

  private histogram(column: ColumnShown, bars: number[]): TemplateResult {
    const { width, height } = SIZE;
    const step = width / BARS;
    return html`<svg
      viewBox="0 0 ${width} ${height}"
      preserveAspectRatio="none"
      role="img"
      aria-label=${this.valuesText(column)}
    >
      ${bars.map((bar, place) => {
        const tall = bar > 0 ? Math.max(1, bar * height) : 0;
        return svg`<rect x=${place * step} y=${height - tall} width=${step - 1} height=${tall}></rect>`;
      })}
    </svg>`;
  }

  private valuesText(column: ColumnShown): string {
    if (column.kind === 'category') {
      return this.t('ui.own_table.distinct', { count: this.count(column.distinct) });
    }
    const { min, max, mean } = column;
    // A column without any value.
    if (min === null || max === null) return '–';
    return rangeText(this.language, { min, max, mean });
  }

  /** The table that is learned from, whatever its columns are taken for. */
  private tableNow(): string {
    const { opened, runs } = this.session;
    return JSON.stringify([
      opened?.settings['dataset'],
      opened?.settings['label_column'],
      runs.current?.own?.key,
    ]);
  }

  private ask(): Promise<Shown[]> {
    const { opened } = this.session;
    const of = JSON.stringify([opened?.settings, this.session.runs.current?.own?.key]);
    if (this.known?.of !== of) {
      const shown = this.look();
      shown.catch(() => (this.known = null));
      this.known = { of, shown };
    }
    return this.known.shown;
  }

  private async look(): Promise<Shown[]> {
    const { session } = this;
    const { columns } = await session.inspect('boosting', 'data', {});
    const shown: Shown[] = [];
    for (const column of columns) {
      shown.push({ column, bars: column.role === 'feature' ? await this.bars(column) : null });
    }
    return shown;
  }

  /** Of the rows that are trained on; none where the column is split into several before. */
  private async bars(column: ColumnShown): Promise<number[] | null> {
    try {
      const options = { first: true, splits: 0, feature: column.name };
      const { histogram } = await this.session.inspect('boosting', 'growth', options);
      return histogram?.feature === column.name ? columnBars(column, histogram) : null;
    } catch {
      return null;
    }
  }
}

define('ember-column-table', EmberColumnTable);
