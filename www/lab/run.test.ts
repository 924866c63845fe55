import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HistoryColumns, Progress } from '../engine/protocol.js';
import { differingSettings, Run, sameValue, type Checkpoint } from './run.js';

const progress = (step: number): Progress => ({
  step,
  totalSteps: 1000,
  epoch: 1,
  totalEpochs: 1,
  metrics: {},
  finished: false,
  diverged: false,
});

const recorded = (from: number, to: number): HistoryColumns[] => {
  const steps = Uint32Array.from({ length: to - from }, (_, index) => from + index);
  const values = Float64Array.from(steps, (step) => 1 / (step + 1));
  return [{ metrics: ['loss'], steps, epochs: steps.map(() => 1), values }];
};

const checkpoint = (step: number, bytes = 1): Checkpoint => ({
  step,
  epoch: 1,
  bytes: new Uint8Array(bytes),
});

/** A run of some steps with a checkpoint after every ten. */
function runOf(steps: number): Run {
  const run = new Run(1, { seed: 1 }, 0, progress(steps), null);
  run.add(recorded(0, steps));
  run.computeOn({ kind: 'cpu', adapter: '' }, 0);
  for (let step = 0; step <= steps; step += 10) run.keep(checkpoint(step));
  return run;
}

const stepsOf = (run: Run): number[] => run.checkpoints.map(({ step }) => step);

test('of too many checkpoints the first and the last stay, and the rest is spread over the run', () => {
  const run = runOf(10_000);
  const steps = stepsOf(run);
  assert.deepEqual([steps[0], steps.at(-1)], [0, 10_000]);
  assert.ok(steps.length <= 64 && steps.length > 16, `${steps.length}`);
  const gaps = steps.slice(1).map((step, index) => step - steps[index]!);
  // Sixty-four over ten thousand steps would stand 159 apart.
  assert.ok(Math.max(...gaps) <= 2 * 160, gaps.join());
});

test('checkpoints that are too large are fewer, but never less than the first and the last', () => {
  const run = runOf(0);
  for (const step of [1, 2, 3, 4, 5]) run.keep(checkpoint(step, 30 * 2 ** 20));
  assert.deepEqual([stepsOf(run)[0], stepsOf(run).at(-1)], [0, 5]);
  assert.equal(run.isHeavy, false);
  for (const step of [6, 7]) run.keep(checkpoint(step, 100 * 2 ** 20));
  assert.deepEqual(stepsOf(run), [0, 7]);
  assert.ok(run.isHeavy);
});

test('a checkpoint takes the place of those at its step and beyond', () => {
  const run = runOf(40);
  run.keep(checkpoint(20));
  assert.deepEqual(stepsOf(run), [0, 10, 20]);
});

test('the checkpoint of a step is the last at or before it', () => {
  const run = runOf(40);
  assert.deepEqual(
    [0, 9, 10, 39, 1e6].map((step) => run.checkpointAt(step)!.step),
    [0, 0, 10, 30, 40],
  );
  assert.equal(new Run(1, {}, 0, progress(0), null).checkpointAt(5), null);
});

test('a fork shares the past up to its step, and what either does then is its own', () => {
  const run = runOf(40);
  run.computeOn({ kind: 'webgpu', adapter: 'A' }, 30);
  run.results = { test: { loss: 1 } };
  const fork = run.forkAt(progress(20), 2, 3);
  // Steps count from 0: those of twenty steps reach to 19.
  assert.deepEqual([fork.history.size, fork.history.points().at(-1)!.step], [20, 19]);
  assert.deepEqual(fork.series.get('loss')!.steps.length, 20);
  assert.deepEqual(stepsOf(fork), [0, 10, 20]);
  assert.deepEqual(fork.devices, [{ from_step: 0, kind: 'cpu', adapter: '' }]);
  assert.deepEqual([fork.id, fork.color, fork.results], [2, 3, {}]);
  fork.add(recorded(20, 30));
  assert.equal(run.history.size, 40);
});

test('a run that is taken back forgets what came after', () => {
  const run = runOf(40);
  run.results = { test: { loss: 1 } };
  run.truncate(progress(40));
  assert.deepEqual([run.history.size, run.results], [40, { test: { loss: 1 } }]);
  run.truncate(progress(10));
  assert.deepEqual(
    [run.history.size, run.series.get('loss')!.values.length, run.progress.step],
    [10, 10, 10],
  );
  assert.deepEqual([stepsOf(run), run.results], [[0, 10], {}]);
});

test('a device is noted where it takes over, and once where it stays', () => {
  const run = new Run(1, {}, 0, progress(0), null);
  run.computeOn({ kind: 'cpu', adapter: '' }, 0);
  run.computeOn({ kind: 'cpu', adapter: '' }, 5);
  run.computeOn({ kind: 'webgpu', adapter: 'A' }, 10);
  run.computeOn({ kind: 'webgpu', adapter: 'B' }, 20);
  assert.deepEqual(
    run.devices.map(({ from_step }) => from_step),
    [0, 10, 20],
  );
  // Moved before another step was made.
  run.computeOn({ kind: 'cpu', adapter: '' }, 10);
  assert.deepEqual(run.devices, [{ from_step: 0, kind: 'cpu', adapter: '' }]);
});

test('settings differ by their values, whatever they are', () => {
  const run = (settings: object): Run => new Run(1, { ...settings }, 0, progress(0), null);
  const runs = [
    run({ seed: 1, hidden: [8], rate: 0.1 }),
    run({ seed: 1, hidden: [8], rate: 0.1 }),
    run({ seed: 1, hidden: [8, 4], rate: 0.1 }),
  ];
  assert.deepEqual(differingSettings(runs), ['hidden']);
  assert.deepEqual(differingSettings(runs.slice(0, 2)), []);
  assert.deepEqual(differingSettings([]), []);
  assert.ok(sameValue([1, 'a'], [1, 'a']) && !sameValue('1', 1) && !sameValue(null, undefined));
});
