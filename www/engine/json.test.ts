import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRecord, jsonIn, listIn, numbersIn, parseJson, survivesJson, textsIn } from './json.js';

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

/** Lists in one another. */
function nested(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = [value];
  return value;
}

test('a text that is nested deeper than anything of ours is refused, however deep', () => {
  assert.deepEqual(parseJson(JSON.stringify(nested(64))), nested(64));
  for (const levels of [65, 1000, 100_000]) {
    const text = '['.repeat(levels) + ']'.repeat(levels);
    assert.throws(() => parseJson(text), SyntaxError, `${levels} levels`);
  }
});

test('what holds itself, is too deep or is of no kind that JSON knows does not survive it', () => {
  const holdsItself: { self?: unknown } = {};
  holdsItself.self = { again: [holdsItself] };
  for (const value of [holdsItself, nested(65), nested(100_000), 1n, undefined, Symbol('x'), () => 1])
    assert.equal(survivesJson(value), false);
  for (const value of [null, 'a', [[1, 2]], { constructor: 1 }, nested(64)])
    assert.equal(survivesJson(value), true);
});
