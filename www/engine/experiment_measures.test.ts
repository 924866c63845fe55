import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lossNoise, stepsTo } from './experiment_measures.js';

const losses = (...values: number[]): Float64Array => Float64Array.from(values);

test('steps to a loss count until the mean of the window is below it, not the single loss', () => {
  const falling = losses(8, 1, 6, 2, 2, 1);
  assert.equal(stepsTo(falling, 1, 2), 2);
  // Means of two: 4.5, 3.5, 4, 2, 1.5; of three: 5, 3, 3.33, 1.67.
  assert.equal(stepsTo(falling, 2, 4), 3);
  assert.equal(stepsTo(falling, 3, 3), 6);
  assert.equal(stepsTo(falling, 2, 1.5), null);
});

test('a window longer than the run, no losses, and losses that are not finite are below nothing', () => {
  assert.equal(stepsTo(losses(0, 0), 3, 1), null);
  assert.equal(stepsTo(losses(), 1, 1), null);
  assert.equal(stepsTo(losses(NaN, NaN), 1, 1), null);
  assert.equal(stepsTo(losses(NaN, 0), 1, 1), 2);
});

test('noise is the deviation from the mean of the own epoch, the last of which may be short', () => {
  // Epochs 1 3, 10 14 and 5: squares 1 + 1 + 4 + 4 + 0 over five losses.
  assert.equal(lossNoise(losses(1, 3, 10, 14, 5), 2), Math.sqrt(2));
  assert.equal(lossNoise(losses(7, 7, 7), 3), 0);
  assert.equal(lossNoise(losses(), 2), null);
  assert.equal(lossNoise(losses(1, NaN), 2), null);
});
