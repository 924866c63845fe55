import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ExperimentRun } from '../../engine/experiment_runner.js';
import type { Experiment, Measure } from '../../engine/protocol.js';
import type { Language } from '../../kit/words.js';
import { ExperimentRecord } from '../../lab/experiment_record.js';
import { differenceText, measuredText, resultText } from './experiment_words.js';

const ACCURACY = { id: 'acc', kind: 'figure', split: 'test', metric: 'accuracy' } as Measure;
const STEPS = { id: 'steps', kind: 'steps_to', loss: 0.1 } as Measure;
const NOISE = { id: 'noise', kind: 'loss_noise' } as Measure;

const language = (result: string): Language => ({
  code: 'en',
  words: [
    {
      experiments: { rates: { result, variants: { low: 'a low rate', high: 'a high rate' } } },
      ui: { experiments: { too_few: 'too few', choosing: 'choosing', not_chosen: 'not chosen' } },
    },
  ],
});

const experiment = (more: Partial<Experiment> = {}): Experiment =>
  ({
    id: 'rates',
    seeds: 2,
    variants: [
      { id: 'low', seeded: true },
      { id: 'high', seeded: true },
    ],
    measures: [ACCURACY, STEPS],
    selection: null,
    ...more,
  }) as Experiment;

function recordOf(
  runs: { [variant: string]: [seed: number, accuracy: number | null][] },
  more: Partial<Experiment> = {},
): ExperimentRecord {
  const record = new ExperimentRecord(experiment(more), { rate: 0.1 });
  for (const [variant, each] of Object.entries(runs)) {
    for (const [seed, acc] of each) record.add({ variant, seed, values: { acc }, diverged: acc === null });
  }
  return record;
}

const RUNS: { [variant: string]: [number, number | null][] } = {
  low: [
    [1, 0.5],
    [2, 0.7],
  ],
  high: [
    [2, 0.9],
    [1, 0.8],
  ],
};

test('a result sentence has means, single runs and differences, by variant and by rank', () => {
  const text =
    'of {count}: {mean_low} ({least_low}–{most_low}); {name_highest} {difference_high}; lowest {mean_lowest}, first {name_first}';
  assert.equal(
    resultText(language(text), recordOf(RUNS)),
    'of 2: 0.600 (0.500–0.700); a high rate +0.250; lowest 0.600, first a low rate',
  );
});

test('a variant is compared with the first seed by seed', () => {
  const record = recordOf(RUNS);
  // 0.8 − 0.5 and 0.9 − 0.7; the means alone would have a spread that comes from the seeds.
  const { mean, deviation, count } = record.difference('high')!;
  assert.equal(count, 2);
  assert.ok(Math.abs(mean - 0.25) < 1e-12 && Math.abs(deviation - Math.SQRT1_2 / 10) < 1e-12);
  assert.equal(record.difference('low'), null);
  record.add({ variant: 'high', seed: 3, values: { acc: 1 } } as unknown as ExperimentRun);
  record.add({ variant: 'high', seed: 1, values: { acc: null } } as unknown as ExperimentRun);
  assert.equal(record.difference('high')!.count, 2);
});

test('nothing is said before every variant has two runs, and of a choice only once it is made', () => {
  assert.equal(resultText(language('x'), recordOf({ low: RUNS['low']! })), 'too few');
  const selection = { by: [{ measure: 'acc', largest: true }], report: ACCURACY };
  const record = recordOf(RUNS, { selection });
  const words = language('{name_chosen}: {mean_chosen}, reported {reported}');
  assert.equal(resultText(words, record), 'choosing');
  record.end('stopped');
  assert.equal(resultText(words, record), 'not chosen');
  record.chosen = record.best();
  record.addReported({ variant: 'high', seed: 1, values: { acc: 0.75 } } as unknown as ExperimentRun);
  assert.equal(resultText(words, record), 'a high rate: 0.850, reported 0.750');
});

