import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Language } from '../../kit/words.js';
import type { Run } from '../../lab/run.js';
import type { LabSession } from '../../lab/session.js';
import { accuracyText, figuresText, metricText } from './accuracy.js';

const LANGUAGE: Language = {
  code: 'en',
  words: [
    {
      metrics: { dev_accuracy: 'Validation accuracy' },
      ui: {
        figures: { accuracy: 'Accuracy', loss: 'Loss' },
        accuracy: {
          whole: '{value} ({counted} {interval})',
          counted: '{correct} of {rows};',
          interval: '95%: {low}–{high}',
        },
      },
    },
  ],
};

test('an accuracy is told with its rows and its interval, with as many decimals as tell the ends apart', () => {
  assert.equal(accuracyText(LANGUAGE, 14 / 15, 15), '0.933 (14 of 15; 95%: 0.70–0.99)');
  assert.equal(accuracyText(LANGUAGE, 1, 15), '1 (15 of 15; 95%: 0.80–1.00)');
  assert.equal(accuracyText(LANGUAGE, 0.98, 10_000), '0.98 (9,800 of 10,000; 95%: 0.977–0.983)');
});

test('an accuracy that is no share of so many rows, or of rows not known, is told alone', () => {
  assert.equal(accuracyText(LANGUAGE, 0.95, 15), '0.95');
  for (const rows of [null, undefined, 0]) assert.equal(accuracyText(LANGUAGE, 0.95, rows), '0.95');
  assert.equal(accuracyText(LANGUAGE, NaN, 15), '–');
  // A share rounded to 32 bits is a share all the same.
  assert.match(accuracyText(LANGUAGE, Math.fround(1 / 3), 30), /10 of 30/);
});

test('the rows of a figure stand with the accuracy and not by themselves', () => {
  assert.deepEqual(figuresText(LANGUAGE, { loss: 0.12345, accuracy: 0.5, rows: 2 }), [
    'Loss 0.123',
    'Accuracy 0.5 (1 of 2; 95%: 0.09–0.91)',
  ]);
  assert.deepEqual(figuresText(LANGUAGE, { loss: null, rows: 2 }), ['Loss –']);
});

test('a training accuracy has no interval: the model changed from row to row', () => {
  const run = { results: { dev: { rows: 2 } } } as unknown as Run;
  const session = { language: LANGUAGE, runs: { current: null } } as unknown as LabSession;
  const text = (name: string, split: 'train' | 'dev'): string =>
    metricText(session, run, { name, split, chart: '' }, 0.5);
  assert.equal(text('accuracy', 'train'), '0.5');
  assert.equal(text('dev_accuracy', 'dev'), '0.5 (1 of 2; 95%: 0.09–0.91)');
  assert.equal(text('inaccuracy', 'dev'), '0.5');
});
