/** The arena: all methods on one split, with seeds and split chosen in the experiment. */

import { caught } from '../../browser/support/downloads.mjs';
import { contains, equal, ok } from '../../browser/support/expect.mjs';
import { made } from './support/lesson.mjs';

const PART = 'ember-experiments';
const METHODS = 13;

export const tests = [
  {
    name: 'the arena ranks every method once by the split that is chosen, and shows its figures in groups',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(made());
      await page.waitForStatus('ready');
      await page.set('combobox', words('en', 'controls.split.label', {}, 'movies'), 'last_one', PART);
      await page.click('button', words('en', 'ui.experiments.run'), PART);
      await page.waitForText(words('en', 'ui.experiments.announce_finished'), PART);
      const rows = await page.rows(PART);
      equal(rows.length, METHODS, 'rows of the table');
      contains(
        await page.text(PART),
        words('en', 'controls.split.options.last_one', {}, 'movies'),
        'the split',
      );
      await page.set('combobox', words('en', 'ui.experiments.shown'), 'stars', PART);
      await page.waitForText(words('en', 'measures.rmse', {}, 'movies'), PART);

      const { bytes } = await caught(page, words('en', 'ui.experiments.json'), PART);
      const record = JSON.parse(bytes);
      equal(record.settings.split, 'last_one', 'split of the record');
      equal(record.experiment.seeds, 1, 'seeds');
      const figures = new Map(record.runs.map(({ variant, values }) => [variant, values]));
      equal(figures.size, METHODS, 'methods in the record');
      for (const [variant, values] of figures) {
        for (const name of ['ndcg@5', 'hr@10', 'recall@20', 'mrr@10', 'gini'])
          ok(values[name] >= 0 && values[name] <= 1, `${name} of ${variant}`, values[name]);
      }
      ok(figures.get('ease').rmse === null, 'EASE gives no stars');
      ok(figures.get('item_cf').rmse < figures.get('mean').rmse, 'neighbours are closer than the mean');
    },
  },
];
