/** `<ember-drawing-pad>`: a square to draw on, with mouse, finger or pen, or with a brush that the arrow keys move. */

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { define } from './define.js';
import { listenerOf } from './events.js';
import { inNextFrame } from './frames.js';
import { walkGrid } from './chart/guide.js';
import { BRUSH, paint, SIDE, type Stroke } from './strokes.js';
import { styled } from './styled.js';
import { shared } from './styles.js';
import { words, type Fill, type Language } from './words.js';

/** The drawing, sent as `drawing-change`; null when nothing is drawn. */
export type DrawingChange = CustomEvent<ImageData | null>;

/** Steps of the keyboard's brush along a side: the pixels of a digit. */
const GRID = 28;

export class EmberDrawingPad extends LitElement {
  static override styles = [
    shared,
    css`
      .pad {
        position: relative;
        width: 100%;
        max-width: ${SIDE}px;
        margin-bottom: 0.5rem;
        line-height: 0;
      }
      canvas {
        width: 100%;
        height: auto;
        border: 1px solid var(--lab-border);
        border-radius: 0.25rem;
        background: #000;
        cursor: crosshair;
        touch-action: none;
      }
      p {
        margin: 0.5rem 0 0;
      }
      .brush {
        position: absolute;
        border: 2px solid #f0e442;
        border-radius: 50%;
        transform: translate(-50%, -50%);
        pointer-events: none;
      }
      .brush.down {
        background: #f0e442;
      }
    `,
  ];

  @property({ attribute: false }) language!: Language;
  /** Accessible name. */
  @property() label = '';
  /** What stands there before anybody has drawn; the first stroke takes its place. */
  @property({ attribute: false }) example: readonly Stroke[] = [];
  /** Whether it is small: one button, and how to draw is said to those only who do not see it. */
  @property({ type: Boolean }) plain = false;
  @state() private strokes: Stroke[] = [];
  /** The cell of the keyboard's brush; null while the keyboard is not used. */
  @state() private cell: number | null = null;
  @state() private penDown = false;
  /** The pointer that draws, so that a second finger does not draw lines across. */
  private pointer: number | null = null;

  protected override render(): TemplateResult {
    const empty = this.strokes.length === 0 && this.example.length === 0;
    return html`<div class="pad">
        <canvas
          width=${SIDE}
          height=${SIDE}
          tabindex="0"
          role="application"
          aria-label=${this.label}
          aria-describedby="hint"
          @pointerdown=${this.onDown}
          @pointermove=${this.onMove}
          @pointerup=${this.onUp}
          @pointercancel=${this.onUp}
          @keydown=${this.onKey}
          @blur=${this.onBlur}
        ></canvas>
        ${this.cell === null ? nothing : this.brush(this.cell)}
      </div>
      <div class="row">
        ${
          this.plain
            ? nothing
            : html`<button
                type="button"
                ?disabled=${this.strokes.length === 0}
                @click=${() => this.keep(this.strokes.slice(0, -1))}
              >
                ${this.t('undo')}
              </button>`
        }
        <button type="button" ?disabled=${empty} @click=${this.onClear}>${this.t('clear')}</button>
      </div>
      <p class=${this.plain ? 'visually-hidden' : 'muted'} id="hint">${this.t('hint')}</p>
      <div class="visually-hidden" role="status">
        ${this.cell === null ? nothing : this.cellText(this.cell)}
      </div>`;
  }

  protected override firstUpdated(): void {
    this.draw();
  }

  private brush(cell: number): TemplateResult {
    const [x, y] = middleOf(cell);
    const place = { left: `${100 * x}%`, top: `${100 * y}%` };
    const size = { width: `${100 * BRUSH}%`, height: `${100 * BRUSH}%` };
    return html`<div class="brush ${this.penDown ? 'down' : ''}" ${styled({ ...place, ...size })}></div>`;
  }

  private cellText(cell: number): string {
    const place = { row: Math.floor(cell / GRID) + 1, column: (cell % GRID) + 1 };
    return this.t(this.penDown ? 'at_down' : 'at_up', place);
  }

  private readonly onDown = (event: PointerEvent): void => {
    if (this.pointer !== null || event.button !== 0) return;
    this.pointer = event.pointerId;
    this.cell = null;
    this.penDown = false;
    listenerOf(event).setPointerCapture(event.pointerId);
    this.keep([...this.strokes, [placeOf(event, listenerOf(event))]]);
  };

  private readonly onMove = (event: PointerEvent): void => {
    if (event.pointerId !== this.pointer) return;
    // A fast hand moves several times between two frames; Safari before 17 tells the last of them only.
    const moves = event.getCoalescedEvents?.() ?? [];
    const pad = listenerOf(event);
    this.extend((moves.length > 0 ? moves : [event]).map((move) => placeOf(move, pad)));
  };

  private readonly onUp = (event: PointerEvent): void => {
    if (event.pointerId === this.pointer) this.pointer = null;
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    const cell = this.cell ?? (GRID / 2) * GRID + GRID / 2;
    if (event.key === ' ') {
      this.cell = cell;
      this.penDown = !this.penDown;
      if (this.penDown) this.keep([...this.strokes, [middleOf(cell)]]);
    } else if (event.key.startsWith('Arrow')) {
      this.cell = walkGrid(event.key, cell, GRID, GRID) ?? cell;
      if (this.penDown) this.extend([middleOf(this.cell)]);
    } else {
      return;
    }
    event.preventDefault();
  };

  private readonly onBlur = (): void => {
    this.cell = null;
    this.penDown = false;
  };

  private readonly onClear = (): void => {
    this.example = [];
    this.keep([]);
  };

  private extend(places: Stroke): void {
    const last = this.strokes.at(-1);
    if (last) this.keep([...this.strokes.slice(0, -1), [...last, ...places]]);
  }

  private keep(strokes: Stroke[]): void {
    this.strokes = strokes;
    if (strokes.length > 0) this.example = [];
    // Taken back or cleared under a pen that is down: what follows is a new stroke.
    if (strokes.length === 0) this.penDown = false;
    inNextFrame(this.draw);
  }

  private readonly draw = (): void => {
    const brush = this.renderRoot.querySelector('canvas')!.getContext('2d', { willReadFrequently: true })!;
    const drawn = this.strokes.length > 0 ? this.strokes : this.example;
    paint(brush, drawn);
    const detail = drawn.length > 0 ? brush.getImageData(0, 0, SIDE, SIDE) : null;
    this.dispatchEvent(new CustomEvent('drawing-change', { detail }) satisfies DrawingChange);
  };

  private t(key: string, fill?: Fill): string {
    return words(this.language, `ui.drawing_pad.${key}`, fill);
  }
}

function middleOf(cell: number): [number, number] {
  return [((cell % GRID) + 0.5) / GRID, (Math.floor(cell / GRID) + 0.5) / GRID];
}

function placeOf(event: PointerEvent, pad: Element): [number, number] {
  const box = pad.getBoundingClientRect();
  return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
}

define('ember-drawing-pad', EmberDrawingPad);
