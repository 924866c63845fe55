/** How one pixel of a filtered picture comes about: nine products, their sum, the weight, the cut. */

import { css, html, nothing, type TemplateResult } from 'lit';
import type { Arithmetic, Product } from './filters.js';
import { styled } from '../../kit/styled.js';
import { formatNumber, words, type Fill, type Language } from '../../kit/words.js';

/** The look of {@link filterProducts}. */
export const filterProductsStyles = css`
  .products {
    display: grid;
    grid-template-columns: repeat(3, minmax(0, 11rem));
    gap: 0.25rem;
    margin: 0 0 0.5rem;
    padding: 0;
    list-style: none;
    font-size: 0.875rem;
  }
  .products li {
    padding: 0.25rem 0.375rem;
    border: 1px solid var(--lab-border);
    border-radius: 0.25rem;
    overflow-wrap: anywhere;
  }
  /* The numbers of the filter's first row, wherever they lie. */
  .products .first {
    border: 2px solid var(--lab-accent);
  }
  .gray {
    display: inline-block;
    width: 0.875rem;
    height: 0.875rem;
    vertical-align: -0.125rem;
    border: 1px solid var(--lab-border);
  }
`;

/** What is told of a pixel: its place, what led to it, and the pixels it is pooled with. */
export interface PixelTold {
  row: number;
  column: number;
  arithmetic: Arithmetic;
  weight: number;
  /** The byte the worker has written there. */
  result: number;
  /** The four pixels of its 2×2 square, where it has one. */
  pooled: number[] | null;
}

/** The panel. */
export function filterProducts(language: Language, told: PixelTold, asWritten: boolean): TemplateResult {
  const t = (key: string, fill?: Fill): string => words(language, `ui.filter_bench.${key}`, fill);
  const { products } = told.arithmetic;
  return html`<h4>${t('pixel', { row: told.row + 1, column: told.column + 1 })}</h4>
    ${
      products.length === 0
        ? html`<p>${t('border', { result: told.result })}</p>`
        : html`<ul class="products">
              ${products.map((product) => productCell(language, product))}
            </ul>
            <p class="muted">${t(asWritten ? 'first_as_written' : 'first_corrected')}</p>
            <p>${summedText(language, told)} ${gray(told.result)}</p>`
    }
    ${
      told.pooled
        ? html`<p class="muted">
            ${t('pooled_of', { pixels: told.pooled.join(language.code === 'zh' ? '、' : ', ') })}
            <b>${Math.max(...told.pooled)}</b>
          </p>`
        : nothing
    }`;
}

/** Sum, weight and cut in a sentence; also what a screen reader is told at each pixel. */
export function summedText(language: Language, { arithmetic, weight, result }: PixelTold): string {
  if (arithmetic.products.length === 0) return words(language, 'ui.filter_bench.border', { result });
  return words(language, 'ui.filter_bench.summed', {
    sum: formatNumber(language, arithmetic.sum, 6),
    weight: formatNumber(language, weight),
    weighted: formatNumber(language, arithmetic.weighted, 6),
    result,
  });
}

function productCell(language: Language, { pixel, index, number, product }: Product): TemplateResult {
  return html`<li class=${index < 3 ? 'first' : ''}>
    ${gray(pixel)} ${pixel} × ${formatNumber(language, number)} = <b>${formatNumber(language, product, 6)}</b>
  </li>`;
}

/** A pixel, enlarged. */
function gray(value: number): TemplateResult {
  return html`<span class="gray" ${styled({ background: `rgb(${value} ${value} ${value})` })}></span>`;
}
