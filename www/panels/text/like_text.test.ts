import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Language } from '../../kit/words.js';
import { likeText } from './like_text.js';

const english: Language = { code: 'en', words: [] };

test('a number is written as the one in whose place it stands', () => {
  assert.equal(likeText(english, '86.7 %', 14 / 15), '93.3 %');
  assert.equal(likeText(english, '86.7%', 1), '100.0%');
  assert.equal(likeText(english, '1,200 steps', 456.2), '456 steps');
  assert.equal(likeText(english, '456 步', 12345), '12,345 步');
  assert.equal(likeText(english, '0.093', 0.5), '0.500');
  assert.equal(likeText(english, 'MRR 0.178', -0.01), 'MRR −0.010');
  assert.equal(likeText(english, '.906', 0.91), '.910');
  assert.equal(likeText(english, '.906', 1), '1.000');
  assert.equal(likeText(english, '.906', -0.5), '−.500');
});

test('what is no number is not written as one', () => {
  assert.equal(likeText(english, '0.5', NaN), '–');
  assert.equal(likeText(english, 'none', 3), '3');
});
