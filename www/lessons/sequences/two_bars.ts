/** `<ember-two-bars>`: what order is worth to a model, and what it is worth that pictures and words belong to their items. */

import { css, html, nothing, type TemplateResult } from 'lit';
import type { Disturbed } from '../../generated/sequences.js';
import { define } from '../../kit/define.js';
import { styled } from '../../kit/styled.js';
import { stacking } from '../../kit/stacking.js';
import { shared } from '../../kit/styles.js';
import { LabPart } from '../../lab/part.js';
import type { Topic } from '../../lab/topics.js';
import { isUntrained } from '../../lab/untrained.js';
import { lengthStyles } from '../../looks/bars.js';
import '../../looks/untrained.js';
import { askButton, Asked } from './asked.js';
import { barsOf, verdictOf, type BarOf } from './disturbances.js';

export class EmberTwoBars extends LabPart {
  static override topics: readonly Topic[] = ['opened', 'status', 'progress'];
  static override styles = [
    shared,
    lengthStyles,
    css`
      table {
        width: 100%;
        max-width: 44rem;
        margin-block: 0.5rem;
      }
      th,
      td {
        border: 0;
        padding: 0.25rem 0.375rem;
        vertical-align: middle;
        font-weight: 400;
      }
      td:not(.bar) {
        white-space: nowrap;
      }
      td.bar {
        width: 55%;
      }
      .room {
        position: relative;
        height: 1.5rem;
      }
      .length {
        height: 100%;
      }
      .intact .length {
        background: var(--lab-muted);
      }
      /* The error of the difference, in both directions from the end of the bar. */
      .whisker {
        position: absolute;
        top: 50%;
        height: 0.625rem;
        margin-top: -0.3125rem;
        border-inline: 2px solid var(--lab-text);
        background: linear-gradient(var(--lab-text), var(--lab-text)) center / 100% 2px no-repeat;
      }
      small {
        display: block;
        color: var(--lab-muted);
      }
      @media (max-width: 40rem) {
        td.bar {
          width: 35%;
        }
      }
    `,
  ];

  private readonly asked = new Asked<Disturbed>(this, () =>
    this.session.inspect('sequences', 'disturbed', {}),
  );

  protected override render(): TemplateResult {
    const { value } = this.asked;
    return html`${this.hint('ui.two_bars.intro')}
      <ember-untrained .session=${this.session} says="ui.asked.untrained"></ember-untrained>
      ${askButton(this, this.asked, this.t('ui.two_bars.begin'), () => this.judge())}
      ${value ? this.drawn(value) : nothing}`;
  }

  private drawn(value: Disturbed): TemplateResult {
    const verdict = verdictOf(value);
    return html`<table ${stacking()}>
        <caption class="visually-hidden">
          ${this.t('ui.two_bars.table')}
        </caption>
        <thead class="visually-hidden">
          <tr>
            <th scope="col">${this.t('ui.two_bars.histories')}</th>
            <th scope="col">MRR@20</th>
            <td></td>
          </tr>
        </thead>
        <tbody>
          ${barsOf(value).map((bar) => this.bar(bar))}
        </tbody>
      </table>
      <p role="status">
        ${this.t(`ui.two_bars.verdicts.${verdict}`, {
          errors: this.number(Math.abs(value.shuffling_beyond), 2),
          shuffled: this.change(value.shuffled),
          mismatched: this.change(value.mismatched),
        })}
        ${this.aboutModel()}
      </p>
      ${this.hint('ui.two_bars.how', { histories: this.count(value.histories) })}`;
  }

  private bar({ name, mrr, error, ends }: BarOf): TemplateResult {
    const percent = (share: number): string => `${100 * share}%`;
    return html`<tr class=${name}>
      <th scope="row">
        ${this.t(`ui.two_bars.bars.${name}`)}<small>${this.t(`ui.two_bars.about.${name}`)}</small>
      </th>
      <td>
        ${this.number(mrr, 3)}${error === null ? nothing : html`<small>± ${this.number(error, 1)}</small>`}
      </td>
      <td class="bar left" aria-hidden="true">
        <div class="room">
          <div class="length" ${styled({ width: percent(ends.mrr) })}></div>
          ${
            error === null
              ? nothing
              : html`<span
                  class="whisker"
                  ${styled({ left: percent(ends.low), width: percent(ends.high - ends.low) })}
                ></span>`
          }
        </div>
      </td>
    </tr>`;
  }

  /** By how much MRR@20 is another, with its sign. */
  private change({ drop }: Disturbed['shuffled']): string {
    return `${drop < 0 ? '+' : ''}${this.number(-drop, 2)}`;
  }

  /** What the document would expect of a model of this kind. */
  private aboutModel(): string {
    const model = this.session.opened?.settings['model'];
    return typeof model === 'string' ? (this.find(`ui.two_bars.expected.${model}`) ?? '') : '';
  }

  /** The lab judges the goal by the same figures whenever it is asked; the page need not wait for a training step. */
  private async judge(): Promise<void> {
    const value = await this.asked.ask();
    const { opened } = this.session;
    if (!value || opened?.settings['model'] !== 'late' || isUntrained(this.session)) return;
    const errors = value.shuffling_beyond;
    this.session.noteExperiment({ id: 'late_loses', passed: errors > 2, value: errors });
  }
}

define('ember-two-bars', EmberTwoBars);
