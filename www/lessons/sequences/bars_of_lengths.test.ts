import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lengthsOf, trimmed } from './bars_of_lengths.js';

test('bars of lengths join without a gap, and the last has no end', () => {
  assert.deepEqual(lengthsOf({ bounds: [2, 3, 5] }), [
    [1, 2],
    [3, 3],
    [4, 5],
    [6, null],
  ]);
});

test('empty bars go at the ends and stay between others', () => {
  const bars = [0, 4, 0, 2, 0, 0].map((count) => ({ count }));
  assert.deepEqual(
    trimmed(bars).map(({ count }) => count),
    [4, 0, 2],
  );
  assert.deepEqual(trimmed([{ count: 0 }]), []);
});
