import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failure } from './failure.js';
import type { FromWorker } from './protocol.js';
import { WantedModules } from './wanted_modules.js';

const compiled = new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));

function opened(): { wanted: WantedModules; posted: FromWorker[] } {
  const posted: FromWorker[] = [];
  return { wanted: new WantedModules((message) => posted.push(message)), posted };
}

test('each module is asked for by its name and gets its own answer', async () => {
  const { wanted, posted } = opened();
  const [cpu, gpu] = [wanted.ask('cpu'), wanted.ask('gpu')];
  assert.deepEqual(posted, [
    { event: 'module_wanted', module: 'cpu' },
    { event: 'module_wanted', module: 'gpu' },
  ]);
  const error = failure('module_building', 'It is still being built.');
  wanted.answered({ module: 'gpu', error });
  wanted.answered({ module: 'cpu', compiled, build: 'abc' });
  await assert.rejects(gpu, error);
  assert.equal((await cpu)?.compiled, compiled);
});

test('without a module, or with one that cannot be read, the worker is left to itself', async () => {
  const { wanted } = opened();
  const trees = wanted.ask('trees');
  wanted.answered({ module: 'trees', compiled: null });
  assert.equal(await trees, null);
  const others = [wanted.ask('cpu'), wanted.ask('gpu')];
  wanted.unreadable();
  assert.deepEqual(await Promise.all(others), [null, null]);
});
