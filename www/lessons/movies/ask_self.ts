/** `<ember-ask-self>`: the reader rates films, and gets a list of their own. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { define } from '../../kit/define.js';
import { shared } from '../../kit/styles.js';
import { LiveAnswer } from '../../lab/live.js';
import { LabPart } from '../../lab/part.js';
import type { Topic } from '../../lab/topics.js';
import { askingStyles, filmSearch, listIn, noAnswer, type FilmList, type Question } from './asking.js';
import { filmList } from './film_list.js';
import { filmsOf, genresAt, type FilmBook } from './films_of.js';
import { genreName } from './named.js';
import { listed } from './numbers.js';
import { ratedFilms, type RatedFilm } from './rated_films.js';
import './stars.js';
import type { StarsChange } from './stars.js';

/** Films to be rated, as the document's reader of a service is asked for. */
const WANTED = 10;
/** Films that are suggested at once. */
const SUGGESTED = 5;
const LISTED = 10;

interface Answered {
  question: Question;
  list: FilmList;
}

export class EmberAskSelf extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = [
    shared,
    askingStyles,
    css`
      .ratings {
        list-style: none;
        margin: 0 0 0.75rem;
        padding: 0;
      }
      .ratings > li {
        display: flex;
        flex-wrap: wrap;
        gap: 0 0.75rem;
        align-items: center;
        padding-block: 0.25rem;
        border-bottom: 1px solid var(--lab-grid);
      }
      .name {
        flex: 1 1 12rem;
        overflow-wrap: anywhere;
      }
    `,
  ];

  @state() private book: FilmBook | null = null;
  private readonly answered = new LiveAnswer<Answered>(this, () => this.ask(), 1_000);

  protected override render(): TemplateResult {
    const { book } = this;
    if (!book) return html`${this.hint('ui.ask.before')}${noAnswer(this, this.answered.failure)}`;
    const own = ratedFilms(this.session);
    const rated = own.of(book);
    return html`${this.hint('ui.self.intro', { wanted: this.count(WANTED) })}
      <div class="columns">
        <div>
          ${filmSearch(this, book, this.t('ui.self.search'), '', (place) => this.rate(book, place, 3))}
          ${rated.length > 0 ? this.ratings(rated) : nothing}
          <p class="row">
            <button type="button" ?disabled=${!own.canUndo} @click=${() => this.changed(() => own.undo())}>
              ${this.t('ui.self.undo')}
            </button>
            <button
              type="button"
              ?disabled=${rated.length === 0}
              @click=${() => this.changed(() => own.clear())}
            >
              ${this.t('ui.self.clear')}
            </button>
          </p>
          ${rated.length < WANTED ? this.suggestions(book) : nothing}
        </div>
        <div aria-live="polite">${this.told(rated)}</div>
      </div>`;
  }

  private ratings(rated: readonly RatedFilm[]): TemplateResult {
    const own = ratedFilms(this.session);
    return html`<h4>${this.t('ui.self.rated', { count: this.count(rated.length) })}</h4>
      <ul class="ratings">
        ${repeat(
          rated,
          ({ movie }) => movie,
          (rating) =>
            html`<li>
              <span class="name">${rating.title}</span>
              ${this.stars(rating, (stars) => this.changed(() => own.rate({ ...rating, stars })))}
              <button
                type="button"
                class="quiet"
                aria-label=${this.t('ui.self.remove_film', { title: rating.title })}
                @click=${() => this.changed(() => own.remove(rating.movie))}
              >
                ${this.t('ui.self.remove')}
              </button>
            </li>`,
        )}
      </ul>`;
  }

  private suggestions(book: FilmBook): TemplateResult {
    const own = ratedFilms(this.session);
    return html`<h4>${this.t('ui.self.suggested')}</h4>
      <ul class="ratings">
        ${repeat(
          own.suggested(book, SUGGESTED),
          (place) => book.ids[place]!,
          (place) => {
            const title = book.titles[place]!;
            return html`<li>
              <span class="name"
                >${title}<span class="facts"
                  >${listed(
                    this.language,
                    genresAt(book, place).map((name) => genreName(this.language, name)),
                  )}</span
                ></span
              >
              ${this.stars({ movie: book.ids[place]!, title, stars: 0 }, (stars) => this.rate(book, place, stars))}
              <button
                type="button"
                class="quiet"
                aria-label=${this.t('ui.self.skip_film', { title })}
                @click=${() => this.changed(() => own.skip(book.ids[place]!))}
              >
                ${this.t('ui.self.skip')}
              </button>
            </li>`;
          },
        )}
      </ul>`;
  }

  private stars({ movie, title, stars }: RatedFilm, take: (stars: number) => void): TemplateResult {
    return html`<ember-stars
      .movie=${movie}
      .stars=${stars}
      .language=${this.language}
      .label=${this.t('ui.self.stars_of', { title })}
      @stars-change=${({ detail }: StarsChange) => take(detail)}
    ></ember-stars>`;
  }

  private told(rated: readonly RatedFilm[]): TemplateResult {
    const { failure, value } = this.answered;
    if (failure || !value) return html`${noAnswer(this, failure)}`;
    const { list, question } = value;
    const model = this.session.opened?.settings['model'];
    const nothingSaid =
      rated.length === 0 && typeof model === 'string' ? this.find(`ui.self.nothing.${model}`) : null;
    if (list.tied && nothingSaid) return html`<p>${nothingSaid}</p>`;
    const starsOf = (movie: number): number | null => rated.find((one) => one.movie === movie)?.stars ?? null;
    return html`<h4>${this.t('ui.self.list')}</h4>
      ${nothingSaid ? html`<p>${nothingSaid}</p>` : nothing} ${list.tied ? this.hint('ui.ask.tied') : nothing}
      ${filmList(list, { session: this.session, question, starsOf })}
      ${this.hint('ui.self.popular', { count: this.count(list.popular), all: this.count(list.list.length) })}
      ${list.seen > 0 ? this.hint('ui.self.left_out', { count: this.count(list.seen) }) : nothing}`;
  }

  private rate(book: FilmBook, place: number, stars: number): void {
    const movie = book.ids[place]!;
    this.changed(() => ratedFilms(this.session).rate({ movie, title: book.titles[place]!, stars }));
    // The film moves to those that are rated, and takes the focus along: the next key changes its stars.
    void this.updateComplete.then(() => {
      const rated = [...this.renderRoot.querySelectorAll('ember-stars')];
      rated.find((stars) => stars.movie === movie)?.focus();
    });
  }

  private changed(change: () => void): void {
    change();
    this.requestUpdate();
    this.answered.refresh();
  }

  private async ask(): Promise<Answered> {
    const book = await filmsOf(this.session);
    this.book = book;
    const rated = ratedFilms(this.session).of(book);
    const question: Question = { ratings: rated.map(({ movie, stars }) => [movie, stars]) };
    return { question, list: listIn(await this.session.predict('movies', { ...question, top: LISTED })) };
  }
}

define('ember-ask-self', EmberAskSelf);
