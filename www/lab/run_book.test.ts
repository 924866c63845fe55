import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Device, Progress } from '../engine/protocol.js';
import type { Run } from './run.js';
import { MOST_OLD_RUNS, RunBook } from './run_book.js';

const CPU = { kind: 'cpu', adapter: '' } as Device;

const progress = (step: number): Progress => ({
  step,
  totalSteps: 100,
  epoch: 1,
  totalEpochs: 1,
  metrics: {},
  finished: false,
  diverged: false,
});

/** Begins a run that makes a step. */
function begun(book: RunBook): Run {
  const run = book.begin({}, progress(0), CPU, null);
  run.add([
    { metrics: ['loss'], steps: Uint32Array.of(0), epochs: Uint32Array.of(1), values: Float64Array.of(1) },
  ]);
  return run;
}

test('a run that made a step is kept when another begins, newest first, and one that made none is not', () => {
  const book = new RunBook();
  const [first, second] = [begun(book), begun(book)];
  book.begin({}, progress(0), CPU, null);
  const last = book.begin({}, progress(0), CPU, null);
  assert.deepEqual(book.old, [second, first]);
  assert.equal(book.current, last);
  assert.deepEqual([first.id, second.id, last.id], [1, 2, 4]);
});

test('only so many runs are kept, and each kept run has a colour of its own as long as there are some', () => {
  const book = new RunBook();
  for (let index = 0; index < 4; index++) begun(book);
  assert.equal(new Set([book.current!, ...book.old].map(({ color }) => color)).size, 4);
  for (let index = 0; index < 20; index++) begun(book);
  assert.equal(book.old.length, MOST_OLD_RUNS);
  assert.deepEqual(
    book.old.map(({ id }) => id),
    [23, 22, 21, 20, 19, 18, 17, 16],
  );
});

test('an older run that is taken up again changes places with the current one', () => {
  const book = new RunBook();
  const [first, second] = [begun(book), begun(book)];
  book.resume(first);
  assert.deepEqual([book.current, book.old], [first, [second]]);
  book.remove(second);
  assert.deepEqual(book.old, []);
});

test('a fork keeps the run it came from', () => {
  const book = new RunBook();
  const run = begun(book);
  const fork = book.fork(progress(1), CPU);
  assert.deepEqual([book.old, fork.history.size, fork.devices.length], [[run], 1, 1]);
});

test('a run that is changed again and again leaves one run behind, and the others stay', () => {
  const book = new RunBook();
  const [other, run] = [begun(book), begun(book)];
  const first = book.fork(progress(1), CPU, { changed: 1 });
  assert.deepEqual([book.old, first.settings], [[run, other], { changed: 1 }]);
  book.fork(progress(1), CPU, { changed: 2 });
  assert.deepEqual(book.old, [first, other]);
  // What is not changed is a way to compare.
  book.fork(progress(1), CPU);
  assert.equal(book.old.length, 3);
});

test('of runs with large checkpoints only the one just left can be gone on with', () => {
  const book = new RunBook();
  for (let index = 0; index < 3; index++) {
    begun(book).keep({ step: 1, epoch: 1, bytes: new Uint8Array(70 * 2 ** 20) });
  }
  const light = begun(book);
  light.keep({ step: 1, epoch: 1, bytes: new Uint8Array(1) });
  begun(book);
  begun(book);
  assert.deepEqual(
    book.old.map(({ checkpoints }) => checkpoints.length),
    [0, 1, 0, 0, 0],
  );
});
