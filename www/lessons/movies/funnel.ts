/** `<ember-funnel>`: YouTube's two stages for one user, from all films over some hundred candidates to ten. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { define } from '../../kit/define.js';
import { inputOf } from '../../kit/events.js';
import { styled } from '../../kit/styled.js';
import { stacking } from '../../kit/stacking.js';
import { shared } from '../../kit/styles.js';
import { LiveAnswer } from '../../lab/live.js';
import { LabPart } from '../../lab/part.js';
import type { Topic } from '../../lab/topics.js';
import type { Funnel } from '../../generated/movies.js';

/** At most two looks a second: each asks the ranking network for hundreds of films. */
const INTERVAL_MS = 500;

export class EmberFunnel extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = [
    shared,
    css`
      ol.stages {
        list-style: none;
        margin: 0 0 1rem;
        padding: 0;
      }
      ol.stages li {
        margin: 0 auto 0.25rem;
        padding: 0.375rem 0.5rem;
        min-width: 13rem;
        max-width: 100%;
        text-align: center;
        background: var(--lab-grid);
        border-radius: 0.25rem;
        overflow-wrap: anywhere;
      }
      .lists {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr));
        gap: 1rem 2rem;
      }
      th {
        word-break: keep-all;
      }
      table {
        width: 100%;
      }
      td.film {
        text-align: start;
        overflow-wrap: anywhere;
      }
      td:not(.film) {
        white-space: nowrap;
      }
      .row {
        margin-bottom: 0.75rem;
      }
      input[type='number'] {
        width: 6rem;
      }
    `,
  ];

  @state() private user = 1;
  private readonly answer = new LiveAnswer<Funnel>(
    this,
    () => this.session.inspect('movies', 'funnel', { user: this.user }),
    INTERVAL_MS,
  );

  protected override render(): TemplateResult {
    const answer = this.answer.value;
    return html`${this.hint('ui.funnel.intro')}
      <div class="row">
        <label for="user">${this.t('ui.funnel.user')}</label>
        <input
          id="user"
          type="number"
          min="1"
          step="1"
          .value=${String(this.user)}
          @change=${(event: Event) => this.choose(Number(inputOf(event).value))}
        />
        <button type="button" @click=${() => this.choose(this.user + 1)}>${this.t('ui.funnel.next')}</button>
      </div>
      <div role="status">
        ${
          this.answer.failure
            ? html`<p class="error">${this.t('ui.funnel.unknown', { user: String(this.user) })}</p>`
            : nothing
        }
      </div>
      ${answer ? this.drawn(answer) : this.hint('ui.funnel.before')}`;
  }

  private choose(user: number): void {
    if (!Number.isInteger(user) || user < 1) return;
    this.user = user;
    this.answer.refresh();
  }

  private drawn(answer: Funnel): TemplateResult {
    const list = (items: readonly string[]): string => items.join(this.t('ui.funnel.separator'));
    return html`<p>${this.t('ui.funnel.history', { films: list(answer.history) })}</p>
      ${
        answer.searched.length > 0
          ? html`<p>${this.t('ui.funnel.searched', { words: list(answer.searched) })}</p>`
          : nothing
      }
      ${this.session.opened?.settings['demographics'] === 'invented' ? this.hint('ui.funnel.invented') : nothing}
      ${this.stages(answer)}
      <p>
        ${this.t(answer.same_order ? 'ui.funnel.same_order' : 'ui.funnel.other_order', {
          count: this.count(answer.candidates),
          time: this.milliseconds(answer.milliseconds.normaliser),
        })}
      </p>
      <div class="lists">${this.first(answer)} ${this.second(answer)}</div>`;
  }

  private stages({ films, unseen, candidates, list, milliseconds, ranked_by }: Funnel): TemplateResult {
    const widths = [films, unseen, candidates, list.length].map(
      (count) => (100 * Math.log10(count + 1)) / Math.log10(films + 1),
    );
    const lines = [
      this.t('ui.funnel.all', { count: this.count(films) }),
      this.t('ui.funnel.unseen', { count: this.count(unseen) }),
      this.t('ui.funnel.candidates', {
        count: this.count(candidates),
        time: this.milliseconds(milliseconds.user + milliseconds.products),
      }),
      milliseconds.ranking === null
        ? this.t('ui.funnel.not_ranked', { count: this.count(list.length) })
        : this.t('ui.funnel.ranked', {
            count: this.count(list.length),
            what: this.t(`ui.funnel.by.${ranked_by}`),
            time: this.milliseconds(milliseconds.ranking),
          }),
    ];
    return html`<ol class="stages">
      ${lines.map((line, index) => html`<li ${styled({ width: `${widths[index] ?? 100}%` })}>${line}</li>`)}
    </ol>`;
  }

  private first({ first }: Funnel): TemplateResult {
    return html`<section aria-labelledby="first">
      <h4 id="first">${this.t('ui.funnel.first')}</h4>
      <table ${stacking()}>
        <thead>
          <tr>
            <th scope="col">${this.t('ui.funnel.film')}</th>
            <th scope="col">${this.t('ui.funnel.product')}</th>
            <th scope="col">${this.t('ui.funnel.probability')}</th>
          </tr>
        </thead>
        <tbody>
          ${first.map(
            ({ title, product, probability }) =>
              html`<tr>
                <td class="film">${title}</td>
                <td>${this.number(product, 3)}</td>
                <td>${this.t('ui.funnel.share', { share: this.number(100 * probability, 2) })}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </section>`;
  }

  private second({ list, ranked_by }: Funnel): TemplateResult {
    return html`<section aria-labelledby="second">
      <h4 id="second">${this.t('ui.funnel.second')}</h4>
      ${ranked_by === 'dot_product' ? this.hint('ui.funnel.no_network') : nothing}
      <table ${stacking()}>
        <thead>
          <tr>
            <th scope="col">${this.t('ui.funnel.film')}</th>
            <th scope="col">${this.t('ui.funnel.place')}</th>
            ${
              ranked_by === 'dot_product'
                ? nothing
                : html`<th scope="col">${this.t(`ui.funnel.odds.${ranked_by}`)}</th>`
            }
            <th scope="col">${this.t('ui.funnel.really')}</th>
          </tr>
        </thead>
        <tbody>
          ${list.map(
            ({ title, place, odds, rated }) =>
              html`<tr>
                <td class="film">${title}</td>
                <td>${this.count(place)}</td>
                ${odds === null ? nothing : html`<td>${this.number(odds, 3)}</td>`}
                <td>${rated === null ? '–' : this.t('ui.funnel.stars', { stars: this.number(rated, 2) })}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </section>`;
  }

  private milliseconds(value: number): string {
    return this.t('ui.funnel.milliseconds', { time: this.number(Math.max(value, 0.01), 2) });
  }
}

define('ember-funnel', EmberFunnel);
