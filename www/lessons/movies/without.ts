/** `<ember-without>`: what a method would recommend to a user had it not seen one of their ratings. */

import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Placed, User, Without } from '../../generated/movies.js';
import { define } from '../../kit/define.js';
import { shared } from '../../kit/styles.js';
import { LabPart } from '../../lab/part.js';
import type { Topic } from '../../lab/topics.js';
import { askingStyles, filmSearch, noAnswer } from './asking.js';
import { titleOf, type FilmBook } from './films_of.js';
import { starsText } from './numbers.js';

export class EmberWithout extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = [
    shared,
    askingStyles,
    css`
      .mark {
        font-weight: 600;
      }
    `,
  ];

  @property({ attribute: false }) book!: FilmBook;
  @property({ attribute: false }) user!: User;
  @state() private movie: number | null = null;
  @state() private answer: Without | null = null;
  @state() private seconds = 0;
  @state() private failure: Error | null = null;
  @state() private busy = false;

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    // What was asked of one user or one run says nothing of the next.
    const before: unknown = changed.get('user');
    if (changed.has('book') || (changed.has('user') && before !== undefined && !this.isSame(before))) {
      this.forget();
    }
  }

  protected override topicChanged(): void {
    this.forget();
    super.topicChanged();
  }

  protected override render(): TemplateResult {
    const { book, user } = this;
    const heading = html`<h4>${this.t('ui.without.title')}</h4>`;
    if (this.session.opened?.description.tensors) return html`${heading}${this.hint('ui.without.network')}`;
    const places = user.rated.flatMap(([movie]) => book.places.get(movie) ?? []);
    const title = this.movie === null ? '' : titleOf(book, this.movie);
    return html`${heading}${this.hint('ui.without.intro')}
      ${filmSearch(this, book, this.t('ui.without.film', { user: user.user }), title, (place) => void this.ask(book.ids[place]!), places)}
      <div aria-live="polite" aria-busy=${this.busy}>
        ${this.failure ? noAnswer(this, this.failure) : this.answer ? this.told(this.answer, title) : nothing}
      </div>`;
  }

  private told({ given, with: before, without, place, list, gone }: Without, title: string): TemplateResult {
    const stars = (value: number): string => starsText(this.language, value);
    const at = this.place(place);
    const moved = list.filter(({ before, after }) => before !== after).length;
    return html`<p>
        ${
          before === null || without === null
            ? this.t('ui.without.ranked', { title, given: stars(given), place: at })
            : this.t('ui.without.stars', {
                title,
                given: stars(given),
                before: stars(before),
                without: stars(without),
                place: at,
              })
        }
        ${this.t('ui.without.changed', { moved, all: list.length, seconds: this.number(this.seconds, 2) })}
      </p>
      <ol class="films">
        ${list.map((film) => html`<li>${film.title} ${this.mark(film, list.length)}</li>`)}
      </ol>
      ${
        gone.length > 0
          ? html`<p>${this.t('ui.without.gone')}</p>
              <ul class="films">
                ${gone.map(({ title, before, after }) => html`<li>${title} <span class="facts">${this.t('ui.without.places', { before: this.place(before), after: this.place(after) })}</span></li>`)}
              </ul>`
          : nothing
      }`;
  }

  private mark({ before, after }: Placed, all: number): TemplateResult {
    if (before === after) return html`<span class="facts">${this.t('ui.without.same')}</span>`;
    const places = this.t('ui.without.was', { before: this.place(before) });
    if (before === null || before > all)
      return html`<span class="facts"><span class="mark">${this.t('ui.without.new')}</span> ${places}</span>`;
    const up = after !== null && after < before;
    return html`<span class="facts"
      ><span class="mark">${up ? '▲' : '▼'} ${this.t(up ? 'ui.without.up' : 'ui.without.down')}</span>
      ${places}</span
    >`;
  }

  private place(place: number | null): string {
    return place === null ? '–' : this.count(place);
  }

  private isSame(before: unknown): boolean {
    return (
      typeof before === 'object' && before !== null && 'user' in before && before.user === this.user.user
    );
  }

  private forget(): void {
    this.movie = null;
    this.answer = null;
    this.failure = null;
  }

  private async ask(movie: number): Promise<void> {
    this.movie = movie;
    this.busy = true;
    const { user } = this.user;
    const begin = performance.now();
    try {
      const answer = await this.session.inspect('movies', 'without', { user, movie });
      if (movie === this.movie) this.answer = answer;
      this.seconds = (performance.now() - begin) / 1000;
      this.failure = null;
    } catch (thrown) {
      this.failure = thrown instanceof Error ? thrown : new Error(String(thrown));
    }
    this.busy = false;
  }
}

define('ember-without', EmberWithout);
