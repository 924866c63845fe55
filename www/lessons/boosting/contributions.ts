/** `<ember-contributions>`: what each value of one row adds to its score. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { define } from '../../kit/define.js';
import { inputOf } from '../../kit/events.js';
import { failureText } from '../../lab/failure_text.js';
import { LiveAnswer } from '../../lab/live.js';
import { LabPart } from '../../lab/part.js';
import { styled } from '../../kit/styled.js';
import { stacking } from '../../kit/stacking.js';
import { shared } from '../../kit/styles.js';
import type { Topic } from '../../lab/topics.js';
import type { Contributions } from '../../generated/boosting.js';

export class EmberContributions extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = [
    shared,
    css`
      table {
        width: 100%;
        table-layout: auto;
      }
      td.bar {
        width: 45%;
        position: relative;
        padding-inline: 0;
      }
      .bar span {
        position: absolute;
        top: 25%;
        height: 50%;
        border-radius: 0.125rem;
      }
      .bar .up {
        background: #b8520a;
      }
      .bar .down {
        background: #0a5c9e;
      }
      .bar::before {
        content: '';
        position: absolute;
        inset-block: 0;
        left: 50%;
        border-left: 1px solid var(--lab-border);
      }
      th,
      td.left {
        /* Words are broken only where the table has become cards. */
        overflow-wrap: break-word;
      }
      @media (max-width: 40rem) {
        td.bar {
          width: 20%;
        }
      }
      input[type='number'] {
        width: 7rem;
      }
      label {
        display: inline-flex;
        gap: 0.375rem;
        align-items: center;
      }
    `,
  ];

  @state() private row = 0;
  private readonly answer = new LiveAnswer<Contributions>(this, () => this.ask(), 150);

  protected override render(): TemplateResult {
    // A loaded model may be one of another table.
    const { failure } = this.answer;
    if (failure) return html`<p class="error">${failureText(this.language, failure)}</p>`;
    const answer = this.answer.value;
    if (!answer) return this.hint('ui.contributions.before');
    const { row, rows, base, score, answer: probability, label } = answer;
    const values = [...answer.values].sort(
      (one, other) => Math.abs(other.contribution) - Math.abs(one.contribution),
    );
    const largest = Math.max(...values.map(({ contribution }) => Math.abs(contribution)), Number.MIN_VALUE);
    return html`${this.hint('ui.contributions.intro')}
      <div class="row">
        <label>
          ${this.t('ui.contributions.row', { last: this.count(rows) })}
          <input
            type="number"
            min="1"
            max=${rows}
            .value=${String(row + 1)}
            @change=${(event: Event) => this.choose(inputOf(event).valueAsNumber - 1, rows)}
          />
        </label>
        <button type="button" ?disabled=${row === 0} @click=${() => this.choose(row - 1, rows)}>
          ${this.t('ui.contributions.before_it')}
        </button>
        <button type="button" ?disabled=${row + 1 >= rows} @click=${() => this.choose(row + 1, rows)}>
          ${this.t('ui.contributions.after_it')}
        </button>
      </div>
      <p role="status">
        ${this.t('ui.contributions.sum', {
          base: this.number(base, 4),
          score: this.number(score, 4),
          answer: this.number(probability, 3),
          label,
        })}
      </p>
      <div class="scroll" tabindex="0" role="region" aria-label=${this.t('ui.inside.contributions')}>
        <table ${stacking()}>
          <thead>
            <tr>
              <th scope="col">${this.t('ui.importance.column')}</th>
              <th scope="col" class="left">${this.t('ui.contributions.value')}</th>
              <th scope="col">${this.t('ui.contributions.adds')}</th>
              <th scope="col"><span class="visually-hidden">${this.t('ui.contributions.bar')}</span></th>
            </tr>
          </thead>
          <tbody>
            ${values.map(({ name, text, contribution }) => {
              const width = (50 * Math.abs(contribution)) / largest;
              const left = contribution < 0 ? 50 - width : 50;
              return html`<tr>
                <th scope="row">${name}</th>
                <td class="left">${text === '' ? this.t('ui.growth.missing') : text}</td>
                <td>${contribution > 0 ? '+' : nothing}${this.number(contribution, 3)}</td>
                <td class="bar" aria-hidden="true">
                  <span
                    class=${contribution < 0 ? 'down' : 'up'}
                    ${styled({ left: `${left}%`, width: `${width}%` })}
                  ></span>
                </td>
              </tr>`;
            })}
          </tbody>
        </table>
      </div>`;
  }

  private choose(row: number, rows: number): void {
    if (!Number.isInteger(row)) return;
    this.row = Math.min(Math.max(row, 0), rows - 1);
    this.answer.refresh();
  }

  private ask(): Promise<Contributions> {
    return this.session.inspect('boosting', 'contributions', { split: 'valid', row: this.row });
  }
}

define('ember-contributions', EmberContributions);
