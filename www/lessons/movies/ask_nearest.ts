/** `<ember-ask-nearest>`: the films that the model takes to be most like one. */

import { html, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { Nearest } from '../../generated/movies.js';
import { define } from '../../kit/define.js';
import { shared } from '../../kit/styles.js';
import { LiveAnswer } from '../../lab/live.js';
import { LabPart } from '../../lab/part.js';
import { askingStyles, filmSearch, noAnswer } from './asking.js';
import { filmsOf, titleOf, type FilmBook } from './films_of.js';

interface Answered {
  book: FilmBook;
  movie: number;
  nearest: Nearest;
}

export class EmberAskNearest extends LabPart {
  static override styles = [shared, askingStyles];

  /** The most popular film before the reader has chosen one. */
  @state() private movie: number | null = null;
  @state() private book: FilmBook | null = null;
  private readonly answered = new LiveAnswer<Answered>(this, () => this.ask(), 1_000);

  protected override render(): TemplateResult {
    const { book } = this;
    if (!book) return html`${this.hint('ui.ask.before')}${noAnswer(this, this.answered.failure)}`;
    const answered = this.answered.value;
    return html`${this.hint('ui.nearest.intro')}
      ${filmSearch(
        this,
        book,
        this.t('ui.ask.film'),
        titleOf(book, this.movie ?? answered?.movie ?? -1),
        (place) => {
          this.movie = book.ids[place]!;
          this.answered.refresh();
        },
      )}
      <div class="block" aria-live="polite">
        ${this.answered.failure || !answered ? noAnswer(this, this.answered.failure) : this.films(answered)}
      </div>`;
  }

  private films({ book, movie, nearest: { by, raters, films } }: Answered): TemplateResult {
    if (by === null) return this.hint('ui.nearest.no_vectors');
    if (films.length === 0) return this.hint('ui.nearest.none');
    const few = raters === 0 ? this.hint('ui.nearest.unrated') : '';
    return html`<p>${this.t('ui.nearest.of', { title: titleOf(book, movie) })}</p>
      ${few}
      <ol class="films">
        ${films.map(
          ({ title, likeness, raters }) =>
            html`<li>
              ${title}<span class="facts"
                >${this.t(`ui.nearest.${by}`, { likeness: this.number(likeness, 3) })} ·
                ${this.t('ui.nearest.raters', { count: this.count(raters) })}</span
              >
            </li>`,
        )}
      </ol>`;
  }

  private async ask(): Promise<Answered> {
    const book = await filmsOf(this.session);
    this.book = book;
    const known = this.movie !== null && book.places.has(this.movie) ? this.movie : null;
    const most = book.raters.indexOf(Math.max(...book.raters));
    const movie = known ?? book.ids[most]!;
    this.movie = known;
    return { book, movie, nearest: await this.session.inspect('movies', 'nearest', { movie }) };
  }
}

define('ember-ask-nearest', EmberAskNearest);
