import assert from 'node:assert/strict';
import { after, test, type TestContext } from 'node:test';
import type { FromWorker, ModuleAnswer, Opened, ToWorker } from './protocol.js';
import { WorkerGone, WorkerLink, type WorkerEvent } from './link.js';

/** A worker whose answers the test gives by hand. */
class FakeWorker {
  static last: FakeWorker;
  onmessage: ((event: { data: FromWorker }) => void) | null = null;
  sent: ToWorker[] = [];
  modules: ModuleAnswer[] = [];
  /** Whether the browser can post modules. */
  takesModules = true;
  takesFunctions = true;

  constructor() {
    FakeWorker.last = this;
  }

  postMessage(message: ToWorker | ModuleAnswer): void {
    if (!('module' in message)) {
      if (!this.takesFunctions) structuredClone(message);
      this.sent.push(message);
    } else if (this.takesModules || !('compiled' in message && message.compiled)) this.modules.push(message);
    else throw new DOMException('A module could not be cloned.', 'DataCloneError');
  }

  terminate(): void {
    this.onmessage = null;
  }

  says(message: FromWorker): void {
    this.onmessage?.({ data: message });
  }
}
Object.assign(globalThis, { Worker: FakeWorker, location: { origin: 'https://book.example' } });

const GIVEN: ModuleAnswer = {
  module: 'cpu',
  compiled: new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)),
  build: 'abc',
};

const links: WorkerLink[] = [];
after(() => links.forEach((link) => link.end()));

function started(): { link: WorkerLink; worker: FakeWorker; events: WorkerEvent[]; ended: string[] } {
  const events: WorkerEvent[] = [];
  const ended: string[] = [];
  const url = new URL('https://book.example/engine/worker.js');
  const link = new WorkerLink(
    url,
    false,
    (event) => events.push(event),
    () => Promise.resolve(GIVEN),
    (reason) => ended.push(reason.message),
  );
  links.push(link);
  return { link, worker: FakeWorker.last, events, ended };
}

test('each answer goes to the request of its number, in whatever order they come', async () => {
  const { link, worker } = started();
  const history = link.request('history', { from: 2 });
  const figures = link.request('evaluate', { split: 'test' });
  const [first, second] = worker.sent;
  assert.deepEqual(first, { id: first!.id, name: 'history', args: { from: 2 } });
  worker.says({ id: second!.id, name: 'evaluate', result: { loss: null } });
  worker.says({ id: first.id, name: 'history', result: [] });
  assert.deepEqual(await figures, { loss: null });
  assert.deepEqual(await history, []);
});

test('a request that failed is rejected with its code', async () => {
  const { link, worker } = started();
  const asked = link.request('exportModel', { format: 'onnx' });
  const error = { code: 'bad_input', message: 'no such format', details: {} };
  worker.says({ id: worker.sent[0]!.id, name: 'exportModel', error });
  await assert.rejects(asked, { code: 'bad_input', message: 'no such format' });
});

test('the answer to another request than was asked is refused', async () => {
  const { link, worker } = started();
  const asked = link.request('history', { from: 0 });
  worker.says({ id: worker.sent[0]!.id, name: 'pause', result: null });
  await assert.rejects(asked, /answered pause to history/);
});

test('events are handed on, and a worker that dies names the request that was under way', async () => {
  const { link, worker, events } = started();
  const outcomes = [link.request('history', { from: 0 }), link.request('checkpoint', {})].map((asked) =>
    asked.then(
      () => null,
      (thrown: unknown) => thrown instanceof WorkerGone && thrown.culprit,
    ),
  );
  worker.says({ event: 'compiling', pipelines: 3, expected: 40 });
  assert.deepEqual(events, [{ event: 'compiling', pipelines: 3, expected: 40 }]);
  const error = { code: 'engine_panic', message: 'gone', details: {} };
  worker.says({ event: 'fatal', error, request: worker.sent[0]!.id });
  assert.deepEqual(await Promise.all(outcomes), [true, false]);
  assert.deepEqual(link.gone, error);
  assert.equal(events.length, 1);
  await assert.rejects(link.request('pause', {}), WorkerGone);
});

test('a worker that wants a module is posted the one the page has compiled', async () => {
  const { worker, events } = started();
  worker.says({ event: 'module_wanted', module: 'cpu' });
  await new Promise(setImmediate);
  assert.deepEqual(worker.modules, [GIVEN]);
  assert.deepEqual(events, []);
});

test('where a module cannot be posted, the worker is told to compile it for itself', async () => {
  const { worker } = started();
  worker.takesModules = false;
  worker.says({ event: 'module_wanted', module: 'cpu' });
  await new Promise(setImmediate);
  assert.deepEqual(worker.modules, [{ module: 'cpu', compiled: null }]);
});

/** A page second is a tick; the worker says nothing meanwhile. */
const seconds = (context: TestContext, count: number): void => context.mock.timers.tick(count * 1000);

