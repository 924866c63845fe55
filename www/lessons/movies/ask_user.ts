/** `<ember-ask-user>`: what the model says of one user: of a film, of the films to see next, and without one rating. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { Scored, User } from '../../generated/movies.js';
import { define } from '../../kit/define.js';
import { inputOf } from '../../kit/events.js';
import { shared } from '../../kit/styles.js';
import { LiveAnswer } from '../../lab/live.js';
import { LabPart } from '../../lab/part.js';
import type { Topic } from '../../lab/topics.js';
import {
  askingStyles,
  filmSearch,
  listIn,
  noAnswer,
  scoreIn,
  type FilmList,
  type Question,
} from './asking.js';
import { filmList, noStars } from './film_list.js';
import { filmsOf, titleOf, type FilmBook } from './films_of.js';
import { genreName, occupationName } from './named.js';
import { listed, starsText } from './numbers.js';
import './without.js';
import './why.js';

const LISTED = 10;

interface Answered {
  book: FilmBook;
  user: User;
  question: Question;
  list: FilmList | null;
  film: { movie: number; scored: Scored } | null;
}

export class EmberAskUser extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = [
    shared,
    askingStyles,
    css`
      .row input {
        width: 7rem;
      }
    `,
  ];

  @state() private chosen: { user: number } | { at: number } = { at: 0 };
  @state() private movie: number | null = null;
  /** Of whom it is known who they are; what the model says may still have to wait for its training. */
  @state() private known: { book: FilmBook; user: User } | null = null;
  private readonly answered = new LiveAnswer<Answered>(this, () => this.ask(), 1_000);

  protected override render(): TemplateResult {
    const { known } = this;
    const { failure, value } = this.answered;
    if (!known) return html`${this.hint('ui.ask.before')}${noAnswer(this, failure)}`;
    const { book, user } = known;
    const title = this.movie === null ? '' : titleOf(book, this.movie);
    return html`<p class="row">
        <label for="user">${this.t('ui.ask.user')}</label>
        <input id="user" type="number" min="1" step="1" .value=${String(user.user)} @change=${this.onUser} />
        <button type="button" @click=${() => this.choose({ at: Math.floor(Math.random() * user.count) })}>
          ${this.t('ui.ask.random')}
        </button>
      </p>
      <div aria-live="polite">${this.who(user)}</div>
      <div class="columns">
        <div>
          ${filmSearch(this, book, this.t('ui.ask.film'), title, (place) => {
            this.movie = book.ids[place]!;
            this.answered.refresh();
          })}
          <div aria-live="polite">${failure || !value ? noAnswer(this, failure) : this.told(value)}</div>
        </div>
        <ember-without .session=${this.session} .book=${book} .user=${user}></ember-without>
      </div>`;
  }

  private who({ user, ratings, mean, genres, about }: User): TemplateResult {
    const liked = genres.map(({ name, films, mean }) =>
      this.t('ui.ask.genre', {
        name: genreName(this.language, name),
        films: this.count(films),
        mean: this.number(mean, 2),
      }),
    );
    const fill = { user, ratings: this.count(ratings), mean: mean === null ? '–' : this.number(mean, 3) };
    return html`<p>
        ${this.t('ui.ask.who', fill)}
        ${liked.length > 0 ? this.t('ui.ask.likes', { genres: listed(this.language, liked) }) : nothing}
      </p>
      ${
        about
          ? this.hint(about.invented ? 'ui.ask.invented' : 'ui.ask.about', {
              gender: this.t(`ui.ask.genders.${about.gender}`),
              age: this.t(`ui.ask.ages.${about.age}`),
              job: occupationName(this.language, about.job),
            })
          : nothing
      }`;
  }

  private told({ book, user, question, list, film }: Answered): TemplateResult {
    const given = new Map(user.rated);
    const shown = { session: this.session, question, starsOf: (movie: number) => given.get(movie) ?? null };
    return html`${film ? this.score(book, film, given.get(film.movie) ?? null, question) : nothing}
    ${
      list
        ? html`<h4>${this.t('ui.ask.list', { user: user.user })}</h4>
            ${list.tied ? this.hint('ui.ask.tied') : nothing} ${filmList(list, shown)}
            ${this.hint('ui.ask.left_out', { count: this.count(list.seen) })}`
        : nothing
    }`;
  }

  private score(
    book: FilmBook,
    { movie, scored }: { movie: number; scored: Scored },
    given: number | null,
    question: Question,
  ): TemplateResult {
    const { score, rank, of, reasons } = scored;
    const rated = new Map(this.known?.user.rated);
    return html`<div class="block">
      <h4>${titleOf(book, movie)}</h4>
      <p>
        ${
          score === null
            ? this.t('ui.ask.no_stars')
            : html`<b class="score">${starsText(this.language, score)}</b> ${this.t('ui.ask.of_five')}`
        }
        ${rank === null ? nothing : this.t('ui.ask.rank', { rank: this.count(rank), of: this.count(of) })}
        ${given === null ? nothing : this.t('ui.ask.learned', { stars: starsText(this.language, given) })}
      </p>
      <ember-why
        .session=${this.session}
        .question=${question}
        .movie=${movie}
        .reasons=${reasons}
        .starsOf=${score === null ? noStars : (other: number) => rated.get(other) ?? null}
      ></ember-why>
    </div>`;
  }

  private readonly onUser = (event: Event): void => {
    const user = inputOf(event).valueAsNumber;
    if (Number.isSafeInteger(user) && user >= 0) this.choose({ user });
  };

  private choose(chosen: { user: number } | { at: number }): void {
    this.chosen = chosen;
    this.answered.refresh();
  }

  private async ask(): Promise<Answered> {
    const { session, chosen, movie } = this;
    const [book, user] = await Promise.all([filmsOf(session), session.inspect('movies', 'user', chosen)]);
    this.known = { book, user };
    const question: Question = { user: user.user };
    const list = listIn(await session.predict('movies', { ...question, top: LISTED }));
    if (movie === null || !book.places.has(movie)) return { book, user, question, list, film: null };
    const scored = scoreIn(await session.predict('movies', { ...question, movie }));
    return { book, user, question, list, film: { movie, scored } };
  }
}

define('ember-ask-user', EmberAskUser);
