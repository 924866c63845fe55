import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ItemShown } from '../../generated/sequences.js';
import { ItemBook } from './item_book.js';

const item = (id: string, title: string, chinese: string, tags: string[], taken: number): ItemShown => ({
  id,
  title,
  chinese,
  tags,
  chinese_tags: tags.includes('fruit') ? ['水果'] : [],
  group: null,
  picture: true,
  image_missing: false,
  text_missing: false,
  taken,
  cold: false,
});
const book = new ItemBook({
  items: [
    item('1F34E', 'red apple', '苹果', ['fruit', 'red'], 5),
    item('1F34A', 'tangerine', '橘子', ['fruit', 'orange'], 9),
    item('1F9E1', 'orange heart', '橙心', ['heart'], 2),
  ],
  groups: [],
  side: 32,
});
const [zh, en] = [{ code: 'zh' }, { code: 'en' }] as const;

test('an item is called by its title in the language of the page, and one that is not there by nothing', () => {
  assert.equal(book.title(0, zh), '苹果');
  assert.equal(book.title(0, en), 'red apple');
  assert.equal(book.title(7, en), '');
});

test('titles that fit stand before tags that fit, and an item stands once', () => {
  assert.deepEqual(book.find('orange', en, 10), [2, 1]);
  assert.deepEqual(book.find('red', en, 10), [0]);
});

test('of items that fit as well those taken more often come first, and no more than asked for', () => {
  assert.deepEqual(book.find('fruit', en, 10), [1, 0]);
  assert.deepEqual(book.find('水果', zh, 1), [1]);
  assert.deepEqual(book.find('', zh, 2), [1, 0]);
  assert.deepEqual(book.find('水果', en, 10), []);
});

test('tags that are not translated are those of the data', () => {
  assert.deepEqual(book.tags(0, zh), ['水果']);
  assert.deepEqual(book.tags(2, zh), ['heart']);
  assert.deepEqual(book.tags(7, zh), []);
});

test('ids and numbers lead to one another', () => {
  assert.deepEqual(book.ids([2, 0]), ['1F9E1', '1F34E']);
  assert.equal(book.number('1F34A'), 1);
  assert.equal(book.number('none'), null);
});
