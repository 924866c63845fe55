import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mock, test, type TestContext } from 'node:test';
import { downloadModule, type DownloadListener } from './module_download.js';
import { STALL_MS } from './stall.js';

const URL = 'https://site.example/pkg/cpu/emberbook_bg.wasm';
/** Magic number, version, and a section of a name that makes it longer. */
const WASM = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 0, 5, 4, 110, 97, 109, 101);
const NOBODY: DownloadListener = { loading: () => undefined, building: () => undefined };

/** Answers requests one after the other. */
function serve(context: TestContext, ...answers: (Response | Error)[]): void {
  context.mock.method(globalThis, 'fetch', async () => {
    const answer = answers.shift();
    if (answer instanceof Response) return answer;
    throw answer ?? new Error('one request too many');
  });
}

const said = (state: string): Response =>
  Response.json({ module: 'x', state, seconds: 4 }, { status: state === 'failed' ? 500 : 503 });

test('a module is compiled while its bytes are counted, and named by its content', async (context) => {
  const pieces = [WASM.slice(0, 5), WASM.slice(5)];
  const body = new ReadableStream({
    pull(controller) {
      const piece = pieces.shift();
      if (piece) controller.enqueue(piece);
      else controller.close();
    },
  });
  // Another type than that of wasm, as servers give that do not know it.
  serve(context, new Response(body, { headers: { 'content-length': '15', 'content-type': 'text/plain' } }));
  const loading = mock.fn();
  const { compiled, build } = await downloadModule('cpu', URL, { ...NOBODY, loading });
  assert.ok(compiled instanceof WebAssembly.Module);
  assert.equal(build, createHash('sha256').update(WASM).digest('hex').slice(0, 12));
  assert.deepEqual(
    loading.mock.calls.map((call) => call.arguments),
    [
      [5, 15],
      [15, 15],
    ],
  );
});

test('what does not arrive or is no module is not loaded, with the address', async (context) => {
  serve(
    context,
    new Response('gone', { status: 404 }),
    new TypeError('Failed to fetch'),
    new Response(Uint8Array.of(1, 2, 3)),
  );
  for (const reason of [/answered 404/, /Failed to fetch/, /./]) {
    await assert.rejects(downloadModule('cpu', URL, NOBODY), (thrown: { [name: string]: unknown }) => {
      assert.deepEqual([thrown['code'], thrown['details']], ['module_not_loaded', { url: URL }]);
      assert.match(String(thrown['message']), reason);
      return true;
    });
  }
});

test('a module that is being built is waited for, but for the one of the GPU', async (context) => {
  context.mock.method(globalThis, 'setTimeout', (wake: () => void, milliseconds: number) => {
    if (milliseconds < STALL_MS) setImmediate(wake);
  });
  serve(context, said('waiting'), said('building'), new Response(WASM), said('building'), said('failed'));
  const building = mock.fn();
  await downloadModule('cpu', URL, { ...NOBODY, building });
  assert.deepEqual(
    building.mock.calls.map((call) => call.arguments[0].waits),
    [true, false],
  );
  await assert.rejects(downloadModule('gpu', URL, NOBODY), { code: 'module_building' });
  await assert.rejects(downloadModule('gpu', URL, NOBODY), { code: 'module_not_built' });
});

test('a download that is broken off ends, also while it waits for the building', async (context) => {
  const download = new AbortController();
  context.mock.method(globalThis, 'setTimeout', (wake: () => void, milliseconds: number) => {
    if (milliseconds >= STALL_MS) return;
    download.abort();
    setImmediate(wake);
  });
  const answers = [said('building'), new Response(WASM)];
  context.mock.method(globalThis, 'fetch', async (_url: string, { signal }: RequestInit) => {
    signal!.throwIfAborted();
    return answers.shift()!;
  });
  await assert.rejects(downloadModule('cpu', URL, NOBODY, download.signal), { code: 'module_not_loaded' });
  assert.equal(answers.length, 1);
});
