import assert from 'node:assert/strict';
import { test } from 'node:test';
import { durationText } from './duration.js';
import type { Language } from './words.js';

const LANGUAGE: Language = {
  code: 'en',
  words: [
    {
      ui: {
        run: {
          seconds: '{seconds} s',
          minutes: '{minutes} min {seconds} s',
          hours: '{hours} h {minutes} min',
        },
      },
    },
  ],
};

test('a time span is rounded up, and never says 60 of anything', () => {
  const spans = {
    0: '0 s',
    0.01: '1 s',
    59: '59 s',
    59.01: '1 min 0 s',
    60: '1 min 0 s',
    61.5: '1 min 2 s',
    3599: '59 min 59 s',
    3599.5: '1 h 0 min',
    3600: '1 h 0 min',
    3601: '1 h 1 min',
    7199: '2 h 0 min',
    90061: '25 h 2 min',
  };
  for (const [seconds, text] of Object.entries(spans))
    assert.equal(durationText(LANGUAGE, Number(seconds)), text);
});
