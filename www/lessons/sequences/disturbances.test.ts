import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Disturbed } from '../../generated/sequences.js';
import { barsOf, verdictOf } from './disturbances.js';

const disturbed = (shuffled: number, mismatched: number, beyond: number, error = 0.01): Disturbed => ({
  histories: 500,
  intact: 0.2,
  shuffled: { mrr: 0.2 - shuffled, drop: shuffled, error },
  mismatched: { mrr: 0.2 - mismatched, drop: mismatched, error },
  shuffling_beyond: beyond,
});

test('bars end in proportion to the largest', () => {
  const [intact, shuffled, mismatched] = barsOf(disturbed(0.1, 0.05, 5));
  assert.equal(intact?.ends.mrr, 1);
  assert.equal(intact?.error, null);
  assert.ok(Math.abs(shuffled!.ends.mrr - 0.5) < 1e-12);
  assert.ok(Math.abs(shuffled!.ends.low - 0.45) < 1e-12);
  assert.ok(Math.abs(mismatched!.ends.high - 0.8) < 1e-12);
});

test('a bar whose error reaches beyond all others ends the scale', () => {
  const [intact, , mismatched] = barsOf(disturbed(0, 0, 0, 0.05));
  assert.equal(mismatched?.ends.high, 1);
  assert.equal(intact?.ends.mrr, 0.2 / 0.25);
});

test('a model that ranks nothing right has bars of no length', () => {
  const none = barsOf({ ...disturbed(0, 0, 0, 0), intact: 0, shuffled: { mrr: 0, drop: 0, error: 0 } });
  assert.deepEqual(none[1]?.ends, { mrr: 0, low: 0, high: 0 });
});

test('a difference counts beyond two standard errors', () => {
  assert.equal(verdictOf(disturbed(0.1, 0.02, 3)), 'shuffling');
  assert.equal(verdictOf(disturbed(0.02, 0.1, -3)), 'mismatching');
  assert.equal(verdictOf(disturbed(0.1, 0.1, 1.9)), 'same');
  assert.equal(verdictOf(disturbed(0.001, -0.001, 0.2)), 'neither');
});
