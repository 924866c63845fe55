import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { EngineClient } from './client.js';
import { EmberError, failure } from './failure.js';
import type { FromWorker, Opened, Progress, RequestName, ToWorker } from './protocol.js';

const at = (step: number): Progress => ({
  step,
  totalSteps: 100,
  epoch: 1,
  totalEpochs: 1,
  metrics: {},
  finished: false,
  diverged: false,
});

const OPENED = {
  device: { kind: 'cpu', adapter: '', reason: 'asked_for', software: false, timing: null },
  description: { longest_step: 8 },
  progress: at(0),
} as unknown as Opened;

/** What a worker answers to each request, or that it dies of it; one that is not named is never answered. */
type Answers = { [Name in RequestName]?: object | 'dies' };

const WELL: Answers = { open: OPENED, restore: at(40), evaluate: { loss: 1 }, train: at(1) };
const DEAD: Answers = { open: 'dies' };
const OFFLINE: Answers = { open: new EmberError(failure('data_not_loaded', 'offline')) };

/** Workers that answer as they were told to when they were made. */
class FakeWorker {
  static made: FakeWorker[] = [];
  static answers: Answers[] = [];
  onmessage: ((event: { data: FromWorker }) => void) | null = null;
  readonly asked: RequestName[] = [];
  private readonly answers: Answers;

  constructor() {
    FakeWorker.made.push(this);
    this.answers = FakeWorker.answers[FakeWorker.made.length - 1] ?? WELL;
  }

  postMessage(request: ToWorker): void {
    this.asked.push(request.name);
    setImmediate(() => {
      const { id, name } = request;
      const answer = this.answers[name];
      if (answer === 'dies') this.die();
      else if (answer instanceof EmberError) this.says({ id, name, error: answer });
      else if (answer) this.says({ id, name, result: answer } as FromWorker);
    });
  }

  terminate(): void {
    this.onmessage = null;
  }

  says(message: FromWorker): void {
    this.onmessage?.({ data: message });
  }

  /** Ends as after a panic, with nobody to blame. */
  die(): void {
    this.says({ event: 'fatal', error: failure('engine_panic', 'gone') });
  }
}
Object.assign(globalThis, { Worker: FakeWorker, location: { origin: 'https://book.example' } });

const clients: EngineClient[] = [];
afterEach(() => clients.splice(0).forEach((client) => client.close()));

/** A lab that is open, and what its owner has heard. */
async function opened(...answers: Answers[]): Promise<{ client: EngineClient; heard: string[] }> {
  FakeWorker.made = [];
  FakeWorker.answers = answers;
  const heard: string[] = [];
  const urls = { trees: '', cpu: '', gpu: '', data: '' } as never;
  const client = new EngineClient(new URL('https://book.example/engine/worker.js'), urls, {
    event: () => undefined,
    recovering: () => heard.push('recovering'),
    recovered: (_opened, { step }) => heard.push(`recovered at ${step}`),
    gaveUp: ({ code }) => heard.push(`gave up: ${code}`),
  });
  clients.push(client);
  await client.open({ lesson: 'iris', layers: [], backend: 'cpu' });
  return { client, heard };
}

const soon = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn += 1) await new Promise(setImmediate);
};

test('a worker that ends while nobody asks it anything is replaced at once, at the last checkpoint', async () => {
  const { client, heard } = await opened();
  FakeWorker.made[0]!.says({ event: 'checkpoint', step: 40, epoch: 1, bytes: Uint8Array.of(1) });
  FakeWorker.made[0]!.die();
  await soon();
  assert.deepEqual(heard, ['recovering', 'recovered at 40']);
  assert.deepEqual(FakeWorker.made[1]!.asked, ['open', 'restore']);
  assert.deepEqual(await client.request('evaluate', { split: 'test' }), { loss: 1 });
  assert.equal(FakeWorker.made.length, 2);
});

test('what waited its turn when a worker ended is answered by the next', async () => {
  const { client, heard } = await opened({ open: OPENED });
  const figures = client.request('evaluate', { split: 'test' });
  await soon();
  FakeWorker.made[0]!.die();
  assert.deepEqual(await figures, { loss: 1 });
  assert.deepEqual(heard, ['recovering', 'recovered at 0']);
});

test('workers that end one after the other are given up, the owner hears of it, and Run tries again', async () => {
  const { client, heard } = await opened(WELL, DEAD, DEAD, DEAD);
  FakeWorker.made[0]!.die();
  await soon();
  assert.deepEqual(heard, ['recovering', 'recovering', 'recovering', 'gave up: engine_panic']);
  assert.equal((await client.train(1, 0)).step, 1);
  assert.deepEqual(heard.slice(4), ['recovering', 'recovered at 0']);
});

test('a worker that cannot be replaced for want of a file is replaced when the file can be had', async () => {
  const { client, heard } = await opened(WELL, OFFLINE, OFFLINE);
  FakeWorker.made[0]!.die();
  await soon();
  assert.deepEqual(heard, ['recovering', 'gave up: data_not_loaded']);
  await assert.rejects(client.request('evaluate', { split: 'test' }), { code: 'data_not_loaded' });
  assert.deepEqual(await client.request('evaluate', { split: 'test' }), { loss: 1 });
});

test('a lab that cannot be opened in place of another leaves that one, whose worker has ended meanwhile too', async () => {
  const { client } = await opened({ ...WELL, open: OPENED }, OFFLINE, WELL);
  const change = client.open({ lesson: 'vision', layers: [], backend: 'cpu' });
  FakeWorker.made[0]!.die();
  await assert.rejects(change, { code: 'data_not_loaded' });
  assert.deepEqual(await client.request('evaluate', { split: 'test' }), { loss: 1 });
  assert.equal(FakeWorker.made.length, 3);
});
