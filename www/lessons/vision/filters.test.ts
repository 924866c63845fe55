import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arithmeticAt, documentsFilter, filterId, FILTERS, ruleWeight, sumOf } from './filters.js';

const SIZE = { width: 4, height: 3 };
const PIXELS = Uint8Array.of(10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120);

const at = (
  row: number,
  column: number,
  filter: readonly number[],
  weight = 1,
  orientation: 'as_written' | 'corrected' = 'corrected',
) => arithmeticAt(PIXELS, SIZE, { row, column }, { filter, weight, orientation });

test('the sum of a pixel is that of its neighbours times the numbers of the filter', () => {
  // By hand: 10 20 30 / 50 60 70 / 90 100 110 around 60.
  assert.equal(at(1, 1, [1, 2, 3, 4, 5, 6, 7, 8, 9]).sum, 10 + 40 + 90 + 200 + 300 + 420 + 630 + 800 + 990);
  assert.deepEqual(
    at(1, 2, FILTERS['identity']!).products.map(({ pixel }) => pixel),
    [20, 30, 40, 60, 70, 80, 100, 110, 120],
  );
});

test('as the document writes it, the filter lies with its rows on columns of the picture', () => {
  const rows = at(1, 1, FILTERS['rows']!, 1, 'as_written');
  assert.equal(rows.sum, at(1, 1, FILTERS['columns']!).sum);
  assert.notEqual(rows.sum, at(1, 1, FILTERS['rows']!).sum);
  assert.deepEqual(
    rows.products.map(({ index }) => index),
    [0, 3, 6, 1, 4, 7, 2, 5, 8],
  );
});

test('the weighted sum is cut to what a byte holds', () => {
  const { sum, weighted, clipped } = at(1, 1, FILTERS['blur']!, 2);
  assert.deepEqual([sum, weighted, clipped], [540, 1080, 255]);
  assert.equal(at(1, 1, FILTERS['blur']!, -1).clipped, 0);
  assert.equal(at(1, 1, FILTERS['blur']!, 1 / 9).clipped, 60);
});

test('a pixel at the border keeps its own value, whatever the filter', () => {
  for (const [row, column, value] of [
    [0, 1, 20],
    [2, 2, 110],
    [1, 0, 50],
    [1, 3, 80],
  ] as const) {
    assert.deepEqual(at(row, column, FILTERS['blur']!, 9), {
      products: [],
      sum: value,
      weighted: value,
      clipped: value,
    });
  }
});

test('numbers that add up to neither 0 nor 1 are weighted so that they add up to 1', () => {
  assert.equal(ruleWeight(FILTERS['all_edges']!), 1);
  assert.equal(ruleWeight(FILTERS['sharpen']!), 1);
  assert.equal(ruleWeight(FILTERS['blur']!), 1 / 9);
  assert.equal(ruleWeight([-2, 0, 0, 0, 0, 0, 0, 0, 0]), -0.5);
  // 0.1 + 0.2 − 0.3 is not 0 in binary fractions.
  const dust = [0.1, 0.2, -0.3, 0, 0, 0, 0, 0, 0];
  assert.deepEqual([sumOf(dust), ruleWeight(dust)], [0, 1]);
});

test('a filter is known by all of its numbers, and the document’s by what they make of its picture', () => {
  for (const [id, filter] of Object.entries(FILTERS)) assert.equal(filterId([...filter]), id);
  assert.equal(filterId([0, 1, 0, 1, -4, 1, 0, 1, 1]), null);
  assert.equal(documentsFilter('output', '6e83e571ff454e6dcff306b7f18d9281'), 'rows');
  assert.equal(documentsFilter('pooled', '6e83e571ff454e6dcff306b7f18d9281'), null);
});
