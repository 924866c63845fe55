import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EmberError, failure, failureOf } from './failure.js';

test('whatever is thrown becomes a failure with a code, a sentence and details', () => {
  const known = failure('bad_table', 'Row 3 is short.', { row: 3 });
  assert.deepEqual(failureOf(known, 'unknown'), known);
  assert.deepEqual(failureOf(new EmberError(known), 'unknown'), known);
  assert.deepEqual(failureOf({ code: 'bare' }, 'unknown'), { code: 'bare', message: 'bare', details: {} });
  const unknown = (message: string): object => ({ code: 'unknown', message, details: {} });
  assert.deepEqual(failureOf(new RangeError('too far'), 'unknown'), unknown('too far'));
  assert.deepEqual(failureOf('a string', 'unknown'), unknown('a string'));
  assert.deepEqual(failureOf(null, 'unknown'), unknown('null'));
  assert.deepEqual(failureOf({ code: 17 }, 'unknown'), unknown('[object Object]'));
});

test('an error of the lab is an Error with the code and the details of its failure', () => {
  const error = new EmberError(failure('bad_table', 'Row 3 is short.', { row: 3 }));
  assert.ok(error instanceof Error);
  assert.deepEqual(
    [error.name, error.message, error.code, error.details],
    ['EmberError', 'Row 3 is short.', 'bad_table', { row: 3 }],
  );
});

test('a script of the page that cannot be fetched is told apart in the words of each engine', () => {
  for (const message of [
    'Failed to fetch dynamically imported module: https://book.example/shared/a.js',
    'error loading dynamically imported module: https://book.example/shared/a.js',
    'Importing a module script failed.',
  ])
    assert.equal(failureOf(new TypeError(message), 'unknown').code, 'script_not_loaded');
  assert.equal(failureOf(new TypeError('x is not a function'), 'unknown').code, 'unknown');
  assert.equal(failureOf('Importing a module script failed.', 'unknown').code, 'unknown');
});
