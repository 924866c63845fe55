/**
 * `<ember-tiles>`: small pictures of one size side by side in one drawing, such as the maps of a layer. Their pixels
 * are pointed at, tapped, or walked along with the arrow keys; sends `tile-point` with the pixel, or null for none.
 */

import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { define } from './define.js';
import { listenerOf, targetOf } from './events.js';
import { inNextFrame } from './frames.js';
import { walk, walkGrid } from './chart/guide.js';
import { isResting } from './resting.js';
import { shared } from './styles.js';
import { onThemeChange } from './theme.js';
import { tileAt, tileRoom, type TilePlace, type TileRoom, type Tiles } from './tile_room.js';
import { Visibility } from './visibility.js';

export type TilePoint = CustomEvent<TilePlace | null>;

export class EmberTiles extends LitElement {
  static override styles = [
    shared,
    css`
      canvas {
        display: block;
        width: 100%;
        /* Until it is drawn: a canvas is half as high as it is wide. */
        height: 0;
        touch-action: pan-y;
        image-rendering: pixelated;
      }
    `,
  ];

  @property({ attribute: false }) tiles!: Tiles;
  /** What is said of a pixel. */
  @property({ attribute: false }) told: (place: TilePlace) => string = () => '';
  /** Accessible name, and what is said before a pixel is chosen. */
  @property() label = '';
  @property() hint = '';
  /** Side of a tile in CSS pixels. */
  @property({ type: Number }) size = 64;

  @state() private place: TilePlace | null = null;