test('the best variant has the best mean, the next measure where these are equal, and is none where every run diverged', () => {
  const by = (largest: boolean): Partial<Experiment> => ({
    selection: {
      by: [
        { measure: 'acc', largest },
        { measure: 'steps', largest: false },
      ],
      report: ACCURACY,
    },
  });
  assert.equal(recordOf(RUNS, by(true)).best(), 'high');
  assert.equal(recordOf(RUNS, by(false)).best(), 'low');
  assert.equal(recordOf({ low: [[1, null]], high: [[1, 0.1]] }, by(true)).best(), 'high');
  assert.equal(recordOf({ low: [[1, 0.1]], high: [[1, null]] }, by(false)).best(), 'low');
  const equal = recordOf({}, by(true));
  for (const [variant, steps] of [
    ['low', 20],
    ['high', 10],
  ] as const) {
    equal.add({ variant, seed: 1, values: { acc: 0.5, steps } } as unknown as ExperimentRun);
  }
  assert.equal(equal.best(), 'high');
  assert.equal(recordOf(RUNS).best(), null);
});

test('the interval of a mean is cut to what there is: no accuracy above 1, no measure below 0', () => {
  const record = recordOf({
    low: [
      [1, 1],
      [2, 0.98],
    ],
    high: [
      [1, 0],
      [2, 0.02],
    ],
  });
  assert.equal(record.summary('low', 'acc')!.interval!.high, 1);
  assert.equal(record.summary('high', 'acc')!.interval!.low, 0);
  assert.equal(record.summary('low', 'steps'), null);
  assert.equal(record.summary('low', 'stranger'), null);
});

test('measures are written as they are read: whole steps, three decimals of an accuracy, three digits else', () => {
  const words = language('');
  assert.equal(measuredText(words, STEPS, 1234.4), '1,234');
  assert.equal(measuredText(words, ACCURACY, 0.9), '0.900');
  assert.equal(measuredText(words, NOISE, 0.0123456), '0.0123');
});

test('a difference has its sign, unless it is nothing or rounds to nothing', () => {
  const words = language('');
  const texts = [0.25, -0.25, 1e-18, -0.0001, 0].map((value) => differenceText(words, ACCURACY, value));
  assert.deepEqual(texts, ['+0.250', '−0.250', '0.000', '0.000', '0.000']);
  assert.equal(differenceText(words, STEPS, -1500), '−1,500');
});

test('the time left follows from what is done, once that says something', () => {
  const record = recordOf({});
  assert.equal(record.secondsLeft, null);
  record.share = 1;
  assert.equal(record.secondsLeft, 0);
});

test('settings are compared with those the experiment began with', () => {
  const record = recordOf({});
  assert.ok(record.hadSettings({ rate: 0.1 }) && record.hadSettings({}));
  assert.ok(!record.hadSettings({ rate: 0.2 }) && !record.hadSettings({ other: null }));
});

test('what no seed changes is run once, and stands beside every seed of the others', () => {
  const variants = [
    { id: 'low', seeded: false },
    { id: 'high', seeded: true },
  ] as Experiment['variants'];
  const one = recordOf({ low: [[1, 0.5]], high: [[1, 0.8]] }, { variants, seeds: 2 });
  assert.equal(one.telling, false);
  const both = recordOf(
    {
      low: [[1, 0.5]],
      high: [
        [1, 0.8],
        [2, 0.9],
      ],
    },
    { variants, seeds: 2 },
  );
  assert.equal(both.telling, true);
  assert.equal(both.seedsDone, 2);
  const { mean, count } = both.difference('high')!;
  assert.deepEqual([mean.toFixed(3), count], ['0.350', 2]);
  assert.equal(recordOf({ low: [[1, 0.5]], high: [[1, 0.8]] }, { variants, seeds: 1 }).telling, true);
});

test('runs stand in the order of their seeds, whichever ended first', () => {
  const record = new ExperimentRecord(experiment(), { seed: 2 ** 32 - 1 });
  for (const seed of [1, 2 ** 32 - 1, 0]) record.add({ variant: 'low', seed, values: {}, diverged: false });
  assert.deepEqual(
    record.runsOf('low').map(({ seed }) => seed),
    [2 ** 32 - 1, 0, 1],
  );
});
