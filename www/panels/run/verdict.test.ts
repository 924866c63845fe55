import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Language } from '../../kit/words.js';
import { verdictText } from './verdict.js';

const LANGUAGE: Language = {
  code: 'en',
  words: [
    {
      splits: { test: 'test' },
      ui: {
        figures: { rmse: 'RMSE', loss: 'Loss' },
        verdict: {
          right:
            '{correct} of {rows} {split} rows right; with {rows} rows, luck moves this by ± {points} points.',
          figures: 'On the {split} rows: {figures}.',
        },
      },
    },
  ],
};

const told = (figures: { [name: string]: number | null }): string =>
  verdictText(LANGUAGE, 'test', figures, 'ui.verdict.right');

test('an accuracy is a count with what luck does to it, by the interval of Wilson', () => {
  assert.equal(
    told({ loss: 0.1, accuracy: 14 / 15, rows: 15 }),
    '14 of 15 test rows right; with 15 rows, luck moves this by ± 14 points.',
  );
  assert.equal(
    told({ loss: 0.1, accuracy: 0.98, rows: 10_000 }),
    '9,800 of 10,000 test rows right; with 10,000 rows, luck moves this by ± 0.3 points.',
  );
});

test('where the lesson names headlines, they alone are told', () => {
  const text = verdictText(LANGUAGE, 'test', { rmse: 0.5, loss: 1, rows: 20 }, 'ui.verdict.right', ['loss']);
  assert.equal(text, 'On the test rows: Loss 1.');
});

test('without an accuracy, or without rows, the figures are told', () => {
  assert.equal(told({ rmse: 0.5, rows: 20 }), 'On the test rows: RMSE 0.5.');
  assert.equal(told({ loss: null, rows: 0 }), 'On the test rows: Loss –.');
});
