/** Where a value stands on a slider that runs from 0 to 1, and back. */

import type { Control } from '../../engine/protocol.js';

/** A setting that is one number. */
export type NumberControl = Extract<Control, { type: 'integer' | 'number' }>;

/** Positions along a slider of a number; fine enough for two digits of each decade. */
const POSITIONS = 200;

/** The position of a value, from 0 to 1. */
export function fractionOf(control: NumberControl, value: number): number {
  const { min, max } = control;
  const within = Math.min(max, Math.max(min, value));
  return isLogarithmic(control)
    ? Math.log(within / min) / (Math.log(max / min) || 1)
    : (within - min) / (max - min || 1);
}

/** The value at a position, rounded to what a reader would write. */
export function valueAt(control: NumberControl, fraction: number): number {
  const { min, max } = control;
  if (control.type === 'integer') return Math.round(min + fraction * (max - min));
  const value = isLogarithmic(control) ? min * (max / min) ** fraction : min + fraction * (max - min);
  const rounded = isLogarithmic(control)
    ? Number(value.toPrecision(2))
    : Number(value.toFixed(decimals(max - min)));
  return Math.min(max, Math.max(min, rounded));
}

/** The distance of two positions. */
export function stepOf(control: NumberControl): number {
  const values = control.type === 'integer' ? Math.max(1, control.max - control.min) : POSITIONS;
  return 1 / Math.min(values, 2000);
}

/** Fractions of the range that keys move by; arrows go to the next value. */
const LEAPS: Record<string, number> = { PageUp: 0.1, PageDown: -0.1, Home: -1, End: 1 };
const ARROWS: Record<string, number> = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 };

/** The value a key leads to: arrows to the next, pages by a tenth of the range, the ends; null for other keys. */
export function moved(control: NumberControl, value: number, key: string): number | null {
  const leap = LEAPS[key];
  if (leap !== undefined) return valueAt(control, clamped(fractionOf(control, value) + leap));
  const arrow = ARROWS[key];
  if (arrow === undefined) return null;
  if (control.type === 'integer') return Math.min(control.max, Math.max(control.min, value + arrow));
  let fraction = fractionOf(control, value);
  let next = value;
  // Neighbouring positions of a logarithmic range may be the same number, as it is written.
  while (next === value && (arrow > 0 ? fraction < 1 : fraction > 0)) {
    fraction = clamped(fraction + arrow / POSITIONS);
    next = valueAt(control, fraction);
  }
  return next;
}

const clamped = (fraction: number): number => Math.min(1, Math.max(0, fraction));

function isLogarithmic(control: NumberControl): boolean {
  return control.type === 'number' && control.logarithmic && control.min > 0;
}

/** Decimals that tell the positions of a linear range apart. */
function decimals(span: number): number {
  return Math.max(0, Math.ceil(-Math.log10(span / POSITIONS)));
}
