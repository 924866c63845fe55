import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OwnData } from '../protocol.js';
import type { EngineModule, Needs } from '../wasm.js';
import { OwnDataSets } from './own.js';
import type { DecodePicture } from './picture_decoder.js';

/** A module that notes what is decoded, read and freed in it; a table named `bad` cannot be decoded. */
function fakeModule(): { module: EngineModule; calls: string[] } {
  const calls: string[] = [];
  const handle = (name: string): object => ({
    begin_pictures: (side: number, seed: number) => calls.push(`read ${name} ${side} ${seed}`),
    add_picture: () => undefined,
    finish_pictures: () => undefined,
    free: () => calls.push(`free ${name}`),
  });
  const decode = (lesson: string, name: string): object => {
    if (name === 'bad') throw { code: 'bad_table', message: '', details: {} };
    calls.push(`decode ${lesson} ${name}`);
    return handle(name);
  };
  const pick_ratings = (): Uint32Array => Uint32Array.of(0);
  const pick_sequences = (): object => ({ tables: [0], vectors: [], pictures: [1], side: 32 });
  const sequences = (lesson: string, name: string): object => ({
    pick_pictures: () => Uint32Array.of(0),
    add_picture: () => undefined,
    finish: () => decode(lesson, name),
  });
  const picks = { pick_ratings, pick_sequences };
  const EngineOwn = { table: decode, pictures: decode, ratings: decode, sequences, ...picks };
  return { module: { EngineOwn } as unknown as EngineModule, calls };
}

const table = (name: string, key: number): OwnData => ({
  kind: 'table',
  name,
  key,
  bytes: new Uint8Array(),
  reading: {},
});
const pictures = (name: string, key: number): OwnData => ({ kind: 'pictures', name, key, files: [] });
const needs = (side: number, seed: number): Needs => ({ files: [], pictures: { side, seed } });

const decode: DecodePicture = () => assert.fail('there is no picture');
const sets = (): OwnDataSets =>
  new OwnDataSets(
    () => undefined,
    () => undefined,
  );

test('data are decoded once for each lesson and module, and those before are given back', async () => {
  const own = sets();
  const [one, other] = [fakeModule(), fakeModule()];
  for (const [lesson, data] of [
    ['iris', table('a', 1)],
    ['iris', table('a', 1)],
    ['boosting', table('a', 1)],
    ['boosting', table('b', 2)],
  ] as const) {
    await own.take(one.module, lesson, data, decode);
  }
  await own.take(other.module, 'iris', table('a', 1), decode);
  assert.equal(await own.take(one.module, 'boosting', null, decode), null);
  assert.deepEqual(one.calls, [
    'decode iris a',
    'decode boosting a',
    'free a',
    'decode boosting b',
    'free a',
  ]);
  assert.deepEqual(other.calls, ['decode iris a']);
  own.release();
  assert.deepEqual([one.calls.at(-1), other.calls.at(-1)], ['free b', 'free a']);
});

test('ratings are decoded once, and never read again at another size', async () => {
  const own = sets();
  const { module, calls } = fakeModule();
  const files = [{ path: 'ratings.dat', blob: new Blob(['1::1::5::0']) }];
  const ratings: OwnData = { kind: 'ratings', name: 'ml-1m', key: 1, files };
  for (let time = 0; time < 2; time += 1) {
    await own.take(module, 'movies', ratings, decode);
    await own.read(module, needs(28, 1), decode);
  }
  assert.deepEqual(calls, ['decode movies ml-1m']);
});

test('pictures of sequences are decoded with them, and those of the browser counted', async () => {
  const own = sets();
  const { module, calls } = fakeModule();
  const files = ['s.csv', 'x.webp'].map((path) => ({ path, blob: new Blob(['x']) }));
  const sequences: OwnData = { kind: 'sequences', name: 'shop', key: 1, files };
  const byBrowser: DecodePicture = () =>
    Promise.resolve({ width: 1, height: 1, rgba: new Uint8Array(4), byBrowser: true });
  for (let time = 0; time < 2; time += 1) {
    const taken = await own.take(module, 'sequences', sequences, byBrowser);
    await own.read(module, needs(28, 1), decode);
    assert.deepEqual([taken?.list, own.byBrowser(module)], [null, 1]);
  }
  assert.deepEqual(calls, ['decode sequences shop']);
  await own.take(module, 'sequences', { ...sequences, key: 2 }, byBrowser);
  assert.deepEqual(calls.slice(1), ['decode sequences shop', 'free shop']);
});

test('data of a kind that a module does not decode are refused by name', async () => {
  const own = sets();
  const module = { EngineOwn: { ratings: () => assert.fail('there are none') } } as unknown as EngineModule;
  const refusal = { code: 'unknown_file', details: { file: 'a' } };
  await assert.rejects(own.take(module, 'movies', table('a', 1), decode), refusal);
});

test('data that cannot be decoded leave those before in place', async () => {
  const own = sets();
  const { module, calls } = fakeModule();
  const before = await own.take(module, 'iris', table('a', 1), decode);
  await assert.rejects(own.take(module, 'iris', table('bad', 2), decode), { code: 'bad_table' });
  assert.equal(await own.take(module, 'iris', table('a', 1), decode), before);
  assert.deepEqual(calls, ['decode iris a']);
});

test('pictures are read once for each side and seed, and tables never', async () => {
  const own = sets();
  const { module, calls } = fakeModule();
  await own.read(module, needs(28, 1), decode);
  await own.take(module, 'iris', table('a', 1), decode);
  await own.read(module, needs(28, 1), decode);
  await own.take(module, 'vision', pictures('p', 2), decode);
  for (const [side, seed] of [
    [28, 1],
    [28, 1],
    [64, 1],
    [64, 2],
  ] as const) {
    await own.read(module, needs(side, seed), decode);
  }
  assert.deepEqual(calls.slice(3), ['read p 28 1', 'read p 64 1', 'read p 64 2']);
  assert.equal(calls.filter((call) => call.startsWith('read')).length, 3);
});
