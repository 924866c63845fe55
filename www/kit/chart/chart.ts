/**
 * `<ember-chart>`: a drawing of the plot module with everything around it: it keeps to its width, follows the
 * theme and the reader's text size, answers pointer, tap and arrow keys by its guide, and gives itself as SVG, as CSV and
 * as a table. What stands inside the element is laid over the drawing.
 */

import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { chartMenuButton, chartMenuStyles, chartTools, type ChartMenu } from './chart_menu.js';
import { chartTable } from './chart_table.js';
import { define } from '../define.js';
import { listenerOf, targetOf } from '../events.js';
import { download } from '../download.js';
import { inNextFrame } from '../frames.js';
import { walk, type Guide, type Readout } from './guide.js';
import { csv, loadPlot, type Plot, type PlotContent, type PlotLayout, type PlotSpec } from './plot.js';
import { plainText, placeReadout, readoutBox, readoutStyles } from './readout.js';
import { isResting } from '../resting.js';
import { styled } from '../styled.js';
import { shared } from '../styles.js';
import { onThemeChange, themeColors, type ThemeColors } from '../theme.js';
import { Visibility } from '../visibility.js';
import { words, type Fill, type Language } from '../words.js';

export class EmberChart extends LitElement {
  static override styles = [
    shared,
    readoutStyles,
    chartMenuStyles,
    css`
      :host {
        margin-bottom: 0.75rem;
      }
      .frame {
        position: relative;
      }
      canvas {
        display: block;
        width: 100%;
        height: 100%;
        touch-action: pan-y;
        border-radius: 0.25rem;
      }
    `,
  ];

  @property({ attribute: false }) content!: PlotContent;
  @property({ attribute: false }) guide: Guide | null = null;
  /** The content with every number, where `content` is thinned for drawing; for the CSV file. */
  @property({ attribute: false }) whole: (() => PlotContent) | null = null;
  /** The folder of the site. */
  @property({ attribute: false }) base!: URL;
  @property({ attribute: false }) language!: Language;
  /** Accessible name. */
  @property() label = '';
  /** What the drawing needs a word on, below it. */
  @property() note = '';
  /** Name of the downloaded files, without its end. */
  @property() name = 'chart';
  /** Height in CSS pixels at the usual text size; it grows with the reader's. */
  @property({ type: Number }) height = 240;
  /** Whether a line chart may be drawn on a logarithmic scale. */
  @property({ type: Boolean }) logarithm = false;

  @state() private position: number | null = null;
  @state() private layout: PlotLayout | null = null;
  @state() private failure = '';
  @state() private menuOpen = false;
  @state() private tableOpen = false;
  /** The scale that the reader has chosen. */
  @state() private scale: 'linear' | 'log' | null = null;

