import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { FromWorker, ModuleAnswer, ToWorker } from './protocol.js';
import { WorkerGone, WorkerLink, type WorkerEvent } from './link.js';

/** A worker whose answers the test gives by hand. */
class FakeWorker {
  static last: FakeWorker;
  onmessage: ((event: { data: FromWorker }) => void) | null = null;
  sent: ToWorker[] = [];
  modules: ModuleAnswer[] = [];
  /** Whether the browser can post modules. */
  takesModules = true;

  constructor() {
    FakeWorker.last = this;
  }

  postMessage(message: ToWorker | ModuleAnswer): void {
    if (!('module' in message)) this.sent.push(message);
    else if (this.takesModules || !('compiled' in message && message.compiled)) this.modules.push(message);
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

function started(): { link: WorkerLink; worker: FakeWorker; events: WorkerEvent[] } {
  const events: WorkerEvent[] = [];
  const url = new URL('https://book.example/engine/worker.js');
  const link = new WorkerLink(
    url,
    false,
    (event) => events.push(event),
    () => Promise.resolve(GIVEN),
  );
  links.push(link);
  return { link, worker: FakeWorker.last, events };
}

test('each answer goes to the request of its number, in whatever order they come', async () => {
  const { link, worker } = started();
  const history = link.request('history', { from: 2 });
  const figures = link.request('evaluate', { split: 'test' });
  const [first, second] = worker.sent;
  assert.deepEqual(first, { id: first!.id, name: 'history', args: { from: 2 } });
  worker.says({ id: second!.id, name: 'evaluate', result: { loss: null } });
  worker.says({ id: first.id, name: 'history', result: [{ step: 2, epoch: 1 }] });
  assert.deepEqual(await figures, { loss: null });
  assert.deepEqual(await history, [{ step: 2, epoch: 1 }]);
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
