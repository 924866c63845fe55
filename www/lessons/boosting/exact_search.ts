/** `<ember-exact-search>`: histograms beside exact search on the same rows: places tried, memory, time, and what comes of it. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { define } from '../../kit/define.js';
import { LabPart } from '../../lab/part.js';
import { stacking } from '../../kit/stacking.js';
import { shared } from '../../kit/styles.js';
import type { Topic } from '../../lab/topics.js';
import type { SearchesCompared } from '../../generated/boosting.js';

const ROUNDS = 10;

export class EmberExactSearch extends LabPart {
  static override topics: readonly Topic[] = ['opened', 'status'];
  static override styles = [
    shared,
    css`
      tbody th {
        white-space: nowrap;
      }
    `,
  ];

  @state() private comparison: SearchesCompared | null = null;
  @state() private busy = false;
  /** The run that was measured: a table or settings changed since begin another one. */
  private measured: unknown = null;

  protected override render(): TemplateResult {
    const comparison = this.measured === this.session.runs.current ? this.comparison : null;
    return html`<h4>${this.t('ui.exact_search.title')}</h4>
      ${this.hint('ui.exact_search.intro', { rounds: this.count(ROUNDS) })}
      <button
        type="button"
        ?disabled=${this.busy || !this.session.opened || this.session.status === 'training'}
        @click=${() => this.measure()}
      >
        ${this.t(this.busy ? 'ui.exact_search.busy' : 'ui.exact_search.measure')}
      </button>
      <div role="status">${comparison ? this.table(comparison) : nothing}</div>`;
  }

  private table({ rows, all_rows, columns, rounds, metric, searches }: SearchesCompared): TemplateResult {
    const label = this.t('ui.exact_search.title');
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${label}>
        <table ${stacking()}>
          <thead>
            <tr>
              <th scope="col" class="left">${this.t('ui.exact_search.columns.search')}</th>
              ${['places', 'memory', 'prepare', 'round'].map(
                (key) => html`<th scope="col">${this.t(`ui.exact_search.columns.${key}`)}</th>`,
              )}
              <th scope="col">${this.t('ui.exact_search.columns.valid', { metric })}</th>
            </tr>
          </thead>
          <tbody>
            ${searches.map(
              ({ kind, max_bin, places, bytes, prepare, round, valid }) =>
                html`<tr>
                  <th scope="row" class="left">
                    ${this.t(`ui.exact_search.${kind}`, { bins: this.count(max_bin ?? 0) })}
                  </th>
                  <td>${this.count(places)}</td>
                  <td>${this.count(Math.round(bytes / 1000))}</td>
                  <td>${this.number(prepare, 3)}</td>
                  <td>${this.number(round, 3)}</td>
                  <td>${valid === null ? '–' : this.number(valid, 4)}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${this.hint('ui.exact_search.what', {
        rows: this.count(rows),
        columns: this.count(columns),
        rounds: this.count(rounds),
      })}
      ${rows < all_rows ? this.hint('ui.exact_search.some_rows', { all: this.count(all_rows) }) : nothing}`;
  }

  private measure(): void {
    this.busy = true;
    this.measured = this.session.runs.current;
    this.session
      .inspect('boosting', 'exact_search', { rounds: ROUNDS })
      .then(
        (comparison) => (this.comparison = comparison),
        (thrown: unknown) => this.session.report(thrown),
      )
      .finally(() => (this.busy = false));
  }
}

define('ember-exact-search', EmberExactSearch);
