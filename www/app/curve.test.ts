import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HistoryPoint } from '../engine/protocol.js';
import { lineOf, placeOf } from './curve.js';

test('a run goes from the left axis to the right end, and a loss that is too large stays in the picture', () => {
  assert.deepEqual(placeOf(0, 1200, Math.log(3)), [12, 30.5]);
  assert.deepEqual(placeOf(1200, 1200, 0), [628, 148]);
  assert.deepEqual(placeOf(600, 1200, 99), [320, 8]);
});

test('a line goes through the means of as many steps, and leaves out what was not recorded', () => {
  const history: readonly HistoryPoint[] = [
    { step: 0, epoch: 0, loss: 1 },
    { step: 1, epoch: 0, loss: 0.5, dev_loss: 0.5 },
    { step: 2, epoch: 0, loss: null },
    { step: 3, epoch: 0, loss: 0.5 },
  ];
  assert.equal(lineOf(history, 'loss', 4, 2), 'M89 68.6L474 95.9');
  assert.equal(lineOf(history, 'dev_loss', 4, 2), 'M166 95.9');
  assert.equal(lineOf([], 'loss', 4, 2), '');
});
