import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accuracyInterval, studentQuantile, summaryOf } from './statistics.js';

const near = (actual: number, expected: number, relative: number): void =>
  assert.ok(
    Math.abs(actual - expected) <= relative * Math.abs(expected),
    `${actual} is not about ${expected}`,
  );

test('quantiles of Student’s distribution are those of the tables', () => {
  const table = {
    1: 12.7062,
    2: 4.30265,
    3: 3.18245,
    4: 2.77645,
    5: 2.57058,
    9: 2.26216,
    30: 2.04227,
    100: 1.98397,
  };
  for (const [freedom, quantile] of Object.entries(table)) {
    near(studentQuantile(Number(freedom)), quantile, freedom === '3' ? 0.0013 : 0.0004);
  }
  near(studentQuantile(1e9), 1.959964, 1e-6);
});

test('mean, deviation and interval of five values are those computed by hand', () => {
  const { count, mean, deviation, interval } = summaryOf([2, 4, 4, 4, 6])!;
  assert.deepEqual([count, mean], [5, 4]);
  near(deviation, Math.SQRT2, 1e-15);
  // 4 ± 2.77645 · √2 / √5
  near(interval!.low, 2.244, 4e-4);
  near(interval!.high, 5.756, 4e-4);
});

test('a single value has no interval, and no value no summary', () => {
  assert.equal(summaryOf([]), null);
  const { mean, deviation, interval } = summaryOf([0.5])!;
  assert.deepEqual([mean, deviation, interval], [0.5, NaN, null]);
  assert.deepEqual(summaryOf([3, 3, 3])!.interval, { low: 3, high: 3 });
});

test('the ends of an accuracy’s interval are those accuracies from which the one found is 1.96 deviations away', () => {
  for (const [correct, count] of [
    [14, 15],
    [1, 2],
    [700, 1000],
    [29.5, 30],
  ] as const) {
    const { low, high } = accuracyInterval(correct, count)!;
    for (const end of [low, high]) {
      near(Math.abs(correct / count - end) / Math.sqrt((end * (1 - end)) / count), 1.959964, 1e-6);
    }
    assert.ok(low < correct / count && correct / count < high);
  }
});

test('an accuracy of all or none of the rows still has an interval, and none without rows', () => {
  // z² / (n + z²) = 3.8415 / 18.8415
  near(accuracyInterval(0, 15)!.high, 0.203884, 1e-5);
  assert.equal(accuracyInterval(0, 15)!.low, 0);
  near(accuracyInterval(15, 15)!.low, 0.796116, 1e-5);
  assert.equal(accuracyInterval(15, 15)!.high, 1);
  for (const count of [0, -1, NaN]) assert.equal(accuracyInterval(0, count), null);
});
