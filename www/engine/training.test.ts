import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import type { FromWorker, HistoryColumns, Progress } from './protocol.js';
import type { Engine } from './wasm.js';

/** Milliseconds of a clock that stands still unless somebody trains or sleeps. */
let clock = 0;
mock.method(performance, 'now', () => clock);
mock.method(globalThis, 'setTimeout', (wake: () => void, milliseconds = 0) => {
  clock += milliseconds;
  setImmediate(wake);
});
/** As the browser's; one of Node's own would keep the process alive. */
class FakeChannel {
  readonly port1: { onmessage?: () => void } = {};
  readonly port2 = { postMessage: () => void setImmediate(() => this.port1.onmessage?.()) };
}
Object.assign(globalThis, { MessageChannel: FakeChannel });

// After the above: the loop takes its channel when it is loaded.
const { Training, SLICE_MS } = await import('./training.js');

/** An engine whose steps take `cost` milliseconds of the clock. */
class FakeEngine {
  step = 0;
  /** Steps asked for, call by call. */
  asked: number[] = [];

  constructor(
    private readonly total: number,
    public cost: number,
  ) {}

  progress(): Progress {
    const { step, total: totalSteps } = this;
    const finished = step >= totalSteps;
    return { step, totalSteps, epoch: 1, totalEpochs: 1, metrics: {}, finished, diverged: false };
  }

  train(steps: number, milliseconds: number): Promise<Progress> {
    this.asked.push(steps);
    const until = clock + milliseconds;
    for (let made = 0; made < steps && this.step < this.total && clock < until; made++) {
      this.step += 1;
      clock += this.cost;
    }
    return Promise.resolve(this.progress());
  }

  history(from: number): HistoryColumns[] {
    const steps = Uint32Array.from({ length: this.step - from }, (_, index) => from + index);
    return [{ metrics: [], steps, epochs: steps.map(() => 1), values: new Float64Array() }];
  }

  goals(): [] {
    return [];
  }

  checkpoint(): Promise<Uint8Array> {
    return Promise.resolve(Uint8Array.of(this.step));
  }
}

function begin(total: number, cost: number, quiet = false) {
  const engine = new FakeEngine(total, cost);
  const posted: { at: number; message: FromWorker }[] = [];
  const post = (message: FromWorker): void => void posted.push({ at: clock, message });
  const training = new Training(engine as unknown as Engine, post, quiet);
  const run = (options: Partial<Parameters<typeof training.run>[0]>): Promise<Progress> =>
    training.run({
      steps: Infinity,
      pace: () => 0,
      paused: () => false,
      between: () => Promise.resolve(),
      ...options,
    });
  return { engine, posted, run };
}

/** The events of one kind. */
function only<Name extends string>(
  posted: { at: number; message: FromWorker }[],
  name: Name,
): (Extract<FromWorker, { event: Name }> & { at: number })[] {
  return posted.flatMap(({ at, message }) =>
    'event' in message && message.event === name
      ? [{ ...(message as Extract<FromWorker, { event: Name }>), at }]
      : [],
  );
}

test('the page is told of every step of a run once and in order', async () => {
  const { posted, run } = begin(5000, 0.7);
  const progress = await run({});
  assert.ok(progress.finished);
  const steps = only(posted, 'progress').flatMap(({ history }) => [...history[0]!.steps]);
  assert.deepEqual(steps, [...Array(5000).keys()]);
});

test('the page hears about thirty times a second, and has a checkpoint within each second', async () => {
  const { posted, run } = begin(Infinity, 0.7);
  const from = clock;
  await run({ paused: () => clock - from >= 10_000 });
  const events = only(posted, 'progress');
  assert.ok(events.length >= 180 && events.length <= 303, `${events.length} events in 10 s`);
  const checkpoints = only(posted, 'checkpoint');
  checkpoints.reduce((before, { at }) => (assert.ok(at - before <= 1000, `${at - before} ms`), at), from);
  assert.equal(checkpoints.at(-1)!.step, events.at(-1)!.progress.step);
});

