/** `<ember-cost>`: what a longer history costs in attention scores and in time, beside what the document works out. */

import { css, html, nothing, type TemplateResult } from 'lit';
import type { CostRow, CostShown } from '../../generated/sequences.js';
import { lineColor } from '../../kit/colors.js';
import { define } from '../../kit/define.js';
import { legendStyles } from '../../kit/legend.js';
import { stacking } from '../../kit/stacking.js';
import { shared } from '../../kit/styles.js';
import { LabPart } from '../../lab/part.js';
import type { Topic } from '../../lab/topics.js';
import { askButton, Asked } from './asked.js';
import { exponent, logChart, logSign, type LogSeries, type Point } from './log_chart.js';

/** Items of a history from which on 8·|N| scores are fewer than |N|², with |N| = 3·|H|. */
const CROSSING = 8 / 3;
/** Between these lengths the growth of time is told: below, what each batch costs anyway hides it. */
const [FROM, TO] = [10, 50];

export class EmberCost extends LabPart {
  static override topics: readonly Topic[] = ['opened', 'status', 'progress'];
  static override styles = [
    shared,
    legendStyles,
    css`
      .both {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr));
        gap: 1rem 1.5rem;
        margin-block: 0.75rem;
      }
      .both > * {
        min-width: 0;
      }
      svg.log {
        display: block;
        width: 100%;
        max-width: 30rem;
        height: auto;
      }
      .grid {
        stroke: var(--lab-grid);
      }
      .tick {
        fill: var(--lab-muted);
        font-size: 11px;
      }
      .name {
        fill: var(--lab-text);
        font-size: 12px;
      }
      .mark {
        stroke: var(--lab-text);
        stroke-dasharray: 2 3;
      }
    `,
  ];

  private readonly asked = new Asked<CostShown>(this, () => this.session.inspect('sequences', 'cost', {}));

  protected override render(): TemplateResult {
    const { value } = this.asked;
    return html`<p>${this.t('ui.cost.arithmetic')}</p>
      ${askButton(this, this.asked, this.t('ui.cost.begin'))}
      ${value && value.rows.length > 1 ? this.drawn(value.rows) : this.hint('ui.cost.before')}`;
  }

  private drawn(rows: readonly CostRow[]): TemplateResult {
    const lengths = rows.map(({ length }) => length);
    return html`<div class="both">${this.scores(rows, lengths)} ${this.time(rows, lengths)}</div>
      ${this.sentence(rows)} ${this.table(rows)} ${this.hint('ui.cost.how')}`;
  }

  private scores(rows: readonly CostRow[], lengths: readonly number[]): TemplateResult {
    const of = (value: (row: CostRow) => number): Point[] => rows.map((row) => [row.length, value(row)]);
    const [sparse, complete] = [lineColor(this.dark, 0), lineColor(this.dark, 1)];
    return html`<div>
      <h4>${this.t('ui.cost.charts.scores')}</h4>
      ${logChart({
        label: this.t('ui.cost.charts.scores'),
        across: lengths,
        names: [this.t('ui.cost.items'), this.t('ui.cost.columns.scores_axis')],
        mark: { at: CROSSING, text: this.number(CROSSING, 3) },
        number: (value) => this.number(value),
        series: [
          {
            points: lengths.map((length) => [length, 24 * length]),
            color: sparse,
            sign: null,
            line: 'solid',
          },
          {
            points: lengths.map((length) => [length, 9 * length ** 2]),
            color: complete,
            sign: null,
            line: 'dashed',
          },
          { points: of((row) => row.scores), color: sparse, sign: 'circle', line: null },
          { points: of((row) => row.complete), color: complete, sign: 'square', line: null },
        ],
      })}
      <ul class="legend">
        ${this.legend({ color: sparse, sign: 'circle', line: 'solid' }, 'sparse')}
        ${this.legend({ color: complete, sign: 'square', line: 'dashed' }, 'complete')}
      </ul>
    </div>`;
  }

  private legend(look: Omit<LogSeries, 'points'>, name: string): TemplateResult {
    return html`<li>${logSign(look)} ${this.t(`ui.cost.legend.${name}`)}</li>`;
  }

  private time(rows: readonly CostRow[], lengths: readonly number[]): TemplateResult {
    const color = lineColor(this.dark, 2);
    return html`<div>
      <h4>${this.t('ui.cost.charts.time')}</h4>
      ${logChart({
        label: this.t('ui.cost.charts.time'),
        across: lengths,
        names: [this.t('ui.cost.items'), this.t('ui.cost.columns.milliseconds')],
        number: (value) => this.number(value),
        series: [
          {
            points: rows.map((row) => [row.length, row.milliseconds]),
            color,
            sign: 'circle',
            line: 'solid',
          },
        ],
      })}
    </div>`;
  }

  private sentence(rows: readonly CostRow[]): TemplateResult | typeof nothing {
    const [from, to] = [FROM, TO].map((length) => rows.find((row) => row.length === length));
    const longest = rows.at(-1)!;
    const cheaper = rows.find(({ scores, complete }) => scores < complete);
    if (!from || !to || !cheaper) return nothing;
    return html`<p>
      ${this.t('ui.cost.measured', {
        cheaper: cheaper.length,
        items: longest.length,
        edges: this.number(longest.edges / longest.length, 3),
        nodes: this.number(longest.nodes / longest.length, 3),
        times: this.number(longest.complete / longest.scores, 2),
        exponent: this.number(exponent([from.length, from.milliseconds], [to.length, to.milliseconds]), 2),
        from: from.length,
        to: to.length,
      })}
    </p>`;
  }

  private table(rows: readonly CostRow[]): TemplateResult {
    const columns = ['length', 'nodes', 'edges', 'scores', 'complete', 'milliseconds'] as const;
    const caption = this.t('ui.cost.table');
    return html`<div class="scroll whole" tabindex="0" role="region" aria-label=${caption}>
      <table ${stacking()}>
        <caption class="visually-hidden">
          ${caption}
        </caption>
        <thead>
          <tr>
            ${columns.map((name) => html`<th scope="col">${this.t(`ui.cost.columns.${name}`)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row) =>
              html`<tr>
                <th scope="row">${row.length}</th>
                ${columns.slice(1).map((name) => html`<td>${this.number(row[name], 3)}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }
}

define('ember-cost', EmberCost);
