/** Weights that leave the page: what loads them stands beside their button, and they answer as the page does. */

import { download } from '../../browser/support/downloads.mjs';
import { equal, ok } from '../../browser/support/expect.mjs';
import { farthest, loadedBy, predictedFrom } from '../../browser/support/python.mjs';
import { lesson, TOTAL_STEPS } from './support/lesson.mjs';

const PART = 'ember-export';
const FLOWERS = [
  [5.1, 3.5, 1.4, 0.2],
  [6.1, 2.8, 4.7, 1.2],
  [5.9, 3, 5.1, 1.8],
  [12, 0, -3, 40],
];

export const tests = [
  {
    name: 'three lines on the page load the saved weights in Python, and they answer as the page does',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(lesson({ lang: 'en', seed: 3 }));
      await page.call('start');
      const file = await download(page, words('en', 'ui.export.weights', { format: 'safetensors' }), PART);
      const lines = await page.lines('region', words('en', 'ui.export.python'), PART);
      equal(lines.length, 3, 'lines');
      const { shapes, about } = await loadedBy(lines, file);
      equal(
        shapes,
        {
          'fc1.bias': ['float32', 6],
          'fc1.weight': ['float32', 6, 4],
          'fc2.bias': ['float32', 3],
          'fc2.weight': ['float32', 3, 6],
        },
        'tensors in Python',
      );
      equal(
        [about.lesson, about.step, about.settings.seed],
        ['iris', TOTAL_STEPS, 3],
        'lesson, step and seed',
      );
      equal(about.classes, ['setosa', 'versicolor', 'virginica'], 'classes');
      equal(about.input.columns[2], { name: 'petal_length', min: 1, max: 6.9 }, 'a column');

      const found = await predictedFrom(file, FLOWERS);
      const expected = await page.call('predict', FLOWERS);
      equal(found.classes, expected.classes, 'classes of the flowers');
      ok(farthest(found.probabilities, expected.probabilities) <= 1e-5, 'probabilities', { found, expected });
    },
  },
  {
    name: 'weights of other columns and classes are refused with both, those of another range are taken with a warning',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(lesson({ lang: 'en', features: 'petal_length,petal_width' }));
      await page.call('step', 5);
      const weights = await page.call('exportModel', 'safetensors');
      await page.goto(lesson({ lang: 'en', features: 'sepal_length,petal_width' }));
      await page.call('step', 2);
      await page.pick('petals.safetensors', weights, PART);
      await page.waitForText(
        words('en', 'errors.other_columns', {
          found: 'petal_length, petal_width',
          expected: 'sepal_length, petal_width',
        }),
      );
      equal((await page.call('exportRun')).steps, 2, 'steps of the run that was there');

      const table = (classes) =>
        ['petal_length,petal_width,kind']
          .concat(Array.from({ length: 60 }, (_, row) => `${row % 7},${row % 11},${classes[row % 3]}`))
          .join('\n');
      await page.load({ name: 'other.csv', content: table(['a', 'b', 'c']) });
      await page.pick('petals.safetensors', weights, PART);
      await page.waitForText(
        words('en', 'errors.other_classes', { found: 'setosa, versicolor, virginica', expected: 'a, b, c' }),
      );
      await page.load({ name: 'same.csv', content: table(['setosa', 'versicolor', 'virginica']) });
      await page.pick('petals.safetensors', weights, PART);
      await page.waitForText(words('en', 'ui.messages.model_imported', { file: 'petals.safetensors' }));
      await page.waitForText(
        words('en', 'errors.other_ranges', { column: 'petal_length', found: '1 … 6.9', expected: '0 … 6' }),
      );
    },
  },
];
