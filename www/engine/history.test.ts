import assert from 'node:assert/strict';
import { test } from 'node:test';
import { History, seriesOf } from './history.js';
import type { HistoryColumns } from './protocol.js';

const columns = (metrics: string[], steps: number[], values: number[], epoch = 1): HistoryColumns => ({
  metrics,
  steps: Uint32Array.from(steps),
  epochs: Uint32Array.from(steps, () => epoch),
  values: Float64Array.from(values),
});

const LOSS = columns(['loss'], [0, 1, 2], [1.5, NaN, -0]);
const DEV = columns(['dev_loss', 'dev_accuracy'], [1], [0.25, Infinity]);

function history(): History {
  const made = new History();
  made.add([LOSS, DEV]);
  made.add([columns(['loss'], [3], [1], 2), columns(['dev_loss', 'dev_accuracy'], [3], [0.5, 1], 2)]);
  return made;
}

test('points are merged by step, the loss of a step before its evaluation, and null where a value is not finite', () => {
  const points = history().points();
  assert.deepEqual(points, [
    { step: 0, epoch: 1, loss: 1.5 },
    { step: 1, epoch: 1, loss: null },
    { step: 1, epoch: 1, dev_loss: 0.25, dev_accuracy: null },
    { step: 2, epoch: 1, loss: -0 },
    { step: 3, epoch: 2, loss: 1 },
    { step: 3, epoch: 2, dev_loss: 0.5, dev_accuracy: 1 },
  ]);
  assert.ok(Object.is(points[3]!['loss'], -0));
  assert.deepEqual(new History().points(), []);
});

test('what came before a step is counted and taken over', () => {
  const whole = history();
  assert.deepEqual(
    [0, 1, 2, 3, 9].map((step) => whole.sizeBefore(step)),
    [0, 1, 3, 4, 6],
  );
  const fork = new History();
  fork.add(whole.before(2));
  assert.deepEqual(fork.points(), whole.points().slice(0, 3));
  fork.add([LOSS]);
  assert.deepEqual([fork.size, whole.size], [6, 6]);
});

test('a series holds the points that have the metric, and NaN where it was not finite', () => {
  const loss = seriesOf([LOSS, DEV], 'loss');
  assert.deepEqual(
    [[...loss.steps], [...loss.values]],
    [
      [0, 1, 2],
      [1.5, NaN, -0],
    ],
  );
  const accuracy = seriesOf([LOSS, DEV], 'dev_accuracy');
  assert.deepEqual([[...accuracy.steps], [...accuracy.values]], [[1], [Infinity]]);
  assert.equal(seriesOf([LOSS, DEV], 'accuracy').steps.length, 0);
});
