import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { CompiledModules } from './compiled_modules.js';
import { failure } from './failure.js';
import type { CompiledModule, downloadModule, DownloadListener, LoadingEvent } from './module_download.js';
import type { ModuleName } from './protocol.js';

const MODULE: CompiledModule = {
  compiled: new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)),
  build: '93a44bbb96c7',
};
const CPU = 'https://site.example/pkg/cpu/emberbook_bg.wasm';
const GPU = 'https://site.example/pkg/gpu/emberbook_bg.wasm';
const nobodyListens = (): void => undefined;

/** Downloads that a test carries on by hand. */
class Downloads {
  begun: {
    url: string;
    listener: DownloadListener;
    signal: AbortSignal;
    arrive: () => void;
    fail: (reason: unknown) => void;
  }[] = [];

  readonly download: typeof downloadModule = (_name, url, listener, signal) =>
    new Promise((resolve, reject) => {
      this.begun.push({ url, listener, signal: signal!, arrive: () => resolve(MODULE), fail: reject });
    });
}

test('six labs that ask at once and a seventh that comes later share one module', async () => {
  const { begun, download } = new Downloads();
  const modules = new CompiledModules(download);
  const six = Array.from({ length: 6 }, (_, user) => modules.answer('cpu', CPU, { user }, nobodyListens));
  begun[0]!.arrive();
  const answers = [...(await Promise.all(six)), await modules.answer('cpu', CPU, {}, nobodyListens)];
  assert.equal(begun.length, 1);
  for (const answer of answers) assert.deepEqual(answer, { module: 'cpu', ...MODULE });
});

test('modules of other addresses are others', () => {
  const { begun, download } = new Downloads();
  const modules = new CompiledModules(download);
  const another = CPU.replace('site', 'another');
  for (const url of [CPU, GPU, another, CPU]) {
    void modules.answer(url === GPU ? 'gpu' : 'cpu', url, {}, nobodyListens);
  }
  assert.deepEqual(
    begun.map(({ url }) => url),
    [CPU, GPU, another],
  );
});

test('whoever waits for a download is told how far it is, also one that comes in the middle', async () => {
  const { begun, download } = new Downloads();
  const modules = new CompiledModules(download);
  const told: LoadingEvent[][] = [[], [], []];
  const ask = (index: number): Promise<unknown> =>
    modules.answer('cpu', CPU, { index }, (event) => told[index]!.push(event));
  const asked = [ask(0)];
  begun[0]!.listener.building({ done: 3, total: 9, seconds: 20, waits: false });
  asked.push(ask(1));
  begun[0]!.listener.loading(50, 100);
  begun[0]!.arrive();
  await Promise.all(asked);
  await ask(2);
  const loading = (loaded: number, total: number): LoadingEvent => ({
    event: 'loading',
    unit: 'bytes',
    module: 'cpu',
    loaded,
    total,
  });
  const built = { seconds: 20, waits: false };
  const building: LoadingEvent = {
    event: 'loading',
    unit: 'crates',
    module: 'cpu',
    loaded: 3,
    total: 9,
    built,
  };
  assert.deepEqual(told, [
    [loading(0, 0), building, loading(50, 100)],
    [building, loading(50, 100)],
    // Nothing is loaded for one that finds the module there.
    [],
  ]);
});

test('a failure is told to all that wait, and the next asking tries again', async () => {
  const { begun, download } = new Downloads();
  const modules = new CompiledModules(download);
  const user = {};
  const both = [
    modules.answer('cpu', CPU, user, nobodyListens),
    modules.answer('cpu', CPU, {}, nobodyListens),
  ];
  const error = failure('module_not_loaded', 'The server answered 500.', { url: CPU });
  begun[0]!.fail(error);
  assert.deepEqual(await Promise.all(both), [
    { module: 'cpu', error },
    { module: 'cpu', error },
  ]);
  const again = modules.answer('cpu', CPU, user, nobodyListens);
  begun[1]!.arrive();
  assert.deepEqual(await again, { module: 'cpu', ...MODULE });
});

test('a module that is not built keeps its code', async () => {
  const { begun, download } = new Downloads();
  const modules = new CompiledModules(download);
  const asked = modules.answer('gpu', GPU, {}, nobodyListens);
  const error = failure('module_building', 'It is still being built.', { module: 'gpu', seconds: 3 });
  begun[0]!.fail(error);
  assert.deepEqual(await asked, { module: 'gpu', error });
});

test('a download that nobody waits for any more is broken off', () => {
  const { begun, download } = new Downloads();
  const modules = new CompiledModules(download);
  const [one, other] = [{}, {}];
  void modules.answer('cpu', CPU, one, nobodyListens);
  void modules.answer('cpu', CPU, other, nobodyListens);
  modules.leave(one);
  assert.equal(begun[0]!.signal.aborted, false);
  modules.leave(other);
  assert.equal(begun[0]!.signal.aborted, true);
  void modules.answer('cpu', CPU, one, nobodyListens);
  assert.equal(begun.length, 2);
});

test('the module for the GPU goes with the last lab that used it, those for the CPU stay', async () => {
  const { begun, download } = new Downloads();
  const modules = new CompiledModules(download);
  const users = [{}, {}];
  const askAll = (): Promise<unknown> =>
    Promise.all(
      users.flatMap((user) =>
        (['cpu', 'gpu'] satisfies ModuleName[]).map((name) => {
          const asked = modules.answer(name, name === 'cpu' ? CPU : GPU, user, nobodyListens);
          begun.at(-1)!.arrive();
          return asked;
        }),
      ),
    );
  await askAll();
  modules.leave(users[0]!);
  await askAll();
  assert.equal(begun.length, 2);
  for (const user of users) modules.leave(user);
  await askAll();
  assert.deepEqual(
    begun.map(({ url }) => url),
    [CPU, GPU, GPU],
  );
});

test('where the page may not compile, nothing is fetched and the worker is left to itself', async () => {
  const forbidding = mock.method(WebAssembly, 'Module', function () {
    throw new WebAssembly.CompileError('Wasm code generation disallowed by embedder');
  });
  try {
    const { begun, download } = new Downloads();
    const modules = new CompiledModules(download);
    assert.deepEqual(await modules.answer('cpu', CPU, {}, nobodyListens), { module: 'cpu', compiled: null });
    assert.equal(begun.length, 0);
  } finally {
    forbidding.mock.restore();
  }
});