/** How each of some requests ends: not yet, answered, or rejected with whether it was to blame. */
function outcomes(...asked: Promise<unknown>[]): (string | null)[] {
  const ends: (string | null)[] = asked.map(() => null);
  asked.forEach((one, index) =>
    one.then(
      () => (ends[index] = 'answered'),
      (thrown: unknown) =>
        (ends[index] = thrown instanceof WorkerGone && thrown.culprit ? 'to blame' : 'lost'),
    ),
  );
  return ends;
}

test('a request that is never answered is given up, and only what can have hung is to blame', async (context) => {
  context.mock.timers.enable({ apis: ['setInterval'] });
  const { link, worker, ended } = started();
  worker.says({ event: 'up', locked: false });
  const ends = outcomes(
    link.request('pause', {}),
    link.request('evaluate', { split: 'test' }),
    link.request('predict', { input: [] }),
  );
  seconds(context, 300);
  await new Promise(setImmediate);
  assert.deepEqual([ends, link.gone], [[null, null, null], null]);
  seconds(context, 1);
  await new Promise(setImmediate);
  assert.deepEqual(ends, ['lost', 'to blame', 'lost']);
  assert.match(link.gone!.message, /silent/);
  // Whoever asked recovers it.
  assert.deepEqual(ended, []);
});

test('whatever a worker says gives it time again, and a module the page brings costs it none', async (context) => {
  context.mock.timers.enable({ apis: ['setInterval'] });
  const { link, worker } = started();
  link.expect({ device: { kind: 'cpu' }, description: { longest_step: 8 } } as unknown as Opened);
  const ends = outcomes(link.request('train', {}));
  for (let word = 0; word < 20; word += 1) {
    seconds(context, 8);
    worker.says({ event: 'compiling', pipelines: word, expected: 20 });
  }
  worker.says({ event: 'module_wanted', module: 'cpu' });
  seconds(context, 5000);
  await new Promise(setImmediate);
  assert.deepEqual(worker.modules, [GIVEN]);
  seconds(context, 8);
  assert.equal(link.gone, null);
  seconds(context, 1);
  await new Promise(setImmediate);
  assert.deepEqual(ends, ['lost']);
});

test('a step on a GPU has minutes, whatever a step of the lesson takes', async (context) => {
  context.mock.timers.enable({ apis: ['setInterval'] });
  const { link, worker } = started();
  worker.says({ event: 'up', locked: false });
  link.expect({ device: { kind: 'webgpu' }, description: { longest_step: 8 } } as unknown as Opened);
  const ends = outcomes(link.request('train', {}));
  seconds(context, 240);
  assert.equal(link.gone, null);
  seconds(context, 1);
  await new Promise(setImmediate);
  assert.deepEqual(ends, ['lost']);
});

test('a worker with nothing to do is asked whether it is there, and its end is told', async (context) => {
  context.mock.timers.enable({ apis: ['setInterval'] });
  const { link, worker, ended } = started();
  worker.says({ event: 'up', locked: false });
  for (let hour = 0; hour < 3600; hour += 15) {
    seconds(context, 15);
    const { id, name } = worker.sent.at(-1)!;
    assert.equal(name, 'ping');
    worker.says({ id, name: 'ping', result: null });
  }
  assert.equal(worker.sent.length, 240);
  await new Promise(setImmediate);
  seconds(context, 36);
  assert.deepEqual([ended, link.gone?.code], [['The worker fell silent.'], 'engine_panic']);
});

test('where a lock is held for it, the end of a busy worker is known at once', async () => {
  let end = (): void => undefined;
  const request = (_name: string, granted: () => void): Promise<void> => {
    end = granted;
    return Promise.resolve();
  };
  Object.defineProperty(globalThis, 'navigator', { value: { locks: { request } }, configurable: true });
  const { link, worker, ended } = started();
  worker.says({ event: 'up', locked: true });
  await new Promise(setImmediate);
  const ends = outcomes(link.request('train', {}));
  end();
  await new Promise(setImmediate);
  assert.deepEqual([ends, link.gone?.message, ended], [['lost'], 'The worker has ended.', []]);
  const other = started();
  other.worker.says({ event: 'up', locked: true });
  await new Promise(setImmediate);
  end();
  assert.deepEqual(other.ended, ['The worker has ended.']);
});

test('what cannot be copied is the fault of whoever asks, and the worker stays', async () => {
  const { link, worker } = started();
  worker.takesFunctions = false;
  await assert.rejects(link.request('predict', { input: { call: () => 1 } }), { code: 'bad_input' });
  const figures = link.request('evaluate', { split: 'test' });
  worker.says({ id: worker.sent[0]!.id, name: 'evaluate', result: { loss: 1 } });
  assert.deepEqual(await figures, { loss: 1 });
});
