/** Colours of runs and classes, the same in every chart of a lesson. */

import { PALETTE } from './chart/plot.js';

function fromPalette(dark: boolean, index: number): string {
  const colors = dark ? PALETTE.dark : PALETTE.light;
  return colors[index % colors.length]!;
}

/** The colour of a run. */
export function runColor(dark: boolean, color: number): string {
  return fromPalette(dark, color);
}

/** The colour of a class. */
export function classColor(dark: boolean, index: number): string {
  return fromPalette(dark, index);
}
