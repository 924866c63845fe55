/**
 * `<ember-first-list>`: what the page of the lesson begins with: five films with stars, and the list that the model makes
 * of them at this very step.
 */

import { css, html, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Listed } from '../../generated/movies.js';
import { define } from '../../kit/define.js';
import { shared } from '../../kit/styles.js';
import { LiveAnswer } from '../../lab/live.js';
import { LabPart } from '../../lab/part.js';
import type { Topic } from '../../lab/topics.js';
import { listIn, noAnswer } from './asking.js';
import { filmsOf, genresAt, type FilmBook } from './films_of.js';
import { firstRatings, knownFilms, ratersOfKnown } from './first_ratings.js';
import { starsText } from './numbers.js';
import { poster, posterStyles } from './poster.js';
import { ratedFilms, type RatedFilm } from './rated_films.js';
import './stars.js';
import type { StarsChange } from './stars.js';

/** Four times a second, so that the list is seen to change while the model learns. */
const INTERVAL_MS = 250;
const LISTED = 7;
/** So many are asked for, of which the first that are known are shown. */
const ASKED = 200;

export class EmberFirstList extends LabPart {
  static override topics: readonly Topic[] = ['opened', 'progress'];
  static override styles = [
    shared,
    posterStyles,
    css`
      .columns {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr));
        gap: 0.75rem 2rem;
        align-items: start;
      }
      .columns > * {
        min-width: 0;
      }
      h3 {
        margin: 0 0 0.25rem;
        font-size: 1rem;
      }
      ul,
      ol {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: flex;
        flex-wrap: nowrap;
        gap: 0.5rem;
        justify-content: space-between;
        align-items: center;
        min-height: 2.375rem;
        border-bottom: 1px solid var(--lab-grid);
      }
      .title {
        min-width: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        margin-inline-end: auto;
      }
      ember-stars {
        flex: none;
      }
      .foretold {
        white-space: nowrap;
        font-variant-numeric: tabular-nums;
        color: var(--lab-muted);
      }
      .come .title {
        font-weight: 600;
      }
      .empty {
        color: var(--lab-muted);
      }
      p {
        margin: 0.375rem 0 0;
        font-size: 0.9375rem;
      }
      /* Both of its sentences have room. */
      .said {
        min-height: 4.5em;
      }
    `,
  ];

  private readonly narrow = matchMedia('(max-width: 40rem)').matches;
  @state() private book: FilmBook | null = null;
  /** Films of the list before the latest. */
  private earlier: ReadonlySet<number> = new Set();
  private readonly listed = new LiveAnswer<readonly Listed[]>(this, () => this.ask(), INTERVAL_MS);

  protected override render(): TemplateResult {
    const { book } = this;
    if (!book) return html`${this.hint('ui.first_list.before')}${noAnswer(this, this.listed.failure)}`;
    const given = this.given(firstRatings(book, ratedFilms(this.session)));
    const list = html`<div>
      <h3 id="list">${this.t('ui.self.list')}</h3>
      ${this.list()}
    </div>`;
    // On a phone what a press changes stands where it is seen.
    return html`<div class="columns">${this.narrow ? [list, given] : [given, list]}</div>`;
  }

  private given({ films, isExample }: ReturnType<typeof firstRatings>): TemplateResult {
    return html`<div>
      <h3 id="given">${this.t('ui.first_list.given')}</h3>
      <ul aria-labelledby="given">
        ${repeat(
          films,
          ({ movie }) => movie,
          (film) =>
            html`<li>
              ${this.poster(film)}<span class="title" title=${film.title}>${film.title}</span>
              <ember-stars
                .movie=${film.movie}
                .stars=${film.stars}
                .language=${this.language}
                .label=${this.t('ui.self.stars_of', { title: film.title })}
                @stars-change=${({ detail }: StarsChange) => this.rate(films, film, detail, isExample)}
              ></ember-stars>
            </li>`,
        )}
      </ul>
      <p class="muted">${this.t(isExample ? 'ui.first_list.example' : 'ui.first_list.own')}</p>
    </div>`;
  }

  private poster({ movie, title }: Pick<RatedFilm, 'movie' | 'title'>): TemplateResult {
    const place = this.book?.places.get(movie);
    return poster(title, this.book && place !== undefined ? genresAt(this.book, place) : []);
  }

  private list(): TemplateResult {
    const step = this.session.runs.current?.progress.step ?? 0;
    // Before the first step the answer is empty: the room of the list stays.
    const films = step > 0 && this.listed.value?.length ? this.listed.value : null;
    const rows = films ?? Array.from({ length: LISTED }, () => null);
    return html`<ol aria-labelledby="list">
        ${rows.map((film) =>
          film
            ? html`<li class=${this.earlier.has(film.movie) ? '' : 'come'}>
                ${this.poster(film)}<span class="title" title=${film.title}>${film.title}</span>
                <span class="foretold"
                  >${film.stars === null ? '' : starsText(this.language, film.stars)}</span
                >
              </li>`
            : html`<li class="empty" aria-hidden="true"><span class="title">…</span></li>`,
        )}
      </ol>
      <p class="muted said" aria-live="polite">
        ${films ? this.learned() : this.t('ui.first_list.untrained')}
      </p>`;
  }

  private learned(): string {
    const raters = this.book ? ratersOfKnown(this.book) : 0;
    return this.t(raters > 0 ? 'ui.first_list.learned' : 'ui.first_list.learned_all', { raters });
  }

  /** The reader's own stars; the example's other films stay, or the list would be of one film alone. */
  private rate(films: readonly RatedFilm[], film: RatedFilm, stars: number, isExample: boolean): void {
    const own = ratedFilms(this.session);
    if (isExample) for (const other of films) own.rate(other);
    own.rate({ ...film, stars });
    this.requestUpdate();
    this.listed.refresh();
  }

  private async ask(): Promise<readonly Listed[]> {
    const book = await filmsOf(this.session);
    this.book = book;
    if ((this.session.runs.current?.progress.step ?? 0) === 0) return [];
    const own = ratedFilms(this.session);
    const { films, isExample } = firstRatings(book, own);
    // What the reader has rated elsewhere counts too.
    const rated = isExample ? films : own.of(book);
    const ratings = rated.map(({ movie, stars }): [number, number] => [movie, stars]);
    const { list } = listIn(await this.session.predict('movies', { ratings, top: ASKED }));
    this.earlier = new Set((this.listed.value ?? []).map(({ movie }) => movie));
    return knownFilms(book, list, LISTED);
  }
}

define('ember-first-list', EmberFirstList);
