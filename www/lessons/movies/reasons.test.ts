import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Reason } from '../../generated/movies.js';
import type { Language } from '../../kit/words.js';
import { reasonSentences } from './reasons.js';
import en from './words.en.json' with { type: 'json' };

const language: Language = { code: 'en', words: [en] };
const reason = (source: Reason['source'], id: number | null, name: string | null, weight = 1): Reason => ({
  source,
  id,
  name,
  weight,
});
const stars = (movie: number): number | null => (movie === 6 ? 5 : movie === 7 ? 1 : null);

test('neighbours are named in one sentence', () => {
  const reasons = [reason('user', 12, null), reason('user', 95, null)];
  assert.deepEqual(reasonSentences(language, reasons, null, stars), [
    'Because users 12 and 95, who rate as you do, rated it.',
  ]);
  assert.deepEqual(reasonSentences(language, reasons, 3, stars), [
    'Because users 12 and 95, who rate as user 3 does, rated it.',
  ]);
});

test('films are named with the stars that were given', () => {
  const reasons = [
    reason('film', 6, 'Heat (1995)'),
    reason('film', 7, 'Big (1988)'),
    reason('film', 8, 'M (1931)', -1),
  ];
  assert.deepEqual(reasonSentences(language, reasons, null, stars), [
    'Because you gave Heat (1995) 5 stars.',
    'Because you gave Big (1988) 1 star.',
    'Though you have seen M (1931), which speaks against it.',
  ]);
  assert.deepEqual(reasonSentences(language, [reason('film', 9, 'Z (1969)')], 4, stars), [
    'Because user 4 has seen Z (1969).',
  ]);
});

test('what is added to the mean stands with its sign', () => {
  const reasons = [
    reason('mean', null, null, 3.5436),
    reason('film_bias', null, null, 0.512),
    reason('user_bias', null, null, -0.25),
    reason('factor', 2, null, 0.1),
  ];
  assert.deepEqual(reasonSentences(language, reasons, 4, stars), [
    'All ratings have a mean of 3.54 stars;',
    'this user gives −0.25 beyond that;',
    'this film gets +0.51 beyond that;',
    'factor 3 adds +0.1;',
  ]);
});

test('genres and words are listed', () => {
  const reasons = [
    reason('genre', null, 'Crime'),
    reason('word', null, 'star'),
    reason('genre', null, 'Drama'),
  ];
  assert.deepEqual(reasonSentences(language, reasons, null, stars), [
    'Because you rate films of these genres: Crime and Drama.',
    'Because titles you rated have these words: star.',
  ]);
  assert.deepEqual(reasonSentences(language, [], null, stars), []);
});
