import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EngineClient } from '../../engine/client.js';
import type { HistoryColumns, Opened, Progress } from '../../engine/protocol.js';
import { Run } from '../run.js';
import type { KeptRun } from './kept_run.js';
import { restoreKept } from './kept_run_restore.js';

const OPENED = {
  versions: { build: 'b1' },
  device: { kind: 'cpu', adapter: '' },
  settings: { seed: 7 },
} as unknown as Opened;

const KEPT = {
  build: 'b1',
  backend: 'cpu',
  devices: [{ from_step: 0, kind: 'webgpu', adapter: 'A' }],
  settings: { seed: 7 },
  imported: false,
  step: 30,
  points: 30,
  checkpoint: Uint8Array.of(30),
} as unknown as KeptRun;

const progress = (step: number): Progress => ({ step, epoch: 1 }) as Progress;

/** An engine whose checkpoints are one byte: the step; it gives back as many points. */
class FakeClient {
  step = 0;

  constructor(private readonly fail: (step: number) => void = () => undefined) {}

  restore(bytes: Uint8Array): Promise<Progress> {
    this.fail(bytes[0]!);
    this.step = bytes[0]!;
    return Promise.resolve(progress(this.step));
  }

  request(): Promise<HistoryColumns[]> {
    const steps = Uint32Array.from({ length: this.step }, (_, step) => step);
    const [epochs, values] = [steps.map(() => 1), Float64Array.from(steps, () => 1)];
    return Promise.resolve([{ metrics: ['loss'], steps, epochs, values }]);
  }

  train(): Promise<Progress> {
    return Promise.resolve(progress(this.step));
  }
}

function begun(): Run {
  const run = new Run(1, { seed: 7 }, 0, progress(0), null);
  run.computeOn({ kind: 'cpu', adapter: '' }, 0);
  run.keep({ step: 0, epoch: 1, bytes: Uint8Array.of(0) });
  return run;
}

const restore = (client: FakeClient, kept: Partial<KeptRun>, run: Run): Promise<boolean> =>
  restoreKept(client as unknown as EngineClient, { ...KEPT, ...kept }, OPENED, run);

test('a kept run stands where it stood, with its points, its devices and a way back to step 0', async () => {
  const [client, run] = [new FakeClient(), begun()];
  assert.equal(await restore(client, {}, run), true);
  assert.deepEqual([client.step, run.progress.step, run.history.size], [30, 30, 30]);
  assert.deepEqual(
    run.checkpoints.map(({ step }) => step),
    [0, 30],
  );
  assert.deepEqual(
    run.devices.map(({ kind, from_step }) => [kind, from_step]),
    [
      ['webgpu', 0],
      ['cpu', 30],
    ],
  );
});

test('a run from imported weights cannot go back to step 0 of the engine', async () => {
  const run = begun();
  await restore(new FakeClient(), { imported: true }, run);
  assert.deepEqual([run.imported, run.checkpoints.map(({ step }) => step)], [true, [30]]);
});

test('where build, settings, step or points differ, engine and run stand at step 0', async () => {
  const others: Partial<KeptRun>[] = [
    { build: 'b2' },
    { settings: { seed: 8 } },
    { step: 29 },
    { points: 31 },
  ];
  for (const other of others) {
    const [client, run] = [new FakeClient(), begun()];
    assert.equal(await restore(client, other, run), false, JSON.stringify(other));
    assert.deepEqual([client.step, run.history.size, run.checkpoints.length], [0, 0, 1]);
  }
});

test('a damaged checkpoint is passed over, and any other failure is told', async () => {
  const failing = (code: string): FakeClient =>
    new FakeClient((step) => {
      if (step === 30) throw { code, message: '', details: {} };
    });
  assert.equal(await restore(failing('bad_checkpoint'), {}, begun()), false);
  await assert.rejects(restore(failing('engine_panic'), {}, begun()), { code: 'engine_panic' });
});
