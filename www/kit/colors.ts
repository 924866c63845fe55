/** Colours of runs, lines and classes, the same in every chart of a lesson. */

import { PALETTE } from './chart/plot.js';

/** Each run has two colours, next to each other in the palette: what it learns from, and what it is judged on. */
export const RUN_COLORS = Math.floor(PALETTE.light.length / 2);

function fromPalette(dark: boolean, index: number): string {
  const colors = dark ? PALETTE.dark : PALETTE.light;
  return colors[index % colors.length]!;
}

/** The colour of a run; `judged` for figures on rows that it does not learn from, where they stand beside the others. */
export function runColor(dark: boolean, color: number, judged = false): string {
  return fromPalette(dark, 2 * (color % RUN_COLORS) + (judged ? 1 : 0));
}

/** The colour of a line among others. */
export function lineColor(dark: boolean, index: number): string {
  return fromPalette(dark, index);
}

/** The colour of a class. */
export function classColor(dark: boolean, index: number): string {
  return fromPalette(dark, index);
}
