/** A row of numbers as coloured cells. */

import { html, type TemplateResult } from 'lit';
import { divergingPixels } from '../../kit/diverging.js';

export type Numbers = readonly (number | null)[];

/** Rows of pixels that make a cell about as high as it is wide. */
const ROWS = 2;
const WIDTH = 224;

/** The cells of a vector on a scale from −end to end. */
export function cells(values: Numbers, end: number, label: string): TemplateResult {
  const rows = Array.from({ length: ROWS }, () => values).flat();
  const image = new ImageData(divergingPixels(rows, end), values.length, ROWS);
  return html`<ember-picture .picture=${image} .width=${WIDTH} .label=${label}></ember-picture>`;
}

/** Red, green and blue of one number on such a scale. */
export function cellColor(value: number | null, end: number): string {
  const [red, green, blue] = divergingPixels([value], end);
  return `rgb(${red} ${green} ${blue})`;
}
