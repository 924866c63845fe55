/**
 * `<ember-chart>`: a drawing of the plot module with everything around it: it keeps to its width, follows the
 * theme, answers pointer, tap and arrow keys by its guide, and gives itself as SVG, as CSV and as a table. What
 * stands inside the element is laid over the drawing.
 */

import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { chartTable } from './chart_table.js';
import { define } from '../define.js';
import { listenerOf, targetOf } from '../events.js';
import { download } from '../download.js';
import { inNextFrame } from '../frames.js';
import { walk, type Guide, type Readout } from './guide.js';
import { csv, loadPlot, type Plot, type PlotContent, type PlotLayout, type PlotSpec } from './plot.js';
import { isResting } from '../resting.js';
import { styled } from '../styled.js';
import { shared } from '../styles.js';
import { onThemeChange, themeColors, type ThemeColors } from '../theme.js';
import { Visibility } from '../visibility.js';
import { words, type Fill, type Language } from '../words.js';

export class EmberChart extends LitElement {
  static override styles = [
    shared,
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
      /* Over the drawing and on the side away from the pointer: nothing on the page moves when it comes or goes. */
      .readout {
        position: absolute;
        top: 0.25rem;
        inset-inline-end: 0;
        z-index: 2;
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
        inset-inline: 0 auto;
      }
      .hint {
        min-height: 1.5rem;
        font-size: 0.875rem;
        line-height: 1.5rem;
      }
      .sign {
        display: inline-block;
        width: 0.625rem;
        height: 0.625rem;
        border-radius: 50%;
        margin-inline-end: 0.25rem;
      }
      .tools {
        gap: 0 0.5rem;
        font-size: 0.875rem;
      }
      .tools button {
        font-size: inherit;
      }
      .tools button {
        min-height: 1.75rem;
      }
      @media (max-width: 40rem), (pointer: coarse) {
        .tools button {
          min-height: 2.75rem;
        }
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
  /** Name of the downloaded files, without its end. */
  @property() name = 'chart';
  /** Height in CSS pixels. */
  @property({ type: Number }) height = 240;

  @state() private position: number | null = null;
  @state() private layout: PlotLayout | null = null;
  @state() private failure = '';
  @state() private tableOpen = false;

  /** Whether the reader is at work in the right half, so that values are told in the left one. */
  private toldAtStart = false;
  private plot: Plot | null = null;
  private theme: ThemeColors | null = null;
  private dirty = true;
  private width = 0;
  private readonly resizes = new ResizeObserver(([entry]) => this.resized(entry!.contentRect.width));
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
    if (['content', 'guide', 'height', 'position'].some((name) => changed.has(name))) this.changed();
  }

  protected override render(): TemplateResult {
    const { layout, guide } = this;
    const walked = layout !== null && guide !== null && !guide.empty;
    const count = walked && this.position !== null ? guide.count(layout) : 1;
    const position = this.position !== null && this.position < count ? this.position : null;
    const readout = walked && position !== null ? guide.readout(layout, position) : null;
    return html`<div class="frame" ${styled({ height: `${this.height}px` })}>
        ${this.canvas(walked, count, position, readout)} ${readout ? this.readout(readout) : nothing}
        <slot></slot>
      </div>
      <div class="hint muted" aria-hidden="true">${walked ? this.t('ui.chart.point') : nothing}</div>
      ${this.failure ? html`<p class="error">${this.t('ui.chart.failed')} ${this.failure}</p>` : nothing}
      <div class="row tools">
        ${this.tool('svg', 'SVG', this.saveSvg)} ${this.tool('csv', 'CSV', this.saveCsv)}
        <button
          type="button"
          class="quiet"
          aria-expanded=${this.tableOpen}
          aria-label="${this.t('ui.chart.table')}: ${this.label}"
          @click=${() => (this.tableOpen = !this.tableOpen)}
        >
          ${this.t('ui.chart.table')}
        </button>
      </div>
      ${this.tableOpen ? chartTable(this.content, this.language, this.label) : nothing}`;
  }

  private tool(key: string, name: string, act: () => void): TemplateResult {
    return html`<button
      type="button"
      class="quiet"
      aria-label="${this.t(`ui.chart.${key}`)}: ${this.label}"
      @click=${act}
    >
      ${name}
    </button>`;
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

  private readout({ title, entries }: Readout): TemplateResult {
    return html`<div class=${this.toldAtStart ? 'readout start' : 'readout'} aria-hidden="true">
      <b>${title}</b>
      ${entries.map(
        ({ label, value, color }) =>
          html`<div>
            ${color ? html`<span class="sign" ${styled({ background: color })}></span>` : nothing}${label}:
            <b>${value}</b>
          </div>`,
      )}
    </div>`;
  }

  private get frame(): HTMLElement {
    return this.renderRoot.querySelector<HTMLElement>('.frame')!;
  }

  private resized(width: number): void {
    if (width === this.width) return;
    this.width = width;
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
    if (!this.dirty || !this.plot || this.width < 1 || !this.isConnected) return;
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
    return {
      ...content,
      width: Math.max(this.width, 120),
      height: this.height,
      pixel_ratio: devicePixelRatio,
      font_size: this.width < 420 ? 12 : 13,
      theme: this.theme,
    };
  }

  private readonly onPointer = (event: PointerEvent): void => {
    if (!this.layout || !this.guide || this.guide.empty || isResting(event)) return;
    const { left, top } = listenerOf(event).getBoundingClientRect();
    const x = event.clientX - left;
    this.toldAtStart = x > this.width / 2;
    this.position = this.guide.at(this.layout, x, event.clientY - top);
  };

  private readonly onLeave = (event: PointerEvent): void => {
    // A finger lifted from the glass leaves too, and what it has shown should stay.
    if (event.pointerType === 'mouse' && !isResting(event)) this.position = null;
  };

  private readonly onFocus = (event: FocusEvent): void => {
    // Where a pointer rests is not where the keys begin.
    if (targetOf(event).matches(':focus-visible')) this.position = 0;
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
    this.position = next;
    // Positions mostly run from left to right.
    this.toldAtStart = next >= count / 2;
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

function plainText({ title, entries }: Readout): string {
  return [title, ...entries.map(({ label, value }) => `${label} ${value}`)].join('; ');
}

define('ember-chart', EmberChart);
