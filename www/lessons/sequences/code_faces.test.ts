import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ItemShown, ModalityShown } from '../../generated/sequences.js';
import { CodeFaces, exampleOf, tellingTag } from './code_faces.js';
import { ItemBook } from './item_book.js';

const TITLES: Record<string, string> = { a: 'red apple', b: 'green pear', c: 'ball', d: 'old lamp' };
const item = (id: string, tags: string[], taken: number, group: number | null): ItemShown => ({
  id,
  title: TITLES[id]!,
  chinese: `${id}的标题`,
  tags,
  chinese_tags: tags.map((tag) => `中${tag}`),
  group,
  picture: true,
  image_missing: false,
  text_missing: false,
  taken,
  cold: false,
});
const modality = (clusters: number[][], codes: number[][]): ModalityShown => ({
  columns: 2,
  losses: [],
  clusters,
  codes,
  without: 0,
  same_group: null,
  same_group_by_chance: null,
});
const book = new ItemBook({
  items: [
    item('a', ['food', 'red'], 9, 0),
    item('b', ['food', 'green'], 8, 0),
    item('c', ['sport'], 7, 1),
    item('d', [], 6, 1),
  ],
  groups: ['food', 'sport'],
  side: 32,
});
const codes = {
  image: modality([[0, 2], [1], [3]], [[0], [1], [0], [2]]),
  text: modality([[0, 1], [3], [2]], [[0], [0], [2], [1]]),
};
const english = { code: 'en', words: [] } as const;

test('a tag tells where it is common here and rare elsewhere', () => {
  const all = [['food', 'thing'], ['food', 'thing'], ['sport', 'thing'], ['thing']];
  assert.equal(tellingTag(all.slice(0, 2), all), 'food');
  assert.equal(tellingTag(all.slice(2, 3), all), 'sport');
  assert.equal(tellingTag([[]], all), null);
  assert.equal(tellingTag([['thing']], all, 0.5), null, 'most have it');
});

test('a code of pictures looks like its nearest item, one of words is called by its tag or else by its nearest title', () => {
  const faces = new CodeFaces(codes, book);
  assert.deepEqual(
    [0, 1, 2, 7].map((code) => faces.itemOf(code)),
    [0, 1, 3, null],
  );
  assert.equal(faces.tagOf('text', 0, english), 'food');
  assert.equal(faces.tagOf('text', 0, { code: 'zh', words: [] }), '中food');
  assert.equal(faces.tagOf('text', 1, english), 'old lamp', 'it has no tag');
});

test('where nothing is grouped a code is its own item, and without codes nothing has a face', () => {
  const own = { image: modality([], [[0], [1]]), text: modality([], [[0], [1]]) };
  assert.equal(new CodeFaces(own, book).itemOf(1), 1);
  assert.equal(new CodeFaces(own, book).tagOf('text', 1, english), 'green pear');
  assert.equal(new CodeFaces(null, book).itemOf(1), null);
  assert.equal(new CodeFaces(null, book).tagOf('text', 1, english), null);
});

test('the example has two items without a code or a group in common, so that it has six nodes', () => {
  assert.deepEqual(exampleOf(codes, book), [0, 3], 'c has the picture code of a, b its group');
  assert.deepEqual(exampleOf(null, book), [0, 2]);
  assert.deepEqual(exampleOf(null, new ItemBook({ items: [], groups: [], side: 0 })), []);
});

test('codes of films are called by genres in place of pictures, and by words of titles', () => {
  const faces = new CodeFaces(codes, book, 'genres');
  assert.equal(faces.tagOf('image', 1, english), 'green');
  assert.equal(faces.tagOf('text', 0, english), 'red');
});
