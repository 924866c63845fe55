import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Device, HistoryColumns, Progress, Settings } from '../engine/protocol.js';
import { Messages } from './notices.js';
import { exportRun } from './export_run.js';
import { replayRun } from './replay.js';
import { RunBook } from './run_book.js';
import type { LabSession } from './session.js';
import { Topics } from './topics.js';

const TOTAL = 20;

const progress = (step: number): Progress => ({
  step,
  totalSteps: TOTAL,
  epoch: 1,
  totalEpochs: 1,
  metrics: {},
  finished: step === TOTAL,
  diverged: false,
});

/** The step as it comes out on a device; on the GPU of another machine the last bit may differ. */
const pointAt = (step: number, kind: string, settings: Settings): HistoryColumns => ({
  metrics: ['loss', 'dev_loss'],
  steps: Uint32Array.of(step),
  epochs: Uint32Array.of(1),
  values: Float64Array.of(
    step === 3 ? -0 : Number(settings['rate']) / (step + 1) + (kind === 'webgpu' ? 2 ** -40 : 0),
    step === 4 ? NaN : 1 / 3,
  ),
});

/** A session whose engine is the formula above. */
class FakeSession {
  readonly options = { lesson: 'iris' };
  readonly runs = new RunBook();
  readonly messages = new Messages();
  readonly topics = new Topics();
  /** Whether a run is of data of the reader's own that are not loaded. */
  missing = false;
  readonly own = { misses: () => Promise.resolve(this.missing) };
  readonly report = (error: unknown): unknown => error;
  opened: object | null = null;
  /** Where steps may be made; a machine without a GPU cannot be moved to. */
  hasGpu = true;
  build = 'b1';
  private kind: Device['kind'] = 'cpu';

  async load(): Promise<void> {
    if (!this.opened) await this.applyRecord({ rate: 0.1, seed: 7 }, 'cpu');
  }

  async applyRecord(settings: Settings, kind: Device['kind']): Promise<void> {
    this.kind = kind;
    this.describe(settings);
    this.runs.begin(settings, progress(0), this.device, null);
  }

  async moveTo(kind: Device['kind']): Promise<void> {
    if (!this.hasGpu) throw { code: 'gpu_failed', message: '', details: {} };
    this.kind = kind;
    const run = this.runs.current!;
    run.computeOn(this.device, run.progress.step);
    this.describe(run.settings);
  }

  async step(steps: number): Promise<void> {
    const run = this.runs.current!;
    const to = Math.min(TOTAL, run.progress.step + steps);
    for (let step = run.progress.step; step < to; step++) run.add([pointAt(step, this.kind, run.settings)]);
    run.progress = progress(to);
  }

  private get device(): Device {
    return { kind: this.kind, adapter: this.kind === 'cpu' ? '' : 'A' } as Device;
  }

  private describe(settings: Settings): void {
    const versions = { emberbook: '1', burn: '1', build: this.build };
    this.opened = { settings, versions, device: this.device, description: { id: 'iris' } };
  }
}

const asLab = (session: FakeSession): LabSession => session as unknown as LabSession;
const told = ({ messages }: FakeSession): [string, unknown][] =>
  messages.list.map(({ key, fill }) => [key, fill['step']]);

/** The record, as a file, of a run that was moved to the GPU and back. */
async function recorded(steps: number): Promise<string> {
  const session = new FakeSession();
  await session.load();
  await session.step(5);
  await session.moveTo('webgpu');
  await session.step(2);
  await session.moveTo('cpu');
  await session.step(steps - 7);
  return JSON.stringify(await exportRun(asLab(session)));
}

test('a run that was exported is made again with its settings, on its devices, for as many steps, and is the same', async () => {
  for (const steps of [7, 12, TOTAL]) {
    const session = new FakeSession();
    await replayRun(asLab(session), await recorded(steps), 'run.json');
    assert.deepEqual(told(session), [['ui.messages.replay_equal', 0]]);
    const run = session.runs.current!;
    assert.deepEqual(
      [run.progress.step, run.history.size, run.settings],
      [steps, steps, { rate: 0.1, seed: 7 }],
    );
    assert.deepEqual(
      run.devices.map(({ from_step, kind }) => [from_step, kind]),
      [
        [0, 'cpu'],
        [5, 'webgpu'],
        [7, 'cpu'],
      ],
    );
  }
});

test('a difference is told with its step, and with another build as something to be expected', async () => {
  const text = await recorded(12);
  const session = new FakeSession();
  session.hasGpu = false;
  await replayRun(asLab(session), text, 'run.json');
  assert.deepEqual(told(session), [['ui.messages.replay_differs', 5]]);
  const later = new FakeSession();
  later.build = 'b2';
  await replayRun(asLab(later), text.replace('"rate":0.1', '"rate":0.2'), 'run.json');
  assert.deepEqual(told(later), [['ui.messages.replay_other_build', 0]]);
});

test('a file that is no record leaves the lab as it was', async () => {
  const session = new FakeSession();
  await session.load();
  const run = session.runs.current;
  await assert.rejects(replayRun(asLab(session), '{}', 'run.json'), { code: 'bad_record' });
  assert.equal(session.runs.current, run);
  assert.deepEqual(told(session), []);
});

test('a run on data of the reader’s own that are not loaded is not made again on others', async () => {
  const text = await recorded(12);
  const session = new FakeSession();
  session.missing = true;
  await assert.rejects(replayRun(asLab(session), text, 'run.json'), { code: 'own_data_missing' });
  assert.deepEqual([session.runs.current!.history.size, told(session)], [0, []]);
});
