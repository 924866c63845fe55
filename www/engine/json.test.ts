import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRecord, jsonIn, listIn, numbersIn, parseJson, textsIn } from './json.js';

test('a value has fields by name unless it is a list or none at all', () => {
  for (const value of [{}, { a: 1 }, new Error('x')]) assert.ok(isRecord(value));
  for (const value of [null, undefined, [], 'a', 7]) assert.ok(!isRecord(value));
});

test('of a stranger’s fields those are kept that are JSON through and through', () => {
  const fields = { row: 3, names: ['a', null], deep: { yes: true }, call: () => 1, worse: [undefined] };
  assert.deepEqual(jsonIn(fields), { row: 3, names: ['a', null], deep: { yes: true } });
});

test('a list is read as far as its items are what is asked for, and what is no list is empty', () => {
  const mixed = parseJson('[1, "a", null, 2.5, [3]]');
  assert.deepEqual(numbersIn(mixed), [1, 2.5]);
  assert.deepEqual(textsIn(mixed), ['a']);
  assert.equal(listIn(mixed).length, 5);
  for (const value of [undefined, null, 'ab', { length: 2 }]) assert.deepEqual(listIn(value), []);
});
