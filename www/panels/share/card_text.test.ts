import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wrapText } from './card_text.js';

/** Chinese signs are twice as wide as others. */
const widthOf = (text: string): number => [...text].reduce((sum, sign) => sum + (sign > '\u2e80' ? 2 : 1), 0);
const wrap = (text: string, width: number, lines = 99): string[] => wrapText(text, width, lines, widthOf);

test('lines break between words, and no line is wider than there is room', () => {
  assert.deepEqual(wrap('the learning rate is too large', 12), ['the learning', 'rate is too', 'large']);
  assert.deepEqual(wrap('one', 12), ['one']);
  assert.deepEqual(wrap('', 12), []);
  assert.deepEqual(wrap('  \n ', 12), []);
});

test('Chinese breaks between any two signs, but no line begins with a full stop', () => {
  assert.deepEqual(wrap('学习率太大。损失不降', 10), ['学习率太', '大。损失不', '降']);
});

test('a word wider than a line is broken, an address before its parameters', () => {
  assert.deepEqual(wrap('abcdefghij', 4), ['abcd', 'efgh', 'ij']);
  assert.deepEqual(wrap('https://a.b/c?x=1&long=22', 13), ['https://a.b/c', '?x=1&long=22']);
});

test('no sign of an address is lost, whatever it holds', () => {
  const addresses = [
    'https://book.example/iris/?hidden=8,4&rate=0.1&label=%E8%8A%B1#charts',
    'https://a.b/?&&x==1??y&',
    '????????????????????',
    'a?b&&c&'.repeat(9),
  ];
  for (const address of addresses) {
    for (let width = 1; width < 30; width++) {
      const lines = wrap(address, width);
      assert.equal(lines.join(''), address, `${width}`);
      assert.ok(lines.every((line) => widthOf(line) <= width));
    }
  }
});

test('what finds no room is left out, and the last line says so within the width', () => {
  assert.deepEqual(wrap('aaaa bbbb cccc dddd', 4, 2), ['aaaa', 'bbb…']);
  assert.deepEqual(wrap('aaaa bb cccc', 4, 2), ['aaaa', 'bb…']);
  assert.deepEqual(wrap('aaaa bbbb', 4, 2), ['aaaa', 'bbbb']);
  // A sign beyond the sixteenth bit is not torn apart.
  assert.deepEqual(wrap('😀😀😀 😀😀', 6, 1), ['😀😀…']);
});
