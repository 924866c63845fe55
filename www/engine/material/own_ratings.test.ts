import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zipSync } from 'fflate';
import type { OwnRatings } from '../protocol.js';
import type { EngineModule } from '../wasm.js';
import { readRatings } from './own_ratings.js';

type File = OwnRatings['files'][number];

/** What a module was given. */
interface Calls {
  listed: [string, number][];
  read: [string, string][];
}

/** A module that picks the files whose names end in `.dat`, or refuses. */
function fakeModule(refusal?: object): { module: EngineModule; calls: Calls } {
  const calls: Calls = { listed: [], read: [] };
  const EngineOwn = {
    pick_ratings: (_lesson: string, _name: string, paths: string[], sizes: Float64Array) => {
      calls.listed = paths.map((path, at) => [path, sizes[at]!]);
      if (refusal) throw refusal;
      return Uint32Array.from([...paths.keys()].filter((at) => paths[at]!.endsWith('.dat')));
    },
    ratings: (_lesson: string, name: string, paths: string[], contents: Uint8Array[]) => {
      calls.read = paths.map((path, at) => [path, new TextDecoder().decode(contents[at])]);
      return { name };
    },
  };
  return { module: { EngineOwn } as unknown as EngineModule, calls };
}

const file = (path: string, content: string | Uint8Array<ArrayBuffer>): File => ({
  path,
  blob: new Blob([content]),
});
const zip = (path: string, inside: { [name: string]: string }): File => {
  const encoded = Object.entries(inside).map(([name, text]) => [name, new TextEncoder().encode(text)]);
  return file(path, zipSync(Object.fromEntries(encoded) as { [name: string]: Uint8Array }));
};
const ratings = (...files: File[]): OwnRatings => ({ kind: 'ratings', name: 'own', key: 1, files });

async function read(
  set: OwnRatings,
  refusal?: object,
): Promise<{ calls: Calls; told: [string, number, number][] }> {
  const { module, calls } = fakeModule(refusal);
  const told: [string, number, number][] = [];
  await readRatings(module, 'movies', set, (...said) => told.push(said));
  return { calls, told };
}

test('only the files that the engine picks are unpacked, out of zips and beside them', async () => {
  const packed = zip('ml-1m.zip', { 'ml-1m/README': 'read me', 'ml-1m/ratings.dat': '1::7::4::978300760' });
  const { calls, told } = await read(ratings(packed, file('users.dat', '1::F'), file('notes.txt', 'x')));
  assert.deepEqual(calls.listed, [
    ['ml-1m/README', 7],
    ['ml-1m/ratings.dat', 18],
    ['users.dat', 4],
    ['notes.txt', 1],
  ]);
  assert.deepEqual(calls.read, [
    ['ml-1m/ratings.dat', '1::7::4::978300760'],
    ['users.dat', '1::F'],
  ]);
  assert.deepEqual(
    [told[0], told.at(-1)],
    [
      ['ml-1m/ratings.dat', 0, 22],
      ['own', 22, 22],
    ],
  );
});

test('what the engine does not pick may be damaged or locked', async () => {
  const bytes = Buffer.from(await zip('a.zip', { README: 'one', 'r.dat': '1' }).blob.arrayBuffer());
  // README is the first file and the first line of the list: a flag says that it is encrypted.
  bytes.writeUInt16LE(1, bytes.indexOf('PK\x01\x02') + 8);
  const { calls } = await read(ratings(file('a.zip', bytes)));
  assert.deepEqual(calls.read, [['r.dat', '1']]);
});

test('what the engine refuses is not unpacked', async () => {
  const refusal = { code: 'missing_file', message: '', details: { missing: 'users.dat' } };
  await assert.rejects(read(ratings(zip('a.zip', { 'ratings.dat': '1' })), refusal), refusal);
});

test('a zip that cannot be read is refused by its name', async () => {
  const whole = new Uint8Array(await zip('a.zip', { 'r.dat': 'x'.repeat(999) }).blob.arrayBuffer());
  const bad = (reason: string, path?: string): object => ({
    code: 'bad_ratings',
    details: { file: 'a.zip', reason, ...(path === undefined ? {} : { path }) },
  });
  await assert.rejects(read(ratings(file('a.zip', whole.subarray(0, -1)))), bad('not_a_zip'));
  await assert.rejects(read(ratings(file('a.zip', 'text'))), bad('not_a_zip'));
  const line = Buffer.from(whole).indexOf('PK\x01\x02');
  const changed = (at: number, value: number): File => {
    const bytes = Buffer.from(whole);
    bytes.writeUInt16LE(value, line + at);
    return file('a.zip', bytes);
  };
  await assert.rejects(read(ratings(changed(8, 1))), bad('encrypted', 'r.dat'));
  await assert.rejects(read(ratings(changed(10, 12))), bad('compression', 'r.dat'));
  // More bytes come out than the list says, or fewer.
  for (const size of [998, 1_000])
    await assert.rejects(read(ratings(changed(24, size))), bad('damaged', 'r.dat'));
  const large = { size: 200_000_001 } as Blob;
  await assert.rejects(read(ratings({ path: 'a.zip', blob: large })), {
    code: 'bad_ratings',
    details: { file: 'a.zip', reason: 'too_large', most: 200 },
  });
});
