/** `<ember-film-map>`: the vectors of all films on the plane in which they differ most, one genre coloured. */

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { FilmMap, Films } from '../../generated/movies.js';
import { classColor } from '../../kit/colors.js';
import { define } from '../../kit/define.js';
import { walk } from '../../kit/chart/guide.js';
import { listenerOf, selectOf, targetOf } from '../../kit/events.js';
import { inNextFrame } from '../../kit/frames.js';
import { pointSign } from '../../kit/legend.js';
import { isResting } from '../../kit/resting.js';
import { styled } from '../../kit/styled.js';
import { shared } from '../../kit/styles.js';
import { onThemeChange, themeColors } from '../../kit/theme.js';
import { LiveAnswer } from '../../lab/live.js';
import { OpenedAnswer } from '../../lab/opened_answer.js';
import { LabPart } from '../../lab/part.js';
import type { Topic } from '../../lab/topics.js';
import { filmSearch } from './asking.js';
import { filmsOf, genresAt, type FilmBook } from './films_of.js';
import { drawMap, HEIGHT } from './map_picture.js';
import { aligned, nearest, type Frame, type Points } from './map_points.js';
import { mapStyles } from './map_styles.js';
import { genreName } from './named.js';
import { listed } from './numbers.js';

/** Milliseconds between two maps while a run trains: each takes about as long as thirty steps. */
const INTERVAL_MS = 2000;
/** A point further away than this, in CSS pixels, is not meant. */
const REACH = 22;
/** Least training ratings of the films that are drawn. */
const LEAST = [0, 5, 20] as const;