  private width = 0;
  private scratch: CanvasRenderingContext2D | null = null;
  private dirty = true;
  private stopTheme: (() => void) | null = null;
  private readonly visibility = new Visibility(this, () => this.drawSoon());
  private readonly resizes = new ResizeObserver(([entry]) => {
    if (entry!.contentRect.width === this.width) return;
    this.width = entry!.contentRect.width;
    this.dirty = true;
    this.drawSoon();
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.resizes.observe(this);
    this.stopTheme = onThemeChange(() => {
      this.dirty = true;
      this.drawSoon();
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resizes.disconnect();
    this.stopTheme?.();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('tiles') || !this.place) return;
    const { count, rows, columns } = this.tiles;
    const { tile, row, column } = this.place;
    // The pixel pointed at may be one that another network does not have.
    if (tile >= count || row >= rows || column >= columns) this.pointAt(null);
  }

  protected override updated(): void {
    this.dirty = true;
    this.drawSoon();
  }

  protected override render(): TemplateResult {
    const { count, rows, columns } = this.tiles;
    const { place } = this;
    const now = place ? (place.tile * rows + place.row) * columns + place.column : 0;
    return html`<canvas
      role="slider"
      tabindex="0"
      aria-label=${this.label}
      aria-valuemin="1"
      aria-valuemax=${Math.max(1, count * rows * columns)}
      aria-valuenow=${now + 1}
      aria-valuetext=${place ? this.told(place) : this.hint || nothing}
      @pointermove=${this.onPointer}
      @pointerdown=${this.onPointer}
      @pointerleave=${this.onLeave}
      @focus=${this.onFocus}
      @blur=${() => this.pointAt(null)}
      @keydown=${this.onKey}
    ></canvas>`;
  }

  private get room(): TileRoom {
    return tileRoom(this.tiles, this.size, this.width);
  }

  private drawSoon(): void {
    if (this.dirty && this.visibility.visible) inNextFrame(this.draw);
  }

  private readonly draw = (): void => {
    const canvas = this.renderRoot.querySelector('canvas');
    if (!this.dirty || !canvas || this.width < 1 || !this.isConnected) return;
    this.dirty = false;
    const { room } = this;
    const scale = devicePixelRatio;
    canvas.width = Math.round(this.width * scale);
    canvas.height = Math.round(room.height * scale);
    canvas.style.setProperty('height', `${room.height}px`);
    const brush = canvas.getContext('2d')!;
    brush.scale(scale, scale);
    const style = getComputedStyle(this);
    for (let tile = 0; tile < this.tiles.count; tile += 1) {
      if (this.tiles.empty[tile]) this.frame(brush, room, tile, style.getPropertyValue('--lab-muted'));
      else this.picture(brush, room, tile, scale);
    }
    if (this.place) this.mark(brush, room, this.place);
  };

  private picture(brush: CanvasRenderingContext2D, room: TileRoom, tile: number, scale: number): void {
    const { rows, columns, pixels } = this.tiles;
    const scratch = (this.scratch ??= document.createElement('canvas').getContext('2d')!);
    const { canvas } = scratch;
    if (canvas.width !== columns || canvas.height !== rows) [canvas.width, canvas.height] = [columns, rows];
    const size = 4 * rows * columns;
    scratch.putImageData(new ImageData(pixels.subarray(tile * size, (tile + 1) * size), columns, rows), 0, 0);
    // Each pixel a sharp square, unless there are more of them than the screen has.
    brush.imageSmoothingEnabled = columns > room.across * scale;
    const [left, top] = room.corner(tile);
    brush.drawImage(canvas, left, top, room.across, room.down);
  }

  /** An empty frame, crossed out. */
  private frame(brush: CanvasRenderingContext2D, room: TileRoom, tile: number, color: string): void {
    const [left, top] = room.corner(tile);
    brush.strokeStyle = color;
    brush.lineWidth = 1;
    brush.strokeRect(left + 0.5, top + 0.5, room.across - 1, room.down - 1);
    brush.beginPath();
    brush.moveTo(left, top + room.down);
    brush.lineTo(left + room.across, top);
    brush.stroke();
  }

  /** The pixel pointed at, framed in black and white so that it shows on every colour. */
  private mark(brush: CanvasRenderingContext2D, room: TileRoom, place: TilePlace): void {
    const [left, top] = room.corner(place.tile);
    const [width, height] = [room.across / this.tiles.columns, room.down / this.tiles.rows];
    const middle = [left + (place.column + 0.5) * width, top + (place.row + 0.5) * height] as const;
    const half = [Math.max(width, 4) / 2, Math.max(height, 4) / 2] as const;
    for (const [color, more] of [
      ['#ffffff', 1.5],
      ['#000000', 0.5],
    ] as const) {
      brush.strokeStyle = color;
      brush.lineWidth = 1.5;
      brush.strokeRect(
        middle[0] - half[0] - more,
        middle[1] - half[1] - more,
        2 * (half[0] + more),
        2 * (half[1] + more),
      );
    }
  }

  private pointAt(place: TilePlace | null): void {
    if (JSON.stringify(place) === JSON.stringify(this.place)) return;
    this.place = place;
    this.dispatchEvent(new CustomEvent('tile-point', { detail: place }) satisfies TilePoint);
  }

  private readonly onPointer = (event: PointerEvent): void => {
    if (isResting(event)) return;
    const { left, top } = listenerOf(event).getBoundingClientRect();
    this.pointAt(tileAt(this.tiles, this.room, event.clientX - left, event.clientY - top));
  };

  private readonly onLeave = (event: PointerEvent): void => {
    // A finger lifted from the glass leaves too, and what it has shown should stay.
    if (event.pointerType === 'mouse' && !isResting(event)) this.pointAt(null);
  };

  private readonly onFocus = (event: FocusEvent): void => {
    // Where a pointer rests is not where the keys begin.
    if (targetOf(event).matches(':focus-visible')) {
      this.pointAt({ tile: 0, row: 0, column: 0 });
    }
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    const { count, rows, columns } = this.tiles;
    const place = this.place ?? { tile: 0, row: 0, column: 0 };
    const arrow = event.key.startsWith('Arrow');
    const tile =
      arrow && rows * columns === 1
        ? walk(event.key, place.tile, count)
        : { PageDown: place.tile + 1, PageUp: place.tile - 1, Home: 0, End: count - 1 }[event.key];
    if (!arrow && tile === undefined) return;
    event.preventDefault();
    if (tile !== undefined && tile !== null) {
      this.pointAt({ ...place, tile: Math.min(count - 1, Math.max(0, tile)) });
      return;
    }
    const cell = walkGrid(event.key, place.row * columns + place.column, rows, columns);
    if (cell === null) return;
    this.pointAt({ tile: place.tile, row: Math.floor(cell / columns), column: cell % columns });
  };
}

define('ember-tiles', EmberTiles);
