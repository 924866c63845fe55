import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zipSync } from 'fflate';
import type { EngineFailure, OwnSequences } from '../protocol.js';
import type { EngineModule } from '../wasm.js';
import { readSequences } from './own_sequences.js';
import type { DecodePicture } from './picture_decoder.js';

type File = OwnSequences['files'][number];

const BAD = { code: 'bad_sequences', message: '', details: { reason: 'too_few' } };

/** A module that knows files by their endings and notes what it is given; it may refuse at one of its steps. */
function fakeModule(refusing?: string): { module: EngineModule; calls: unknown[][] } {
  const calls: unknown[][] = [];
  const note = (step: string, ...given: unknown[]): void => {
    calls.push([step, ...given]);
    if (step === refusing) throw BAD;
  };
  const places = (paths: string[], ending: RegExp): number[] =>
    [...paths.keys()].filter((at) => ending.test(paths[at]!));
  const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
  const reading = {
    add_vectors: (path: string, bytes: Uint8Array) => note('vectors', path, text(bytes)),
    pick_pictures: (paths: string[]) => {
      note('pick_pictures', ...paths);
      return Uint32Array.from(places(paths, /\bb\d/));
    },
    add_picture: (path: string, width: number) => note('picture', path, width),
    finish: () => {
      note('finish');
      return { name: 'handle' };
    },
    free: () => note('free'),
  };
  const EngineOwn = {
    pick_sequences: (_lesson: string, _name: string, paths: string[], sizes: Float64Array) => {
      note('pick', ...paths.map((path, at) => `${path} ${sizes[at]}`));
      return {
        tables: places(paths, /\.csv$/),
        vectors: places(paths, /\.npy$/),
        pictures: places(paths, /\.(png|jpg|webp)$/),
        side: 32,
      };
    },
    sequences: (_lesson: string, _name: string, paths: string[], contents: Uint8Array[]) => {
      note('tables', ...paths.map((path, at) => `${path} ${text(contents[at]!)}`));
      return reading;
    },
  };
  return { module: { EngineOwn } as unknown as EngineModule, calls };
}

const file = (path: string, content: string | Uint8Array<ArrayBuffer> = ''): File => ({
  path,
  blob: new Blob([content]),
});
const zip = (path: string, inside: { [name: string]: string }): File => {
  const encoded = Object.entries(inside).map(([name, text]) => [name, new TextEncoder().encode(text)]);
  return file(path, zipSync(Object.fromEntries(encoded) as { [name: string]: Uint8Array }));
};

async function read(
  files: File[],
  refusing?: string,
): Promise<{
  calls: unknown[][];
  told: unknown[][];
  byBrowser: number;
  decoded: unknown[][];
  thrown: unknown;
}> {
  const { module, calls } = fakeModule(refusing);
  const told: unknown[][] = [];
  const decoded: unknown[][] = [];
  const decode: DecodePicture = async (path, blob, side) => {
    decoded.push([path, await blob.text(), side]);
    return { width: 32, height: 32, rgba: new Uint8Array(4096), byBrowser: path.endsWith('.webp') };
  };
  const listeners = {
    onUnpacking: (...said: unknown[]) => void told.push(['unpacked', ...said]),
    onReading: (...said: unknown[]) => void told.push(['read', ...said]),
  };
  const set: OwnSequences = { kind: 'sequences', name: 'shop', key: 1, files };
  let byBrowser = 0;
  let thrown: unknown = null;
  try {
    ({ byBrowser } = await readSequences(module, 'sequences', set, decode, listeners));
  } catch (error) {
    thrown = error;
  }
  return { calls, told, byBrowser, decoded, thrown };
}

const SHOP = [
  zip('shop.zip', { 'p/b0.png': 'zero', '__MACOSX/p/._b0.png': 'x', 'taken.csv': 'user', 'notes.md': 'n' }),
  file('items.csv', 'id'),
  file('.DS_Store', 'x'),
  file('b1.webp', 'one'),
  file('holiday.jpg', 'none'),
  file('text.npy', 'numbers'),
];

