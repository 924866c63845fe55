import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OwnPictures } from '../../engine/protocol.js';
import {
  bytesOfPictures,
  filesOfKept,
  isPicturesOfRun,
  isSetOf,
  MOST_KEPT_BYTES,
  parseKeptPictures,
  picturesOfRun,
} from './kept_pictures.js';

const file = (path: string, content: string | Blob): OwnPictures['files'][number] => ({
  path,
  blob: new Blob([content]),
});
const SET: OwnPictures = {
  kind: 'pictures',
  name: 'pets',
  key: 1,
  files: [
    file('pets/cat/1.png', 'cat'),
    file('pets/dog/1.JPG', 'dogs'),
    file('pets/notes.txt', 'a long text'),
  ],
};

test('a set of pictures is kept without what else lies in its folder, and comes back the same', async () => {
  const kept = await bytesOfPictures(SET, 'k');
  const read = parseKeptPictures(structuredClone(kept), 'k')!;
  const files = await Promise.all(filesOfKept(read).map(async ({ path, blob }) => [path, await blob.text()]));
  assert.deepEqual(files, [
    ['pets/cat/1.png', 'cat'],
    ['pets/dog/1.JPG', 'dogs'],
  ]);
  assert.ok(
    isSetOf(picturesOfRun(SET, 'k'), { kind: 'pictures', name: read.name, key: 2, files: filesOfKept(read) }),
  );
});

test('what names in zips were read in is kept with them, and nothing else that calls itself an encoding', async () => {
  const kept = await bytesOfPictures({ ...SET, encoding: 'big5' }, 'k');
  assert.equal(parseKeptPictures(structuredClone(kept), 'k')!.encoding, 'big5');
  assert.equal(parseKeptPictures({ ...kept, encoding: 'klingon' }, 'k')!.encoding, undefined);
  assert.equal(parseKeptPictures({ ...kept, encoding: 7 }, 'k')!.encoding, undefined);
});

test('a set whose files can no longer be read is not kept', async () => {
  const gone = {
    path: 'a/1.png',
    blob: { arrayBuffer: () => Promise.reject(new Error('gone')) } as unknown as Blob,
  };
  assert.equal(await bytesOfPictures({ ...SET, files: [...SET.files, gone] }, 'k'), null);
});

test('a set is known by its name, its number of pictures and their bytes', () => {
  const known = picturesOfRun(SET, 'k');
  assert.deepEqual(known, { name: 'pets', files: 2, bytes: 7, key: 'k' });
  assert.ok(isSetOf(known, { ...SET, files: SET.files.slice(0, 2) }));
  assert.equal(isSetOf(known, { ...SET, name: 'other' }), false);
  assert.equal(isSetOf(known, { ...SET, files: SET.files.slice(1) }), false);
  assert.equal(isSetOf(known, { ...SET, files: [SET.files[0]!, file('pets/dog/1.JPG', 'dog')] }), false);
  assert.equal(isSetOf(known, null), false);
});

test('a set that is too large is known but not kept', () => {
  const blob = (size: number): Blob => ({ size }) as Blob;
  const of = (size: number): unknown =>
    picturesOfRun({ name: 'x', files: [{ path: '1.png', blob: blob(size) }] }, 'k').key;
  assert.equal(of(MOST_KEPT_BYTES), 'k');
  assert.equal(of(MOST_KEPT_BYTES + 1), null);
});

test('what has not the form of kept pictures is not taken up', () => {
  const bytes = Uint8Array.of(1);
  const good = { name: 'pets', files: [{ path: 'a/1.png', bytes }], key: 'k' };
  assert.notEqual(parseKeptPictures(good, 'k'), null);
  const others = [
    null,
    'pets',
    { ...good, key: 'other' },
    { ...good, name: 'x'.repeat(1001) },
    { ...good, files: null },
    { ...good, files: [{ path: 7, bytes }] },
    { ...good, files: [{ path: 'a', bytes: [1] }] },
    { ...good, files: [null] },
    { ...good, files: Array(20_001).fill(good.files[0]) },
    { ...good, files: Array(2).fill({ path: 'a', bytes: new Uint8Array(MOST_KEPT_BYTES / 2 + 1) }) },
  ];
  for (const other of others) assert.equal(parseKeptPictures(other, 'k'), null);
  assert.ok(isPicturesOfRun({ name: 'x', files: 1, bytes: 1, key: null }));
  for (const other of [
    null,
    {},
    { name: 'x', files: 1.5, bytes: 1, key: null },
    { name: 'x', files: 1, bytes: 1 },
  ]) {
    assert.equal(isPicturesOfRun(other), false);
  }
});
