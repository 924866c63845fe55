import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ColumnShown, Histogram, HistogramBin } from '../../generated/boosting.js';
import { BARS, columnBars } from './column_bars.js';

const column = (more: object): ColumnShown => {
  const age = { name: 'age', role: 'feature', missing: 0, bins: 3, kind: 'number', min: 0, max: 12, mean: 6 };
  return { ...age, ...more } as unknown as ColumnShown;
};

const bin = (rows: number, upper: number | null, missing = false): HistogramBin => ({
  bin: 0,
  text: '',
  upper,
  missing,
  gradient: 0,
  hessian: 0,
  rows,
});

const histogram = (...bins: HistogramBin[]): Histogram => ({
  feature: 'age',
  categorical: false,
  bins,
  tried: [],
  order: [],
  best: null,
});

test('bins of numbers are spread over what they cover, and missing values are no bar', () => {
  // As many rows below 3 as from there to the end: three bars thrice as high as the nine others.
  const bars = columnBars(column({}), histogram(bin(90, 3), bin(90, null), bin(500, null, true)));
  assert.equal(bars.length, BARS);
  assert.deepEqual(
    bars.map((height) => Number(height.toFixed(3))),
    [1, 1, 1, ...Array<number>(9).fill(0.333)],
  );
});

test('a bin narrower than a bar falls into one', () => {
  const bars = columnBars(
    column({ max: 120 }),
    histogram(bin(10, 0.5), bin(10, 1), bin(10, 2), bin(30, null)),
  );
  assert.ok(bars[0] === 1 && bars.slice(1).every((height) => height > 0 && height < 0.2), bars.join(' '));
});

test('a column of one value, and one without any, have no bars to divide by nothing', () => {
  assert.deepEqual(columnBars(column({ min: 5, max: 5 }), histogram(bin(7, null))).slice(0, 2), [1, 0]);
  assert.deepEqual(columnBars(column({ min: null, max: null }), histogram()), Array<number>(BARS).fill(0));
});

test('categories stand with the commonest first, no more of them than bars', () => {
  const category = column({ kind: 'category', distinct: 20 });
  assert.deepEqual(
    columnBars(category, histogram(bin(5, null), bin(20, null), bin(10, null))),
    [1, 0.5, 0.25],
  );
  assert.equal(
    columnBars(category, histogram(...Array.from({ length: 20 }, () => bin(3, null)))).length,
    BARS,
  );
});
