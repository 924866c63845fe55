import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HistoryPoint } from './protocol.js';
import { seriesOf } from './series.js';

test('a series holds the points that have the metric, and NaN where it was not finite', () => {
  const history: HistoryPoint[] = [
    { step: 0, epoch: 1, loss: 1.5 },
    { step: 1, epoch: 1, loss: null, dev_loss: 0.25 },
    { step: 2, epoch: 2, loss: 0 },
  ];
  const loss = seriesOf(history, 'loss');
  assert.deepEqual(
    [[...loss.steps], [...loss.values]],
    [
      [0, 1, 2],
      [1.5, NaN, 0],
    ],
  );
  const dev = seriesOf(history, 'dev_loss');
  assert.deepEqual([[...dev.steps], [...dev.values]], [[1], [0.25]]);
  assert.equal(seriesOf(history, 'accuracy').steps.length, 0);
});
