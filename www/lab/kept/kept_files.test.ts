import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OwnPictures, OwnRatings, OwnSequences } from '../../engine/protocol.js';
import {
  bytesOfFiles,
  filesIn,
  filesOfRun,
  isSetOf,
  MOST_KEPT_BYTES,
  parseFilesOfRun,
  parseKeptFiles,
  setOfKept,
} from './kept_files.js';

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
  const kept = await bytesOfFiles(SET, 'k');
  const read = parseKeptFiles(structuredClone(kept), 'pictures', 'k')!;
  const set = setOfKept(read);
  const files = await Promise.all(set.files.map(async ({ path, blob }) => [path, await blob.text()]));
  assert.deepEqual(files, [
    ['pets/cat/1.png', 'cat'],
    ['pets/dog/1.JPG', 'dogs'],
  ]);
  assert.ok(isSetOf(filesOfRun(SET, 'k'), { ...set, key: 2 }));
});

test('ratings are kept with all their files, and are not taken for pictures of the same name', async () => {
  const ratings: OwnRatings = {
    kind: 'ratings',
    name: 'ml-1m.zip',
    key: 3,
    files: [file('ml-1m.zip', 'packed'), file('users.dat', '1::F')],
  };
  const kept = structuredClone(await bytesOfFiles(ratings, 'k'));
  const set = setOfKept(parseKeptFiles(kept, 'ratings', 'k')!);
  assert.deepEqual(
    [set.kind, await Promise.all(set.files.map(async ({ path, blob }) => [path, await blob.text()]))],
    [
      'ratings',
      [
        ['ml-1m.zip', 'packed'],
        ['users.dat', '1::F'],
      ],
    ],
  );
  const known = filesOfRun(ratings, 'k');
  assert.deepEqual(known, { kind: 'ratings', name: 'ml-1m.zip', files: 2, bytes: 10, key: 'k' });
  assert.ok(isSetOf(known, { ...set, key: 4 }));
  assert.equal(isSetOf(known, { ...ratings, kind: 'pictures' }), false);
});

test('sequences are kept with all that was read of them', async () => {
  const sequences: OwnSequences = {
    kind: 'sequences',
    name: 'shop',
    key: 3,
    files: [file('shop/s.csv', 'user,item,time'), file('shop/text.npy', 'n'), file('shop/b0.png', 'p')],
  };
  const kept = structuredClone(await bytesOfFiles(sequences, 'k'));
  assert.equal(parseKeptFiles({ ...kept, key: 'other' }, 'sequences', 'k'), null);
  const set = setOfKept(parseKeptFiles(kept, 'sequences', 'k')!);
  assert.deepEqual(
    [set.kind, set.files.map(({ path }) => path)],
    ['sequences', sequences.files.map(({ path }) => path)],
  );
  const known = parseFilesOfRun(filesOfRun(sequences, 'k'))!;
  assert.deepEqual(known, { kind: 'sequences', name: 'shop', files: 3, bytes: 16, key: 'k' });
  assert.ok(isSetOf(known, { ...set, key: 4 }));
  assert.equal(isSetOf(known, { ...sequences, kind: 'ratings' }), false);
});

test('data that are no files are no set', () => {
  assert.equal(filesIn(null), null);
  assert.equal(filesIn({ kind: 'table', name: 'a', key: 1, bytes: new Uint8Array(), reading: {} }), null);
  assert.equal(filesIn(SET), SET);
});

test('what names in zips were read in is kept with them, and nothing else that calls itself an encoding', async () => {
  const kept = await bytesOfFiles({ ...SET, encoding: 'big5' }, 'k');
  assert.equal(parseKeptFiles(structuredClone(kept), 'pictures', 'k')!.encoding, 'big5');
  assert.equal(parseKeptFiles({ ...kept, encoding: 'klingon' }, 'pictures', 'k')!.encoding, undefined);
  assert.equal(parseKeptFiles({ ...kept, encoding: 7 }, 'pictures', 'k')!.encoding, undefined);
});

test('a set whose files can no longer be read is not kept', async () => {
  const gone = {
    path: 'a/1.png',
    blob: { arrayBuffer: () => Promise.reject(new Error('gone')) } as unknown as Blob,
  };
  assert.equal(await bytesOfFiles({ ...SET, files: [...SET.files, gone] }, 'k'), null);
});

test('a set is known by its name, its number of pictures and their bytes', () => {
  const known = filesOfRun(SET, 'k');
  assert.deepEqual(known, { kind: 'pictures', name: 'pets', files: 2, bytes: 7, key: 'k' });
  assert.ok(isSetOf(known, { ...SET, files: SET.files.slice(0, 2) }));
  assert.equal(isSetOf(known, { ...SET, name: 'other' }), false);
  assert.equal(isSetOf(known, { ...SET, files: SET.files.slice(1) }), false);
  assert.equal(isSetOf(known, { ...SET, files: [SET.files[0]!, file('pets/dog/1.JPG', 'dog')] }), false);
  assert.equal(isSetOf(known, null), false);
});

test('a set that is too large is known but not kept', () => {
  const blob = (size: number): Blob => ({ size }) as Blob;
  const of = (size: number): unknown =>
    filesOfRun({ kind: 'pictures', name: 'x', files: [{ path: '1.png', blob: blob(size) }] }, 'k').key;
  assert.equal(of(MOST_KEPT_BYTES), 'k');
  assert.equal(of(MOST_KEPT_BYTES + 1), null);
});

test('what has not the form of kept files is not taken up', () => {
  const bytes = Uint8Array.of(1);
  const good = { name: 'pets', files: [{ path: 'a/1.png', bytes }], key: 'k' };
  assert.notEqual(parseKeptFiles(good, 'pictures', 'k'), null);
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
  for (const other of others) assert.equal(parseKeptFiles(other, 'pictures', 'k'), null);
  // A run that was kept before there were ratings says nothing of a kind.
  const pictures = { name: 'x', files: 1, bytes: 1, key: null };
  assert.deepEqual(parseFilesOfRun(pictures), { kind: 'pictures', ...pictures });
  for (const other of [
    null,
    {},
    { name: 'x', files: 1.5, bytes: 1, key: null },
    { name: 'x', files: 1, bytes: 1 },
    { ...pictures, kind: 'table' },
  ]) {
    assert.equal(parseFilesOfRun(other), null);
  }
});
