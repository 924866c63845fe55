import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Opened, Progress } from '../../engine/protocol.js';
import { Run } from '../run.js';
import { canGoOn, keptRun, LONGEST_KEPT_MS, parseKeptRun, type KeptRun } from './kept_run.js';

const OPENED = {
  description: { id: 'iris' },
  versions: { build: 'b1' },
  device: { kind: 'cpu' },
  settings: { seed: 7, hidden: [8] },
} as unknown as Opened;

const progress = (step: number): Progress => ({
  step,
  totalSteps: 40,
  epoch: 1,
  totalEpochs: 1,
  metrics: {},
  finished: step === 40,
  diverged: false,
});

/** A run of 40 steps on two devices whose last checkpoint was taken at step 30. */
function run(): Run {
  const made = new Run(1, { seed: 7, hidden: [8] }, 0, progress(40), null);
  const steps = Uint32Array.from({ length: 40 }, (_, step) => step);
  made.add([{ metrics: ['loss'], steps, epochs: steps.map(() => 1), values: Float64Array.from(steps) }]);
  made.devices = [
    { from_step: 0, kind: 'cpu', adapter: '' },
    { from_step: 35, kind: 'webgpu', adapter: 'A' },
  ];
  for (const step of [0, 30]) made.keep({ step, epoch: 1, bytes: Uint8Array.of(step) });
  return made;
}

const kept = (from = run()): KeptRun | null =>
  keptRun(from, OPENED, { page: '/iris/', writer: 'w', table: null, files: null });

/** As a store gives it back, read on a page some time later. */
const read = (value: unknown, { lesson = 'iris', page = '/iris/', later = 0 } = {}): KeptRun | null =>
  parseKeptRun(structuredClone(value), lesson, page, Date.now() + later);

test('a run is kept as it stood at its last checkpoint, and read back the same', () => {
  const value = kept()!;
  assert.deepEqual([value.step, value.points, value.finished, value.totalSteps], [30, 30, false, 40]);
  assert.deepEqual(value.devices, [{ from_step: 0, kind: 'cpu', adapter: '' }]);
  assert.deepEqual(value.checkpoint, Uint8Array.of(30));
  assert.deepEqual(read(value), value);
});

test('pictures of a run that was kept when there were no other files are known', () => {
  const { files: _, ...older } = kept()!;
  const pictures = { name: 'pets', files: 2, bytes: 7, key: 'k' };
  assert.deepEqual(read({ ...older, pictures })?.files, { kind: 'pictures', ...pictures });
  assert.equal(read({ ...older, pictures: null })?.files, null);
  assert.equal(read(older)?.files, null);
  assert.equal(read({ ...older, pictures: { name: 'pets' } }), null);
  const ratings = { kind: 'ratings', ...pictures };
  assert.deepEqual(read({ ...older, files: ratings })?.files, ratings);
});

test('a run that has not made a step, or has no checkpoint that can be kept, is not kept', () => {
  assert.equal(kept(new Run(1, {}, 0, progress(0), null)), null);
  const begun = new Run(1, {}, 0, progress(0), null);
  begun.keep({ step: 0, epoch: 1, bytes: Uint8Array.of(1) });
  assert.equal(kept(begun), null);
  const large = run();
  large.keep({ step: 40, epoch: 1, bytes: new Uint8Array(64 * 2 ** 20 + 1) });
  assert.equal(kept(large), null);
});

test('a run of another lesson or page, too old, or of a time to come is not taken up', () => {
  const value = kept();
  assert.equal(read(value, { lesson: 'vision' }), null);
  assert.equal(read(value, { page: '/' }), null);
  assert.equal(read(value, { later: LONGEST_KEPT_MS + 1000 }), null);
  assert.notEqual(read(value, { later: LONGEST_KEPT_MS - 60_000 }), null);
  // A clock that was put right by an hour does no harm.
  assert.notEqual(read(value, { later: -3_600_000 }), null);
  assert.equal(read(value, { later: -25 * 3_600_000 }), null);
});

test('what has not the form of a kept run is not taken up', () => {
  const value = kept()!;
  for (const other of [null, undefined, 7, 'run', [], {}]) assert.equal(read(other), null);
  const wrong: { [name in keyof KeptRun]?: unknown[] } = {
    format: [2, undefined],
    writer: [7, 'x'.repeat(1001)],
    build: [null],
    backend: ['abacus'],
    devices: [[], [{ from_step: 1, kind: 'cpu', adapter: '' }], {}],
    settings: [null, [1], 'x', { text: 'x'.repeat(100_001) }],
    imported: [1],
    finished: [undefined],
    step: [0, -1, 1.5, NaN, 41, '30'],
    totalSteps: [29, Infinity],
    points: [-1, null],
    checkpoint: [new Uint8Array(), [30], new Uint16Array(2), 'x'],
    saved: [NaN, -1, '0'],
  };
  for (const [name, values] of Object.entries(wrong)) {
    for (const one of values) assert.equal(read({ ...value, [name]: one }), null, `${name}: ${String(one)}`);
  }
  const loop: { [name: string]: unknown } = {};
  loop['self'] = loop;
  assert.equal(read({ ...value, settings: loop }), null);
});

test('a run goes on only with the same build, device and settings', () => {
  const value = kept()!;
  assert.ok(canGoOn(value, OPENED));
  const others: Partial<KeptRun>[] = [
    { build: 'b2' },
    { backend: 'webgpu' },
    { settings: { seed: 8, hidden: [8] } },
    { settings: { seed: 7, hidden: [8, 4] } },
    { settings: { seed: 7 } },
    { settings: { seed: 7, hidden: [8], more: 1 } },
  ];
  for (const other of others)
    assert.equal(canGoOn({ ...value, ...other }, OPENED), false, JSON.stringify(other));
});