test('the points before a checkpoint have gone to the page when it is sent', async () => {
  const { posted, run } = begin(10_000, 0.5);
  await run({});
  let told = 0;
  for (const { message } of posted) {
    if (!('event' in message)) continue;
    if (message.event === 'progress') told += message.history[0]!.steps.length;
    if (message.event === 'checkpoint') assert.equal(told, message.step);
  }
  assert.equal(told, 10_000);
});

test('steps asked for are made to the step, and no more than the run has', async () => {
  const { engine, run } = begin(100, 1);
  assert.equal((await run({ steps: 30 })).step, 30);
  assert.equal((await run({ steps: 0 })).step, 30);
  assert.equal((await run({ steps: 1 })).step, 31);
  assert.equal((await run({ steps: 1000 })).step, 100);
  assert.ok(engine.asked.every((steps) => steps > 0));
});

test('a pause is seen after one slice, and requests come between slices', async () => {
  const { engine, run } = begin(Infinity, 1);
  let between = 0;
  const asked = (): Promise<void> => Promise.resolve(void (between += 1));
  await run({ paused: () => between >= 4, between: asked });
  assert.equal(between, 4);
  assert.equal(engine.step, 4 * SLICE_MS);
});

test('a pace holds a run to so many steps a second, from the first step on', async () => {
  for (const pace of [1, 3, 60, 500]) {
    const { engine, run } = begin(Infinity, 0.1);
    const from = clock;
    await run({ pace: () => pace, paused: () => clock - from >= 4000 });
    // The first step is made at once.
    assert.ok(
      Math.abs(engine.step - (4 * pace + 1)) <= 1 + pace * 0.04,
      `${engine.step} steps at ${pace} a second`,
    );
  }
});

test('a slow pace waits no longer than an event takes, so that a pause is seen soon', async () => {
  const { run } = begin(Infinity, 0.1);
  let before = clock;
  let longest = 0;
  const between = (): Promise<void> => {
    longest = Math.max(longest, clock - before);
    before = clock;
    return Promise.resolve();
  };
  const from = clock;
  await run({ pace: () => 0.5, paused: () => clock - from >= 5000, between });
  assert.ok(longest <= 34, `${longest} ms`);
});

test('a machine that could not keep the pace for long does not make up for it in a rush', async () => {
  const { engine, run } = begin(Infinity, 100);
  const from = clock;
  await run({
    pace: () => 50,
    paused: () => {
      // Ten steps a second for 5 s, then as fast as anyone could wish.
      if (clock - from >= 5000) engine.cost = 0.01;
      return clock - from >= 7000;
    },
  });
  // At most 100 steps for the last two seconds, and one second's worth that was due before.
  assert.ok(engine.step >= 100 && engine.step <= 50 + 100 + 51, `${engine.step} steps`);
});

test('a new pace counts from where it is set', async () => {
  const { engine, run } = begin(Infinity, 0.1);
  const from = clock;
  await run({ pace: () => (clock - from < 3000 ? 100 : 10), paused: () => clock - from >= 6000 });
  assert.ok(Math.abs(engine.step - 330) <= 6, `${engine.step} steps`);
});

test('a quiet training tells how far it is, without points and checkpoints', async () => {
  const { posted, run } = begin(3000, 1, true);
  await run({});
  assert.equal(only(posted, 'checkpoint').length, 0);
  const events = only(posted, 'progress');
  assert.ok(events.length > 10 && events.every(({ history }) => history.length === 0));
  assert.equal(events.at(-1)!.progress.step, 3000);
});

test('the speed told is that of the last second', async () => {
  const { engine, posted, run } = begin(Infinity, 10);
  const from = clock;
  await run({
    paused: () => {
      if (clock - from >= 3000) engine.cost = 1;
      return clock - from >= 6000;
    },
  });
  const events = only(posted, 'progress');
  const speedAt = (time: number): number => events.find(({ at }) => at - from >= time)!.stepsPerSecond;
  assert.ok(Math.abs(speedAt(2500) - 100) < 5, `${speedAt(2500)}`);
  assert.ok(Math.abs(speedAt(5000) - 1000) < 50, `${speedAt(5000)}`);
});
