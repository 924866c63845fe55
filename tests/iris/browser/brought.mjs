/** Tables that went wrong once, in the page: each with the right answer (tests/fixtures/tables). */

import { readFileSync } from 'node:fs';
import { equal, ok } from '../../browser/support/expect.mjs';
import { lesson } from './support/lesson.mjs';

const file = (name) => ({ name, content: [...readFileSync(`tests/fixtures/tables/${name}`)] });
const LAB = { hide: 'experiments,code,goals' };

export const tests = [
  {
    name: 'a support vector machine of five classes answers by votes, and its matrix agrees with its figure',
    browsers: ['chromium'],
    async run({ open }) {
      const page = await open(lesson({ model: 'svm', ...LAB }));
      await page.taken(file('svm_five_classes.csv'));
      await page.call('start');
      equal((await page.call('predict', [[9, 5]])).classes, ['b'], 'the class with three votes of four');
      const { accuracy } = await page.call('evaluate', 'train');
      const { counts, rows } = await page.call('inspect', 'confusion', { split: 'train' });
      const right = counts.reduce((sum, line, label) => sum + line[label], 0);
      equal([counts.length, right / rows], [5, accuracy], 'classes, and the share of the diagonal');
    },
  },
  {
    name: 'seconds since 1970 stay apart: the accuracy is 1',
    browsers: ['chromium'],
    async run({ open }) {
      const page = await open(lesson({ model: 'softmax', C: 1000, ...LAB }));
      await page.taken(file('unix_seconds.csv'));
      await page.call('start');
      equal((await page.call('evaluate', 'train')).accuracy, 1, 'accuracy on the training rows');
    },
  },
  {
    name: 'no rows have no figure, and a column called constructor is predicted from',
    browsers: ['chromium'],
    async run({ open }) {
      const page = await open(lesson({ model: 'softmax', ...LAB }));
      await page.taken(file('six_rows.csv'));
      await page.call('start');
      const figures = await page.call('evaluate', 'test');
      equal(
        [figures.rows, figures.loss, figures.accuracy],
        [0, null, null],
        'figures of a test set without rows',
      );
      await page.taken(file('column_constructor.csv'));
      await page.call('start');
      const { classes } = await page.call('predict', [
        [1, 9],
        [4, 7],
      ]);
      equal(classes.length, 2, 'answers');
      ok(
        classes.every((name) => ['fern', 'kelp'].includes(name)),
        'classes',
        classes,
      );
    },
  },
];
