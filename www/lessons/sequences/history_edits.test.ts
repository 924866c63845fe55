import assert from 'node:assert/strict';
import { test } from 'node:test';
import { swapped, withoutStep, withStep } from './history_edits.js';

test('a step comes last, and of too many the oldest go', () => {
  assert.deepEqual(withStep([1, 2], 2, 5), [1, 2, 2]);
  assert.deepEqual(withStep([1, 2, 3], 4, 3), [2, 3, 4]);
});

test('a step goes by its place, not by its item', () => {
  assert.deepEqual(withoutStep([7, 8, 7], 2), [7, 8]);
  assert.deepEqual(withoutStep([7], 0), []);
});

test('neighbours change places, and at the ends nothing does', () => {
  const history = [1, 2, 3];
  assert.deepEqual(swapped(history, 1), [1, 3, 2]);
  assert.deepEqual(swapped(history, 0), [2, 1, 3]);
  assert.deepEqual(swapped(history, -1), [1, 2, 3]);
  assert.deepEqual(swapped(history, 2), [1, 2, 3]);
  assert.deepEqual(history, [1, 2, 3], 'the one before');
});
