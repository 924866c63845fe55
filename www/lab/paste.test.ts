import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseRows } from './paste.js';

test('a row is read from a table, a spreadsheet, a sentence, in Western and Chinese signs', () => {
  const expected = { rows: [[5.1, 3.5, -1.4, 0.2]] };
  for (const text of [
    '5.1,3.5,-1.4,0.2',
    '5.1, 3.5, -1.4, 0.2, Iris-setosa',
    ' 5.1  3.5 -1.4\t0.2 '.replace('\t', ' '),
    '5.1\t3.5\t-1.4\t0.2\tsetosa',
    '5,1;3,5;-1,4;0,2',
    '5,1\t3,5\t−1,4\t0,2',
    '5.1，3.5，−1.4，0.2',
    '5.1、3.5、-1.4、0.2',
    '5,1；3,5；-1,4；0,2',
    '5.1 ,3.5 , -1.4,.2e0\r\n\r\n',
  ]) {
    assert.deepEqual(parseRows(text, 4), expected, JSON.stringify(text));
  }
});

test('several lines are several rows, and empty lines none', () => {
  assert.deepEqual(parseRows('1,2\n\n3 4\r\n5;6\n', 2), {
    rows: [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
  });
});

test('a row with too few or too many numbers is named with how many it has', () => {
  const count = (text: string): unknown => parseRows(text, 2);
  assert.deepEqual(count('1,2\n3'), { problem: { kind: 'count', row: 2, found: 1 } });
  assert.deepEqual(count('1,2,3'), { problem: { kind: 'count', row: 1, found: 3 } });
  assert.deepEqual(count('1,2,x,4'), { problem: { kind: 'count', row: 1, found: 4 } });
});

test('what is not a finite number is named with its place', () => {
  for (const given of ['x', 'NaN', 'Infinity', '1e999', '1.2.3', '--1']) {
    const expected = { problem: { kind: 'number', row: 2, column: 2, given } };
    assert.deepEqual(parseRows(`1,2\n1,${given}`, 2), expected);
  }
  assert.deepEqual(parseRows('1,,3', 3), { problem: { kind: 'number', row: 1, column: 2, given: '' } });
  // Thousands beside decimal commas.
  assert.deepEqual(parseRows('1,234,5;1', 2), {
    problem: { kind: 'number', row: 1, column: 1, given: '1.234,5' },
  });
});

test('nothing pasted is said to be nothing', () => {
  for (const text of ['', ' \n\t\r\n ']) assert.deepEqual(parseRows(text, 4), { problem: { kind: 'empty' } });
});
