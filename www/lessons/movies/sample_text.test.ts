import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleText } from './sample_text.js';

const SAMPLE = { user: 1, movie: 1193, categories: [7], words: [4, 9], label: 5 };

test('a sample has the document’s form', () => {
  const known = { gender: 1, age: 0, years: 1, job: 10, occupation: 'K-12 student' };
  assert.equal(sampleText({ ...SAMPLE, known }), '[1, 1, 0, 10, 1193, [7], [4, 9], [5.0]]');
});

test('without gender, age and occupation these stand in no place', () => {
  assert.equal(sampleText({ ...SAMPLE, known: null, words: [], label: 2.5 }), '[1, 1193, [7], [], [2.5]]');
});
