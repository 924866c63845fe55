/** `<ember-film-map>`: the vectors of all films on the plane in which they differ most, one genre coloured. */

import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { FilmMap, Films } from '../../generated/movies.js';
import { classColor } from '../../kit/colors.js';
import { define } from '../../kit/define.js';
import { walk } from '../../kit/chart/guide.js';
import { listenerOf, selectOf, targetOf } from '../../kit/events.js';
import { inNextFrame } from '../../kit/frames.js';
import { pointSign } from '../../kit/legend.js';
import { styled } from '../../kit/styled.js';
import { shared } from '../../kit/styles.js';
import { onThemeChange, themeColors } from '../../kit/theme.js';
import { LiveAnswer } from '../../lab/live.js';
import { LabPart } from '../../lab/part.js';
import type { Topic } from '../../lab/topics.js';
import { filmsOf } from './films_of.js';
import { aligned, frameOf, nearest, pixelOf, type Frame, type Points } from './map_points.js';

/** Milliseconds between two maps while a run trains: each takes about as long as thirty steps. */
const INTERVAL_MS = 2000;
const HEIGHT = 380;
const MARGIN = 12;
/** A point further away than this, in CSS pixels, is not meant. */
const REACH = 22;
/** Side of a point: of the other films, and of those of the genre. */
const SIDES = [2, 3.5] as const;
/** Least training ratings of the films that are drawn. */
const LEAST = [0, 5, 20] as const;

export class EmberFilmMap extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = [
    shared,
    css`
      .frame {
        position: relative;
      }
      canvas {
        display: block;
        width: 100%;
        border: 1px solid var(--lab-grid);
        border-radius: 0.25rem;
        touch-action: pan-y;
      }
      .readout {
        position: absolute;
        top: 0.25rem;
        inset-inline-end: 0.25rem;
        max-width: 75%;
        padding: 0.25rem 0.5rem;
        pointer-events: none;
        background: var(--lab-background);
        border: 1px solid var(--lab-border);
        border-radius: 0.375rem;
        font-size: 0.8125rem;
        line-height: 1.4;
      }
      .readout.start {
        inset-inline: 0.25rem auto;
      }
      .row {
        margin-bottom: 0.5rem;
        gap: 0.5rem 1rem;
      }
      label {
        display: inline-flex;
        flex-wrap: wrap;
        gap: 0.375rem;
        align-items: center;
      }
      .legend {
        display: inline-flex;
        gap: 0.375rem;
        align-items: center;
      }
    `,
  ];

  @state() private films: Films | null = null;
  @state() private points: Points | null = null;
  /** A place in the list of genres; none chosen at first. */
  @state() private genre: number | null = null;
  @state() private least = 0;
  /** The film that is pointed at. */
  @state() private film: number | null = null;
  private atStart = false;
  /** What was opened when the films were asked for. */
  private asked: unknown = null;
  private frame: Frame | null = null;
  private width = 0;
  private stopTheme: (() => void) | null = null;
  private readonly resizes = new ResizeObserver(([entry]) => {
    this.width = entry!.contentRect.width;
    this.drawSoon();
  });

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

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('session')) this.lookWhereOpened();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopTheme?.();
    this.resizes.disconnect();
  }

  protected override topicChanged(): void {
    super.topicChanged();
    this.lookWhereOpened();
  }

  private lookWhereOpened(): void {
    const { opened } = this.session;
    if (!opened || this.asked === opened) return;
    this.asked = opened;
    this.points = this.film = this.films = null;
    filmsOf(this.session).then(
      (films) => {
        // Those of a lab that was left meanwhile are no longer asked for.
        if (this.asked === opened) this.films = films;
      },
      (thrown: unknown) => this.session.report(thrown),
    );
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const canvas = this.renderRoot.querySelector('canvas');
    if (canvas) this.resizes.observe(canvas);
    this.drawSoon();
  }

  protected override render(): TemplateResult {
    const { films, points } = this;
    const map = this.map.value;
    if (!films || !points || !map || points.x.length !== films.ids.length) {
      return this.hint(this.map.failure ? 'ui.map.not_yet' : 'ui.map.before');
    }
    return html`${this.hint('ui.map.intro', { width: this.count(map.width) })} ${this.choices(films)}
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
                ${genre} (${this.count(counted(place))})
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
          : html`<span class="legend">${pointSign(this.color, 'square')} ${genres[this.genre]}</span>`
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
        if (event.pointerType === 'mouse') this.film = null;
      }}
      @focus=${(event: FocusEvent) => {
        if (targetOf(event).matches(':focus-visible')) this.film ??= this.walked(films)[0] ?? null;
      }}
      @blur=${() => (this.film = null)}
      @keydown=${this.onKey}
    ></canvas>`;
  }

  private about({ genres, genre_sets, raters, means }: Films, film: number): string {
    const names = genres.filter((_, genre) => (genre_sets[film]! >>> genre) & 1).join(', ');
    const mean = means[film] ?? null;
    return this.t(mean === null ? 'ui.map.unrated' : 'ui.map.about', {
      genres: names || '–',
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

  private drawSoon(): void {
    inNextFrame(this.draw);
  }

  private readonly draw = (): void => {
    const canvas = this.renderRoot.querySelector('canvas');
    const { films, points, width } = this;
    if (!canvas || !films || !points || width < 1) return;
    const ratio = devicePixelRatio;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(HEIGHT * ratio);
    const brush = canvas.getContext('2d')!;
    brush.scale(ratio, ratio);
    const theme = themeColors(this);
    const frame = frameOf(points, width, HEIGHT, MARGIN);
    this.frame = frame;
    const drawn = this.drawn(films);
    const paint = (wanted: boolean, color: string, side: number): void => {
      brush.fillStyle = color;
      for (const film of drawn) {
        if (this.isOfGenre(films, film) !== wanted) continue;
        const [x, y] = pixelOf(points, frame, film);
        brush.fillRect(x - side / 2, y - side / 2, side, side);
      }
    };
    // Where many lie on one another it shows darker.
    brush.globalAlpha = 0.6;
    paint(false, this.genre === null ? classColor(this.dark, 0) : theme.muted, SIDES[0]);
    brush.globalAlpha = 1;
    paint(true, this.color, SIDES[1]);
    if (this.film !== null) {
      const [x, y] = pixelOf(points, frame, this.film);
      brush.strokeStyle = theme.text;
      brush.lineWidth = 2;
      brush.beginPath();
      brush.arc(x, y, 7, 0, 2 * Math.PI);
      brush.stroke();
    }
  };

  private readonly onPointer = (event: PointerEvent): void => {
    const { films, points, frame } = this;
    if (!films || !points || !frame) return;
    const { left, top } = listenerOf(event).getBoundingClientRect();
    const at = [event.clientX - left, event.clientY - top] as const;
    this.atStart = at[0] > this.width / 2;
    const drawn = this.drawn(films);
    const ofGenre = drawn.filter((film) => this.isOfGenre(films, film));
    // What is coloured is meant first.
    this.film = nearest(points, frame, ofGenre, at, REACH / 3) ?? nearest(points, frame, drawn, at, REACH);
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    const { films } = this;
    if (!films) return;
    const walked = this.walked(films);
    const at = this.film === null ? 0 : Math.max(0, walked.indexOf(this.film));
    const next = walk(event.key, at, walked.length);
    if (next === null || walked.length === 0) return;
    event.preventDefault();
    this.film = walked[next]!;
    this.atStart = next >= walked.length / 2;
  };
}

define('ember-film-map', EmberFilmMap);
