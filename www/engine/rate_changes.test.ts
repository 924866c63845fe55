import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changesWith, RATE_CHANGES, rateAt, rateChanges } from './rate_changes.js';

const settings = (text: string) => ({ learning_rate: 0.2, [RATE_CHANGES]: text });

test('a rate holds from its step to the next one', () => {
  const changed = settings('400:0.05, 900:1e-3');
  assert.deepEqual(rateChanges(changed), [
    { step: 400, rate: 0.05 },
    { step: 900, rate: 0.001 },
  ]);
  assert.deepEqual(
    [0, 399, 400, 899, 900].map((step) => rateAt(changed, step)),
    [0.2, 0.2, 0.05, 0.05, 0.001],
  );
  assert.equal(rateAt({ learning_rate: 0.2 }, 7), 0.2);
});

test('a change takes the place of those that were to come, and none is written that changes nothing', () => {
  assert.equal(changesWith(settings(''), 7, 0.05), '7:0.05');
  assert.equal(changesWith(settings('5:0.1 900:0.01'), 7, 0.05), '5:0.1 7:0.05');
  assert.equal(changesWith(settings('7:0.1'), 7, 0.05), '7:0.05');
  assert.equal(changesWith(settings('7:0.1'), 7, 0.2), '');
  assert.equal(changesWith(settings(''), 7, 1e-7), '7:1e-7');
});
