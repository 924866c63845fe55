/**
 * `<ember-filter-pictures>`: a picture, what a filter makes of it, and that pooled, side by side; and how the pixel came
 * about that is pointed at, tapped or walked to.
 */

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { define } from '../../kit/define.js';
import { filterProducts, filterProductsStyles, summedText, type PixelTold } from './filter_products.js';
import { pixelAt, type Filtered, type Place } from './filtered.js';
import { arithmeticAt, documentsFilter } from './filters.js';
import '../../kit/picture.js';
import { isResting } from '../../kit/resting.js';
import { styled } from '../../kit/styled.js';
import { shared } from '../../kit/styles.js';
import { formatCount, words, type Fill, type Language } from '../../kit/words.js';

/** Pixels that an arrow key goes with the shift key held. */
const LEAP = 16;
/** Widest the pictures are drawn, in CSS pixels: the width of the document's own. */
const WIDTH = 512;

export class EmberFilterPictures extends LitElement {
  static override styles = [
    shared,
    filterProductsStyles,
    css`
      .pictures {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 9rem), 1fr));
        gap: 0.75rem;
        margin-bottom: 0.75rem;
      }
      figure {
        margin: 0;
        min-width: 0;
      }
      figcaption {
        margin-top: 0.25rem;
        font-size: 0.875rem;
      }
      .sums {
        display: block;
        color: var(--lab-muted);
        font-size: 0.75rem;
        overflow-wrap: anywhere;
      }
      .good {
        color: var(--lab-text);
        font-weight: 600;
      }
      .frame {
        position: relative;
        display: inline-block;
        max-width: 100%;
        line-height: 0;
        touch-action: pan-y;
      }
      [role='slider'] {
        cursor: crosshair;
      }
      .half {
        width: 50%;
      }
      /* Two lines, a light and a dark one, are seen on any picture. */
      .mark {
        position: absolute;
        min-width: 9px;
        min-height: 9px;
        transform: translate(-50%, -50%);
        outline: 2px solid #fff;
        box-shadow: 0 0 0 4px #000;
        pointer-events: none;
      }
    `,
  ];

  @property({ attribute: false }) filtered!: Filtered;
  /** What the picture is called. */
  @property() name = '';
  @property({ attribute: false }) language!: Language;
  /** The pixel that is told; the middle until the reader points elsewhere. */
  @state() private place: Place | null = null;

  protected override render(): TemplateResult {
    const { original, output, pooled, question } = this.filtered;
    const { width, height } = original;
    const told = this.told();
    const pixel = this.t('pixel', { row: told.row + 1, column: told.column + 1 });
    return html`<div class="pictures">
        <figure>
          <div class="frame">
            <ember-picture .picture=${original} width=${WIDTH} label=${this.name}></ember-picture>
            ${this.mark(told, told.arithmetic.products.length > 0 ? 3 : 1)}
          </div>
          <figcaption>${this.t('original', { width, height })}</figcaption>
        </figure>
        <figure>
          <div
            class="frame"
            role="slider"
            tabindex="0"
            aria-label=${this.t('output_label')}
            aria-valuemin="1"
            aria-valuemax=${width * height}
            aria-valuenow=${told.row * width + told.column + 1}
            aria-valuetext="${pixel}; ${summedText(this.language, told)}"
            @pointermove=${this.onPointer}
            @pointerdown=${this.onPointer}
            @keydown=${this.onKey}
          >
            <ember-picture .picture=${output} width=${WIDTH}></ember-picture>
            ${this.mark(told, 1)}
          </div>
          <figcaption>${this.t('output')} ${this.same('output')}</figcaption>
        </figure>
        <figure>
          <div class="half">
            <ember-picture
              .picture=${pooled}
              width=${WIDTH / 2}
              label=${this.t('pooled_label')}
            ></ember-picture>
          </div>
          <figcaption>
            ${this.t('pooled', { width: pooled.width, height: pooled.height })} ${this.same('pooled')}
          </figcaption>
        </figure>
      </div>
      <p class="muted">${this.t('point')}</p>
      ${this.sums()} ${filterProducts(this.language, told, question.orientation === 'as_written')}`;
  }

  /** Whether the document's code makes the same bytes. */
  private same(which: 'output' | 'pooled'): TemplateResult | typeof nothing {
    const id = documentsFilter(which, this.filtered.md5[which]);
    if (!id) return nothing;
    return html`<span class="sums good"
      >✓ ${this.t('same_bytes', { filter: this.t(`filters.${id}`) })}</span
    >`;
  }

  /** Sum and md5 of the bytes, for who wants to compare them with their own. */
  private sums(): TemplateResult {
    const { sums, md5 } = this.filtered;
    return html`<details>
      <summary>${this.t('bytes')}</summary>
      ${(['output', 'pooled'] as const).map(
        (which) =>
          html`<p class="sums">
            ${this.t(`${which}_label`)}:
            ${this.t('sums', { sum: formatCount(this.language, sums[which]), md5: md5[which] })}
          </p>`,
      )}
    </details>`;
  }

  /** A frame around `pixels` × `pixels` of a picture; on a small drawing it is larger than they are. */
  private mark({ row, column }: Place, pixels: number): TemplateResult {
    const { width, height } = this.filtered.original;
    const percent = (share: number): string => `${100 * share}%`;
    return html`<div
      class="mark"
      ${styled({
        left: percent((column + 0.5) / width),
        top: percent((row + 0.5) / height),
        width: percent(pixels / width),
        height: percent(pixels / height),
      })}
    ></div>`;
  }

  private told(): PixelTold {
    const { original, pixels, results, question } = this.filtered;
    const { width, height } = original;
    const row = Math.min(this.place?.row ?? Math.floor(height / 2), height - 1);
    const column = Math.min(this.place?.column ?? Math.floor(width / 2), width - 1);
    const [top, left] = [row - (row % 2), column - (column % 2)];
    const square = [0, 1].flatMap((down) => [0, 1].map((right) => (top + down) * width + left + right));
    return {
      row,
      column,
      arithmetic: arithmeticAt(pixels, original, { row, column }, question),
      weight: question.weight,
      result: results[row * width + column]!,
      pooled: top + 1 < height && left + 1 < width ? square.map((at) => results[at]!) : null,
    };
  }

  private readonly onPointer = (event: PointerEvent): void => {
    if (!isResting(event)) this.place = pixelAt(event, this.filtered.output);
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    const move = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[event.key];
    if (!move) return;
    event.preventDefault();
    const { row, column } = this.told();
    const { width, height } = this.filtered.output;
    const by = event.shiftKey ? LEAP : 1;
    const within = (value: number, side: number): number => Math.min(side - 1, Math.max(0, value));
    this.place = {
      row: within(row + by * move[0]!, height),
      column: within(column + by * move[1]!, width),
    };
  };

  private t(key: string, fill?: Fill): string {
    return words(this.language, `ui.filter_bench.${key}`, fill);
  }
}

define('ember-filter-pictures', EmberFilterPictures);
