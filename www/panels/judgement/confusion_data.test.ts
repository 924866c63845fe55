import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classFigures } from './confusion_data.js';

test('the rows of a class stand in its row, those predicted as it in its column, and both on the diagonal', () => {
  const counts = [
    [5, 2, 0],
    [1, 7, 3],
    [0, 0, 0],
  ];
  assert.deepEqual(classFigures(['a', 'b', 'c'], { counts }), [
    { name: 'a', rows: 7, predicted: 6, correct: 5 },
    { name: 'b', rows: 11, predicted: 9, correct: 7 },
    { name: 'c', rows: 0, predicted: 3, correct: 0 },
  ]);
});
