import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adviceOn } from './class_counts.js';

test('classes of about the same size, five pictures and more, need no word', () => {
  assert.deepEqual(adviceOn({ train: [4, 4], test: [1, 1] }), []);
  assert.deepEqual(adviceOn({ train: [16, 32], test: [4, 8] }), []);
});

test('each class with fewer than five pictures is named', () => {
  assert.deepEqual(adviceOn({ train: [3, 5, 2], test: [1, 1, 1] }), [
    { key: 'few', class: 0, count: 4 },
    { key: 'few', class: 2, count: 3 },
  ]);
});

test('where the largest class has more than twice as many as the smallest, its share is what guessing would get', () => {
  assert.deepEqual(adviceOn({ train: [8, 24], test: [2, 6] }), [
    { key: 'unbalanced', class: 1, share: 0.75, times: 3 },
  ]);
});