  /** How high the pointer is; null for the keys. */
  private pointed: number | null = null;
  private plot: Plot | null = null;
  private theme: ThemeColors | null = null;
  private dirty = true;
  /** Of the drawing, in CSS pixels. */
  private size = { width: 0, height: 0 };
  private readonly resizes = new ResizeObserver(([entry]) => this.resized(entry!.contentRect));
  private readonly visibility = new Visibility(this, () => this.drawSoon());
  private stopTheme: (() => void) | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.stopTheme = onThemeChange(() => {
      this.theme = null;
      this.changed();
    });
    if (this.hasUpdated) this.resizes.observe(this.frame);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopTheme?.();
    this.resizes.disconnect();
  }

  protected override firstUpdated(): void {
    this.resizes.observe(this.frame);
    loadPlot(this.base).then(
      (plot) => {
        this.plot = plot;
        this.changed();
      },
      (thrown: Error) => (this.failure = thrown.message),
    );
  }

  protected override updated(changed: PropertyValues): void {
    // What the drawing itself has set is no reason to draw again.
    if (['content', 'guide', 'position', 'scale'].some((name) => changed.has(name))) this.changed();
    const box = this.renderRoot.querySelector<HTMLElement>('.readout');
    if (!box || !this.layout || !this.guide || this.position === null) return;
    const spot = this.guide.spot(this.layout, this.position);
    placeReadout(box, this.frame, spot, this.pointed ?? (spot.top + spot.bottom) / 2);
  }

  protected override render(): TemplateResult {
    const { layout, guide } = this;
    const walked = layout !== null && guide !== null && !guide.empty;
    const count = walked && this.position !== null ? guide.count(layout) : 1;
    const position = this.position !== null && this.position < count ? this.position : null;
    const readout = walked && position !== null ? guide.readout(layout, position) : null;
    const menu = this.menu();
    return html`<div class="frame" ${styled({ height: `${this.height / 16}rem` })}>
        ${this.canvas(walked, count, position, readout)} ${readout ? readoutBox(readout) : nothing}
        <slot></slot>
      </div>
      <div class="foot">
        ${
          this.note
            ? html`<span class="hint muted">${this.note}</span>`
            : html`<span class="hint muted" aria-hidden="true"
                >${walked ? this.t('ui.chart.point') : nothing}</span
              >`
        }
        ${chartMenuButton(menu)}
      </div>
      ${this.failure ? html`<p class="error">${this.t('ui.chart.failed')} ${this.failure}</p>` : nothing}
      ${chartTools(menu)} ${this.tableOpen ? chartTable(this.content, this.language, this.label) : nothing}`;
  }

  private menu(): ChartMenu {
    const { content, language, label, menuOpen, tableOpen } = this;
    const scaled = this.logarithm && content.kind === 'line';
    return {
      language,
      label,
      open: menuOpen,
      toggle: () => {
        this.menuOpen = !menuOpen;
        // What it has opened goes with it.
        if (menuOpen) this.tableOpen = false;
      },
      saveSvg: this.saveSvg,
      saveCsv: this.saveCsv,
      table: { open: tableOpen, toggle: () => (this.tableOpen = !tableOpen) },
      logarithm: scaled
        ? {
            on: (this.scale ?? content.y_scale) === 'log',
            set: (on) => (this.scale = on ? 'log' : 'linear'),
          }
        : null,
    };
  }

  /** A chart to walk along is a slider for those who do not see it; one without positions is a picture. */
  private canvas(
    walked: boolean,
    count: number,
    position: number | null,
    readout: Readout | null,
  ): TemplateResult {
    return html`<canvas
      role=${walked ? 'slider' : 'img'}
      tabindex=${walked ? '0' : nothing}
      aria-label=${this.label}
      aria-valuemin=${walked ? 1 : nothing}
      aria-valuemax=${walked ? count : nothing}
      aria-valuenow=${walked ? (position ?? 0) + 1 : nothing}
      aria-valuetext=${walked ? (readout ? plainText(readout) : this.t('ui.chart.keys')) : nothing}
      @pointermove=${this.onPointer}
      @pointerdown=${this.onPointer}
      @pointerleave=${this.onLeave}
      @focus=${this.onFocus}
      @blur=${this.onBlur}
      @keydown=${this.onKey}
    ></canvas>`;
  }

  private get frame(): HTMLElement {
    return this.renderRoot.querySelector<HTMLElement>('.frame')!;
  }

  private resized({ width, height }: DOMRectReadOnly): void {
    if (width === this.size.width && height === this.size.height) return;
    this.size = { width, height };
    this.changed();
  }

  private changed(): void {
    this.dirty = true;
    this.drawSoon();
  }

  private drawSoon(): void {
    if (this.dirty && this.visibility.visible) inNextFrame(this.draw);
  }

  private readonly draw = (): void => {
    if (!this.dirty || !this.plot || this.size.width < 1 || !this.isConnected) return;
    this.dirty = false;
    const { layout, guide, position } = this;
    const marked = layout && guide && position !== null && position < guide.count(layout);
    const content = marked ? guide.mark(this.content, layout, position) : this.content;
    try {
      this.layout = this.plot.draw(this.renderRoot.querySelector('canvas')!, this.spec(content));
      this.failure = '';
    } catch (thrown) {
      this.failure = thrown instanceof Error ? thrown.message : String(thrown);
    }
  };

  private spec(content: PlotContent): PlotSpec {
    this.theme ??= themeColors(this);
    const { width, height } = this.size;
    const scaled = content.kind === 'line' && this.scale ? { ...content, y_scale: this.scale } : content;
    // The page's own text: in rem, so that it grows with the reader's.
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    return {
      ...scaled,
      width: Math.max(width, 120),
      height: Math.max(height, 1),
      pixel_ratio: devicePixelRatio,
      font_size: (width < 26.25 * rem ? 0.75 : 0.8125) * rem,
      theme: this.theme,
    };
  }

  private readonly onPointer = (event: PointerEvent): void => {
    if (!this.layout || !this.guide || this.guide.empty || isResting(event)) return;
    const { left, top } = listenerOf(event).getBoundingClientRect();
    const x = event.clientX - left;
    this.pointed = event.clientY - top;
    this.position = this.guide.at(this.layout, x, this.pointed);
    // The box follows the pointer also where the position stays.
    this.requestUpdate();
  };

  private readonly onLeave = (event: PointerEvent): void => {
    // A finger lifted from the glass leaves too, and what it has shown should stay.
    if (event.pointerType === 'mouse' && !isResting(event)) this.position = null;
  };

  private readonly onFocus = (event: FocusEvent): void => {
    // Where a pointer rests is not where the keys begin.
    if (!targetOf(event).matches(':focus-visible')) return;
    this.pointed = null;
    this.position = 0;
  };

  private readonly onBlur = (): void => {
    this.position = null;
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    if (!this.layout || !this.guide || this.guide.empty) return;
    const count = this.guide.count(this.layout);
    const next = walk(event.key, this.position ?? 0, count);
    if (next === null) return;
    event.preventDefault();
    this.pointed = null;
    this.position = next;
  };

  private readonly saveSvg = (): void => {
    if (this.plot) download(`${this.name}.svg`, this.plot.svg(this.spec(this.content)), 'image/svg+xml');
  };

  private readonly saveCsv = (): void => {
    // The mark at the beginning tells spreadsheets that the names are UTF-8.
    download(`${this.name}.csv`, '\uFEFF' + csv(this.whole?.() ?? this.content), 'text/csv');
  };

  private t(key: string, fill?: Fill): string {
    return words(this.language, key, fill);
  }
}

define('ember-chart', EmberChart);
