/** Where a value stands on a slider that runs from 0 to 1, and back. */

import type { Control } from '../../engine/protocol.js';

type NumberControl = Extract<Control, { type: 'integer' | 'number' }>;

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

function isLogarithmic(control: NumberControl): boolean {
  return control.type === 'number' && control.logarithmic && control.min > 0;
}

/** Decimals that tell the positions of a linear range apart. */
function decimals(span: number): number {
  return Math.max(0, Math.ceil(-Math.log10(span / POSITIONS)));
}
