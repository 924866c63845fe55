/** `<ember-importance>`: how often each column is split on and how much that gains, and what is odd about the splits. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { define } from '../../kit/define.js';
import { LiveAnswer } from '../../lab/live.js';
import { LabPart } from '../../lab/part.js';
import { styled } from '../../kit/styled.js';
import { stacking } from '../../kit/stacking.js';
import { shared } from '../../kit/styles.js';
import type { Topic } from '../../lab/topics.js';
import type { Importance } from '../../generated/boosting.js';

export class EmberImportance extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = [
    shared,
    css`
      table {
        width: 100%;
      }
      td.bar {
        width: 40%;
      }
      .bar span {
        display: block;
        height: 0.75rem;
        background: var(--lab-accent);
        border-radius: 0.125rem;
      }
      th {
        /* Words are broken only where the table has become cards. */
        overflow-wrap: break-word;
      }
      @media (max-width: 40rem) {
        td.bar {
          width: 20%;
        }
      }
    `,
  ];

  private readonly answer = new LiveAnswer<Importance>(
    this,
    () => this.session.inspect('boosting', 'importance', {}),
    300,
  );

  protected override render(): TemplateResult {
    const answer = this.answer.value;
    if (!answer || answer.trees === 0) return this.hint('ui.importance.before');
    const largest = Math.max(...answer.features.map(({ gain }) => gain), Number.MIN_VALUE);
    return html`${this.hint('ui.importance.intro')}
      <div class="scroll" tabindex="0" role="region" aria-label=${this.t('ui.inside.importance')}>
        <table ${stacking()}>
          <thead>
            <tr>
              <th scope="col">${this.t('ui.importance.column')}</th>
              <th scope="col">${this.t('ui.importance.splits')}</th>
              <th scope="col">${this.t('ui.importance.gain')}</th>
              <th scope="col"><span class="visually-hidden">${this.t('ui.importance.share')}</span></th>
            </tr>
          </thead>
          <tbody>
            ${answer.features.map(
              ({ name, split, gain }) =>
                html`<tr>
                  <th scope="row">${name}</th>
                  <td>${this.count(split)}</td>
                  <td>${this.number(gain, 4)}</td>
                  <td class="bar" aria-hidden="true">
                    <span ${styled({ width: `${(100 * gain) / largest}%` })}></span>
                  </td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${this.curiosities(answer)}`;
  }

  private curiosities({ curiosities, best_round }: Importance): TemplateResult {
    const { splits, noise, small_leaves, leaves, smallest_leaf, min_data_in_leaf } = curiosities;
    return html`<h4>${this.t('ui.importance.odd')}</h4>
      <p>${this.t('ui.importance.noise', { noise: this.count(noise), splits: this.count(splits) })}</p>
      <p>
        ${this.t('ui.importance.small', {
          small: this.count(small_leaves),
          leaves: this.count(leaves),
          least: this.count(min_data_in_leaf),
          smallest: this.count(smallest_leaf ?? 0),
        })}
      </p>
      ${
        best_round === null
          ? nothing
          : html`<p>${this.t('ui.importance.best_round', { round: this.count(best_round) })}</p>`
      }`;
  }
}

define('ember-importance', EmberImportance);
