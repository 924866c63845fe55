import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zipSync } from 'fflate';
import type { EngineFailure, OwnPictures } from '../protocol.js';
import type { EngineOwn } from '../wasm.js';
import { listPictures, readPictures } from './own_pictures.js';

/** A picture of one pixel, as far as its header is read here: the browser's decoder is replaced below. */
const PIXEL = Buffer.from(
  '89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000049454e44ae426082',
  'hex',
);

Object.assign(globalThis, {
  createImageBitmap: () => Promise.resolve({ width: 1, height: 1, close: () => undefined }),
  OffscreenCanvas: class {
    private put: Uint8ClampedArray = Uint8ClampedArray.of(1, 2, 3, 255);
    getContext(): unknown {
      const nothing = (): undefined => undefined;
      return {
        clearRect: nothing,
        drawImage: nothing,
        createImageData: (width: number, height: number) => ({
          data: new Uint8ClampedArray(width * height * 4),
        }),
        putImageData: ({ data }: { data: Uint8ClampedArray }) => (this.put = data),
        getImageData: () => ({ data: this.put }),
      };
    }
  },
});

const filesOf = (...paths: string[]): OwnPictures['files'] =>
  paths.map((path) => ({ path, blob: new Blob([PIXEL]) }));

const zipFile = (path: string, inside: string[]): OwnPictures['files'][number] => ({
  path,
  blob: new Blob([zipSync(Object.fromEntries(inside.map((name) => [name, new Uint8Array(PIXEL)])))]),
});

const set = (files: OwnPictures['files']): OwnPictures => ({ kind: 'pictures', name: 'pets', key: 1, files });

const reason =
  (expected: string) =>
  (thrown: unknown): boolean => {
    assert.equal((thrown as EngineFailure).code, 'bad_pictures');
    assert.equal((thrown as EngineFailure).details['reason'], expected);
    return true;
  };

test('pictures are read by their names, whatever order they come in; what is hidden or no picture is left out', async () => {
  const files = [
    ...filesOf('pets/dog/2.JPG', 'pets/cat/1.png', 'pets/readme.txt', 'pets/.git/x.png', '.DS_Store'),
    zipFile('more.zip', ['cat/a.webp', '__MACOSX/cat/._a.webp', 'notes.md']),
  ];
  const list = await listPictures(set(files));
  const paths = ['cat/a.webp', 'pets/cat/1.png', 'pets/dog/2.JPG'];
  assert.deepEqual([list.name, list.ignored, list.found.map(({ path }) => path)], ['pets', 2, paths]);
  const calls: unknown[][] = [];
  const note =
    (name: string) =>
    (...given: unknown[]): void =>
      void calls.push([name, ...given]);
  const handle = {
    begin_pictures: note('begin'),
    add_picture: (path: string, ...rest: unknown[]) => note('add')(path, ...rest.slice(0, 2)),
    finish_pictures: note('finish'),
  };
  await readPictures(handle as unknown as EngineOwn, list, { side: 28, seed: 7 }, note('told'));
  assert.deepEqual(
    calls.filter(([name]) => name !== 'told'),
    [['begin', 28, 7], ...paths.map((path) => ['add', path, 1, 1]), ['finish']],
  );
  assert.deepEqual(calls.filter(([name]) => name === 'told').at(-1), ['told', 'pets', 3, 3]);
});

test('a path that may lead out of its folder is refused', async () => {
  const bad = ['../1.png', 'a/../../1.png', '/etc/1.png', 'C:1.png', 'c:/1.png', 'a\\..\\1.png', 'a\0.png'];
  for (const path of bad) {
    await assert.rejects(listPictures(set([zipFile('x.zip', [path])])), reason('unsafe_path'), path);
  }
  // Dots that are part of a name lead nowhere.
  const { found } = await listPictures(set([zipFile('x.zip', ['a..b/1..png'])]));
  assert.deepEqual(
    found.map(({ path }) => path),
    ['a..b/1..png'],
  );
});

test('too many bytes are refused before any is unpacked, by what the zip says', async () => {
  const names = Array.from({ length: 9 }, (_, index) => `${index}.png`);
  const zip = Buffer.from(await zipFile('x.zip', names).blob.arrayBuffer());
  // Each line of the list claims 49 MB.
  for (let at = 0; (at = zip.indexOf('PK\x01\x02', at)) !== -1; at += 4)
    zip.writeUInt32LE(49_000_000, at + 24);
  const claimed = set([{ path: 'x.zip', blob: new Blob([zip]) }]);
  await assert.rejects(listPictures(claimed), reason('unpacked_too_large'));
});
