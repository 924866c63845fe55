import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anotherSeed } from './die.js';

const SEEDS = { min: 0, max: 4_294_967_295 };

test('a throw gives a short seed, and never the one there is', () => {
  for (const [random, seed, expected] of [
    [4_294_967_295, 1, 4_294_967_295 % 10_000],
    [7, 7, 8],
    [9_999, 9_999, 0],
    [10_000, 5, 0],
  ] as const) {
    assert.equal(
      anotherSeed(SEEDS, seed, () => random),
      expected,
    );
  }
  for (let throws = 0; throws < 100; throws += 1) {
    const seed = anotherSeed(SEEDS, 3);
    assert.ok(Number.isInteger(seed) && seed >= 0 && seed <= 9_999 && seed !== 3, String(seed));
  }
});
