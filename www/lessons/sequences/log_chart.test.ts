import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decades, exponent, share } from './log_chart.js';

test('an axis reaches over whole powers of ten', () => {
  assert.deepEqual(decades([0.4, 12]), [0.1, 1, 10, 100]);
  assert.deepEqual(decades([3]), [1, 10]);
  assert.deepEqual(decades([10]), [10, 100], 'a single value still has an axis');
  assert.deepEqual(decades([0]), [1, 10], 'what is not positive has no logarithm');
});

test('equal factors are equal ways', () => {
  assert.equal(share(2, [2, 50]), 0);
  assert.equal(share(50, [2, 50]), 1);
  assert.ok(Math.abs(share(10, [1, 1000]) - 1 / 3) < 1e-12);
});

test('the slope of a power is its exponent', () => {
  assert.ok(Math.abs(exponent([10, 9 * 10 ** 2], [50, 9 * 50 ** 2]) - 2) < 1e-12);
  assert.ok(Math.abs(exponent([10, 240], [50, 1200]) - 1) < 1e-12);
});