test('tables go first, vectors and the pictures of items follow one by one; hidden files are none', async () => {
  const { calls, decoded, byBrowser, told, thrown } = await read(SHOP);
  assert.equal(thrown, null);
  assert.deepEqual(calls, [
    [
      'pick',
      'p/b0.png 4',
      'taken.csv 4',
      'notes.md 1',
      'items.csv 2',
      'b1.webp 3',
      'holiday.jpg 4',
      'text.npy 7',
    ],
    ['tables', 'taken.csv user', 'items.csv id'],
    ['vectors', 'text.npy', 'numbers'],
    ['pick_pictures', 'p/b0.png', 'b1.webp', 'holiday.jpg'],
    ['picture', 'p/b0.png', 32],
    ['picture', 'b1.webp', 32],
    ['finish'],
  ]);
  // At the size at which they are learned from; that of no item is left packed.
  assert.deepEqual(decoded, [
    ['p/b0.png', 'zero', 32],
    ['b1.webp', 'one', 32],
  ]);
  assert.equal(byBrowser, 1);
  assert.deepEqual(told.filter(([unit]) => unit === 'unpacked')[0], ['unpacked', 'taken.csv', 0, 6]);
  assert.deepEqual(told.at(-1), ['read', 'shop', 2, 2]);
});

test('without pictures no decoder is asked for', async () => {
  const { decoded, told, thrown } = await read([file('s.csv', 'user')]);
  assert.deepEqual([decoded, thrown], [[], null]);
  assert.deepEqual(told.at(-1), ['unpacked', 'shop', 4, 4]);
});

test('tables are brought to UTF-8; what is no text goes as it is, for it may be none that is needed', async () => {
  const gbk = Uint8Array.from(Buffer.from('d3c3bba7cfb5cdb32ccec4bcfe0ad3c3bba7cfb5cdb32ccec4bcfe0a', 'hex'));
  const noise = Uint8Array.from([0x75, 0xff, 0x00, 0xfe, 0x80]);
  const { calls } = await read([file('s.csv', gbk), file('n.csv', noise)]);
  assert.deepEqual(calls[1]?.slice(0, 2), ['tables', 's.csv 用户系统,文件\n用户系统,文件\n']);
  assert.match(String(calls[1]?.[2]), /^n\.csv u\ufffd/);
});

test('what was begun is given back where a step is refused', async () => {
  for (const [step, freed] of [
    ['pick', false],
    ['tables', false],
    ['vectors', true],
    ['pick_pictures', true],
    ['picture', true],
    // Which uses the reading up.
    ['finish', false],
  ] as const) {
    const { calls, thrown } = await read(SHOP, step);
    assert.equal(thrown, BAD, step);
    assert.equal(
      calls.some(([name]) => name === 'free'),
      freed,
      step,
    );
  }
});

test('photos of a format that is not read are refused by name, before anything is unpacked', async () => {
  const { calls, thrown } = await read([file('s.csv'), file('b1.heic'), file('b2.HEIC')]);
  const { code, details } = thrown as EngineFailure;
  assert.deepEqual(
    [code, details],
    ['bad_picture', { file: 'b1.heic', reason: 'heic', format: 'HEIC', found: 2 }],
  );
  assert.equal(calls.length, 1);
  // A raw photo beside the JPEG that was made of it is not missed.
  assert.equal((await read([file('s.csv'), file('b1.heic'), file('b1.jpg')])).thrown, null);
});

test('zips that cannot be read or hold too much are refused by their names, and pictures by what the zip says', async () => {
  const refusal = async (files: File[]): Promise<unknown[]> => {
    const { code, details } = (await read(files)).thrown as EngineFailure;
    return [code, details['file'], details['reason']];
  };
  assert.deepEqual(await refusal([file('a.zip', 'text')]), ['bad_sequences', 'a.zip', 'not_a_zip']);
  const large = { path: 'a.zip', blob: { size: 200_000_001 } as Blob };
  assert.deepEqual(await refusal([large]), ['bad_sequences', 'a.zip', 'too_large']);
  const claiming = async (bytes: number, count: number): Promise<File> => {
    const names = Array.from({ length: count }, (_, index) => [`b${index}.png`, 'x']);
    const packed = Buffer.from(await zip('p.zip', Object.fromEntries(names) as {}).blob.arrayBuffer());
    for (let at = 0; (at = packed.indexOf('PK\x01\x02', at)) !== -1; at += 4)
      packed.writeUInt32LE(bytes, at + 24);
    return file('p.zip', packed);
  };
  const table = file('s.csv', 'user');
  assert.deepEqual(await refusal([table, await claiming(49_000_000, 9)]), [
    'bad_sequences',
    'p.zip',
    'unpacked_too_large',
  ]);
  assert.deepEqual(await refusal([table, await claiming(50_000_001, 1)]), [
    'bad_picture',
    'b0.png',
    'too_large',
  ]);
  // More bytes come out than the list says.
  assert.deepEqual(await refusal([table, await claiming(0, 1)]), ['bad_sequences', 'p.zip', 'damaged']);
});