export class EmberFilmMap extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = [shared, mapStyles];

  @state() private points: Points | null = null;
  /** A place in the list of genres; none chosen at first. */
  @state() private genre: number | null = null;
  @state() private least = 0;
  /** The film that is pointed at. */
  @state() private film: number | null = null;
  /** The film that was searched for; it stays marked. */
  @state() private marked: number | null = null;
  private atStart = false;
  private frame: Frame | null = null;
  private width = 0;
  private stopTheme: (() => void) | null = null;
  private readonly resizes = new ResizeObserver(([entry]) => {
    this.width = entry!.contentRect.width;
    this.drawSoon();
  });

  private readonly book = new OpenedAnswer(
    this,
    () => filmsOf(this.session),
    () => {
      this.points = this.film = this.marked = null;
      this.book.forget();
    },
  );
  private readonly map = new LiveAnswer<FilmMap>(
    this,
    () => this.session.inspect('movies', 'map', {}),
    INTERVAL_MS,
    () => this.arrived(),
  );

  override connectedCallback(): void {
    super.connectedCallback();
    this.stopTheme = onThemeChange(() => this.drawSoon());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopTheme?.();
    this.resizes.disconnect();
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const canvas = this.renderRoot.querySelector('canvas');
    if (canvas) this.resizes.observe(canvas);
    this.drawSoon();
  }

  protected override render(): TemplateResult {
    const { points } = this;
    const [films, map] = [this.book.value, this.map.value];
    if (!films || !points || !map || points.x.length !== films.ids.length) {
      return this.hint(this.map.failure ? 'ui.map.not_yet' : 'ui.map.before');
    }
    return html`${this.hint('ui.map.intro', { width: this.count(map.width) })} ${this.search(films)}
      ${this.choices(films)}
      <div class="frame">
        ${this.canvas(films)}
        ${
          this.film === null
            ? nothing
            : html`<div class=${this.atStart ? 'readout start' : 'readout'} aria-hidden="true">
                <b>${films.titles[this.film]}</b>
                <div>${this.about(films, this.film)}</div>
              </div>`
        }
      </div>
      <p class="muted">
        ${this.t('ui.chart.point')}${this.t('ui.map.explained', {
          first: this.number(100 * map.explained[0], 2),
          second: this.number(100 * map.explained[1], 2),
        })}
      </p>`;
  }

  private search(films: FilmBook): TemplateResult {
    const { marked } = this;
    const title = marked === null ? '' : films.titles[marked]!;
    return html`${filmSearch(this, films, this.t('ui.map.search'), title, (place) => (this.marked = place))}
    ${
      marked === null
        ? nothing
        : html`<p class="row">
            <span>${this.t('ui.map.marked', { title })} ${this.about(films, marked)}</span>
            <button type="button" class="quiet" @click=${() => (this.marked = null)}>
              ${this.t('ui.map.unmark')}
            </button>
          </p>`
    }`;
  }

  private choices({ genres, genre_sets }: Films): TemplateResult {
    const counted = (genre: number): number => genre_sets.filter((set) => (set >>> genre) & 1).length;
    return html`<div class="row">
      <label>
        ${this.t('ui.map.genre')}
        <select
          @change=${(event: Event) => {
            const { value } = selectOf(event);
            this.genre = value === '' ? null : Number(value);
            this.film = null;
          }}
        >
          <option value="">${this.t('ui.map.no_genre')}</option>
          ${genres.map(
            (genre, place) =>
              html`<option value=${place} ?selected=${place === this.genre}>
                ${genreName(this.language, genre)} (${this.count(counted(place))})
              </option>`,
          )}
        </select>
      </label>
      <label>
        ${this.t('ui.map.least')}
        <select
          @change=${(event: Event) => {
            this.least = Number(selectOf(event).value);
            this.film = null;
          }}
        >
          ${LEAST.map(
            (least) =>
              html`<option value=${least} ?selected=${least === this.least}>
                ${least === 0 ? this.t('ui.map.all') : this.t('ui.map.at_least', { count: least })}
              </option>`,
          )}
        </select>
      </label>
      ${
        this.genre === null
          ? nothing
          : html`<span class="legend"
              >${pointSign(this.color, 'square')} ${genreName(this.language, genres[this.genre]!)}</span
            >`
      }
    </div>`;
  }

  private canvas(films: Films): TemplateResult {
    const walked = this.walked(films);
    const position = this.film === null ? -1 : walked.indexOf(this.film);
    return html`<canvas
      role="slider"
      tabindex="0"
      aria-label=${this.t('ui.map.picture')}
      aria-valuemin="1"
      aria-valuemax=${Math.max(1, walked.length)}
      aria-valuenow=${Math.max(0, position) + 1}
      aria-valuetext=${
        this.film === null
          ? this.t('ui.chart.keys')
          : `${films.titles[this.film]!}; ${this.about(films, this.film)}`
      }
      ${styled({ height: `${HEIGHT}px` })}
      @pointermove=${this.onPointer}
      @pointerdown=${this.onPointer}
      @pointerleave=${(event: PointerEvent) => {
        // What a finger has shown stays.
        if (event.pointerType === 'mouse' && !isResting(event)) this.film = null;
      }}
      @focus=${(event: FocusEvent) => {
        // Where a pointer rests is not where the keys begin.
        if (targetOf(event).matches(':focus-visible')) this.film = this.first(films);
      }}
      @blur=${() => (this.film = null)}
      @keydown=${this.onKey}
    ></canvas>`;
  }

  private about(films: Films, film: number): string {
    const { raters, means } = films;
    const names = genresAt(films, film).map((name) => genreName(this.language, name));
    const mean = means[film] ?? null;
    return this.t(mean === null ? 'ui.map.unrated' : 'ui.map.about', {
      genres: names.length > 0 ? listed(this.language, names) : '–',
      count: this.count(raters[film]!),
      mean: mean === null ? '' : this.number(mean, 3),
    });
  }

  private get color(): string {
    return classColor(this.dark, 1);
  }

  private arrived(): void {
    const map = this.map.value;
    if (map && !this.map.failure) this.points = aligned(this.points, map);
    this.requestUpdate();
  }

  private drawn({ raters }: Films): number[] {
    return raters.flatMap((count, film) => (count >= this.least ? [film] : []));
  }

  private isOfGenre({ genre_sets }: Films, film: number): boolean {
    return this.genre !== null && ((genre_sets[film]! >>> this.genre) & 1) === 1;
  }

  /** The films that arrow keys lead along, from left to right: those of the genre where one is chosen. */
  private walked(films: Films): number[] {
    const { x } = this.points!;
    const all = this.drawn(films);
    const walked = this.genre === null ? all : all.filter((film) => this.isOfGenre(films, film));
    return walked.sort((a, b) => x[a]! - x[b]!);
  }

  /** Where the keyboard begins: at the film that was searched for, where it is among those led along. */
  private first(films: Films): number | null {
    const walked = this.walked(films);
    return walked.find((film) => film === this.marked) ?? walked[0] ?? null;
  }

  private drawSoon(): void {
    inNextFrame(this.draw);
  }

  private readonly draw = (): void => {
    const canvas = this.renderRoot.querySelector('canvas');
    const { points, width, film, marked } = this;
    const films = this.book.value;
    if (!canvas || !films || !points || width < 1) return;
    const { muted, text, background } = themeColors(this);
    const drawn = this.drawn(films);
    const [ofGenre, others] = [true, false].map((wanted) =>
      drawn.filter((one) => this.isOfGenre(films, one) === wanted),
    );
    const color = this.genre === null ? classColor(this.dark, 0) : muted;
    const layers = [
      { films: others!, color, isMeant: false },
      { films: ofGenre!, color: this.color, isMeant: true },
    ];
    this.frame = drawMap(canvas, width, points, layers, {
      text,
      background,
      accent: classColor(this.dark, 3),
      font: `0.875rem ${getComputedStyle(this).fontFamily}`,
      film,
      marked: marked === null ? null : { film: marked, title: films.titles[marked]! },
    });
  };

  private readonly onPointer = (event: PointerEvent): void => {
    const { points, frame } = this;
    const films = this.book.value;
    if (!films || !points || !frame || isResting(event)) return;
    const { left, top } = listenerOf(event).getBoundingClientRect();
    const at = [event.clientX - left, event.clientY - top] as const;
    this.atStart = at[0] > this.width / 2;
    const drawn = this.drawn(films);
    const ofGenre = drawn.filter((film) => this.isOfGenre(films, film));
    // What is coloured is meant first.
    this.film = nearest(points, frame, ofGenre, at, REACH / 3) ?? nearest(points, frame, drawn, at, REACH);
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    const films = this.book.value;
    if (!films) return;
    const walked = this.walked(films);
    const from = this.film ?? this.first(films);
    const at = from === null ? 0 : Math.max(0, walked.indexOf(from));
    const next = walk(event.key, at, walked.length);
    if (next === null || walked.length === 0) return;
    event.preventDefault();
    this.film = walked[next]!;
    this.atStart = next >= walked.length / 2;
  };
}

define('ember-film-map', EmberFilmMap);
