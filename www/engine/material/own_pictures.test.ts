import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zipSync } from 'fflate';
import type { EngineFailure, OwnPictures } from '../protocol.js';
import type { EngineOwn } from '../wasm.js';
import { listPictures, readPictures } from './own_pictures.js';
import { pictureDecoder, type DecodePicture } from './picture_decoder.js';

/** A file that begins as a PNG; nothing here looks further. */
const PIXEL = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

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
  const decode: DecodePicture = (file, _, side) => {
    note('decode')(file, side);
    return Promise.resolve({ width: 28, height: 28, rgba: new Uint8Array(), byBrowser: /webp/.test(file) });
  };
  const form = { side: 28, seed: 7 };
  assert.equal(await readPictures(handle as unknown as EngineOwn, list, form, decode, note('told')), 1);
  assert.deepEqual(
    calls.filter(([name]) => name !== 'told'),
    [
      ['begin', 28, 7],
      ...paths.flatMap((path) => [
        ['decode', path, 28],
        ['add', path, 28, 28],
      ]),
      ['finish'],
    ],
  );
  assert.deepEqual(calls.filter(([name]) => name === 'told').at(-1), ['told', 'pets', 3, 3]);
});

test('photos that are not read are refused by name, not left out; a raw one beside its JPEG is not missed', async () => {
  const refusal = (file: string, format: string, found: number) => (thrown: unknown) => {
    const { code, details } = thrown as EngineFailure;
    assert.equal(code, 'bad_picture');
    assert.deepEqual(details, {
      file,
      reason: format === 'HEIC' ? 'heic' : 'other_format',
      format,
      found,
    });
    return true;
  };
  const some = filesOf('cat/1.png', 'cat/2.HEIC', 'dog/1.heif', 'dog/2.jpg', 'dog/3.tif');
  await assert.rejects(listPictures(set(some)), refusal('cat/2.HEIC', 'HEIC', 2));
  await assert.rejects(
    listPictures(set([zipFile('x.zip', ['cat/1.avif'])])),
    refusal('cat/1.avif', 'AVIF', 1),
  );
  await assert.rejects(listPictures(set(filesOf('cat/1.nef'))), refusal('cat/1.nef', 'RAW', 1));
  const beside = await listPictures(set(filesOf('cat/IMG_1.CR2', 'cat/img_1.jpg', 'cat/IMG_1.MOV')));
  assert.deepEqual([beside.found.length, beside.ignored], [1, 2]);
});

test('a photo is refused by what is in it, whatever its name says', async () => {
  const heic = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\0', 'latin1');
  const list = await listPictures(set([{ path: 'cat/1.jpg', blob: new Blob([heic]) }]));
  const handle = { begin_pictures: () => undefined } as unknown as EngineOwn;
  const decode = pictureDecoder(() => assert.fail('no module reads it'));
  await assert.rejects(
    readPictures(handle, list, { side: 28, seed: 7 }, decode, () => undefined),
    (thrown: EngineFailure) => thrown.details['reason'] === 'heic' && thrown.details['file'] === 'cat/1.jpg',
  );
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
