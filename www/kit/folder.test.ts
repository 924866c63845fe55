import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filesOfEntries, hasPictures, nameOf, placedFiles, type PlacedFile } from './folder.js';

/** A file or folder of a drop; a folder hands out a hundred entries at a time, as browsers do. */
function entry(path: string, inside?: (at: string) => FileSystemEntry[]): FileSystemEntry {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (!inside) {
    const file = (resolve: (blob: Blob) => void): void => resolve(new Blob([name]));
    return { name, fullPath: path, isFile: true, file } as unknown as FileSystemEntry;
  }
  const createReader = (): unknown => {
    const waiting = inside(path);
    return { readEntries: (resolve: (some: FileSystemEntry[]) => void) => resolve(waiting.splice(0, 100)) };
  };
  return { name, fullPath: path, isFile: false, createReader } as unknown as FileSystemEntry;
}

const file = (path: string): PlacedFile => ({ path, blob: new Blob() });

test('a dropped folder is read whole, a hundred at a time, with the places of its files', async () => {
  const folder = entry('/pets', (at) => [
    ...Array.from({ length: 250 }, (_, index) => entry(`${at}/${index}.png`)),
    entry(`${at}/cats`, (cats) => [entry(`${cats}/1.png`)]),
  ]);
  const files = await filesOfEntries([folder, entry('/loose.png')]);
  assert.equal(files.length, 252);
  const paths = new Set(files.map(({ path }) => path));
  assert.ok(['pets/0.png', 'pets/249.png', 'pets/cats/1.png', 'loose.png'].every((path) => paths.has(path)));
  assert.equal(await files.find(({ path }) => path === 'pets/7.png')!.blob.text(), '7.png');
});

test('what is hidden is passed over, and a folder that holds itself comes to an end', async () => {
  const endless = (at: string): FileSystemEntry[] => [entry(`${at}/1.png`), entry(`${at}/in`, endless)];
  const files = await filesOfEntries([entry('/.git', endless), entry('/a', endless), entry('/.DS_Store')]);
  assert.equal(files.length, 8);
});

test('no more than twenty thousand files and folders are looked at', async () => {
  const many = (at: string): FileSystemEntry[] =>
    Array.from({ length: 15_000 }, (_, index) => entry(`${at}/${index}`));
  assert.equal((await filesOfEntries([entry('/a', many), entry('/b', many)])).length, 20_000 - 2);
});

test('files that were chosen keep their place in the folder, or have their name', () => {
  const chosen = [
    { name: '1.png', webkitRelativePath: 'pets/1.png' },
    { name: '2.png', webkitRelativePath: '' },
  ];
  assert.deepEqual(
    placedFiles(chosen as File[]).map(({ path }) => path),
    ['pets/1.png', '2.png'],
  );
});

test('pictures and zips are known by their names alone', () => {
  for (const path of ['a.png', 'a/b.JPG', 'x.jpeg', 'x.WebP', 'x.zip', 'IMG_1.HEIC'])
    assert.ok(hasPictures([file('t.txt'), file(path)]));
  for (const path of ['png', 'a.png.txt', 'a.gif', 'zip/a']) assert.equal(hasPictures([file(path)]), false);
});

test('files are called after the folders they lie in, at most three of them', () => {
  assert.equal(nameOf([file('pets/cat/1.png'), file('pets/dog/1.png')]), 'pets');
  assert.equal(nameOf([file('b.zip'), file('a/1.png')]), 'a + b.zip');
  assert.equal(nameOf(['d', 'b', 'c', 'a'].map(file)), 'a + b + c + …');
});
