import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { EngineFailure } from '../protocol.js';
import type { EngineModule } from '../wasm.js';
import { DataFiles } from './data_files.js';

const FOLDER = 'https://book.example/data/';

/** A module that keeps the bytes it is given. */
function fakeModule(): { module: EngineModule; bytes: Map<string, string> } {
  const bytes = new Map<string, string>();
  class EngineFiles {
    add_bytes(name: string, content: Uint8Array): void {
      bytes.set(name, Buffer.from(content).toString());
    }
  }
  return { module: { EngineFiles } as unknown as EngineModule, bytes };
}

/** Answers by address; one that is not there is a 404. */
function serve(files: { [url: string]: Uint8Array | string }): () => string[] {
  const { mock: calls } = mock.method(globalThis, 'fetch', (url: string) => {
    const content = files[url];
    return Promise.resolve(
      content === undefined
        ? new Response('', { status: 404 })
        : new Response(content as Uint8Array<ArrayBuffer>),
    );
  });
  return () => calls.calls.map(({ arguments: [url] }) => (url instanceof Request ? url.url : url.toString()));
}

test('a file is unpacked, fetched once for all modules, and only when it is asked for', async () => {
  const asked = serve({ [`${FOLDER}a.bin`]: gzipSync('packed'), [`${FOLDER}b.bin`]: 'plain' });
  const files = new DataFiles(() => undefined);
  const [one, other] = [fakeModule(), fakeModule()];
  assert.equal(await files.inModule(one.module, [], FOLDER), null);
  await files.inModule(one.module, ['a.bin', 'b.bin'], FOLDER);
  await files.inModule(one.module, ['b.bin', 'a.bin'], FOLDER);
  await files.inModule(other.module, ['a.bin'], FOLDER);
  assert.deepEqual(asked(), [`${FOLDER}a.bin`, `${FOLDER}b.bin`]);
  assert.deepEqual(Object.fromEntries(one.bytes), { 'a.bin': 'packed', 'b.bin': 'plain' });
  assert.deepEqual(Object.fromEntries(other.bytes), { 'a.bin': 'packed' });
  // What the modules hold stays; a further module has it fetched anew.
  files.forgetFetched();
  await files.inModule(one.module, ['a.bin'], FOLDER);
  assert.equal(asked().length, 2);
  await files.inModule(fakeModule().module, ['a.bin'], FOLDER);
  assert.equal(asked().length, 3);
});

test('a file that cannot be had is named with its address, and the next call tries again', async () => {
  const files = new DataFiles(() => undefined);
  const { module, bytes } = fakeModule();
  const isNotLoaded = (thrown: unknown): boolean => {
    const { code, details } = thrown as EngineFailure;
    assert.deepEqual(
      { code, details },
      { code: 'data_not_loaded', details: { file: 'a.bin', url: `${FOLDER}a.bin` } },
    );
    return true;
  };
  serve({});
  await assert.rejects(files.inModule(module, ['a.bin'], FOLDER), isNotLoaded);
  const packed = gzipSync('x'.repeat(1000));
  serve({ [`${FOLDER}a.bin`]: packed.subarray(0, packed.length - 9) });
  await assert.rejects(files.inModule(module, ['a.bin'], FOLDER), isNotLoaded);
  serve({ [`${FOLDER}a.bin`]: packed });
  await files.inModule(module, ['a.bin'], FOLDER);
  assert.equal(bytes.get('a.bin'), 'x'.repeat(1000));
});

test('the bytes are told as they come, and never more of them than there are to come', async () => {
  const told: [string, number, number][] = [];
  serve({ [`${FOLDER}a.bin`]: 'twelve bytes' });
  await new DataFiles((...event) => told.push(event)).inModule(fakeModule().module, ['a.bin'], FOLDER);
  assert.deepEqual(told[0], ['a.bin', 0, 0]);
  assert.deepEqual(told.at(-1), ['a.bin', 12, 12]);
});
