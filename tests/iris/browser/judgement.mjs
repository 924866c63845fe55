/** Honest judgement: confusion matrix, test samples, intervals beside accuracies, and the scatter matrix. */

import { waitForCharts } from '../../browser/support/charts.mjs';
import { contains, equal, ok } from '../../browser/support/expect.mjs';
import { EVERYWHERE } from '../../browser/support/lessons.mjs';
import { lesson } from './support/lesson.mjs';

const PANEL = 'ember-judgement';
const FEATURES = ['sepal_length', 'sepal_width', 'petal_length', 'petal_width'];

/** "0.933 (14 of 15; 95%: 0.70–0.99)" for Wilson's interval, worked out here once more. */
function accuracyText(correct, rows) {
  const z = 1.959964;
  const share = correct / rows;
  const scale = 1 + z ** 2 / rows;
  const center = (share + z ** 2 / (2 * rows)) / scale;
  const reach = (z * Math.sqrt((share * (1 - share)) / rows + z ** 2 / (4 * rows ** 2))) / scale;
  const [low, high] = [center - reach, center + reach].map((end) => Math.min(1, Math.max(0, end)).toFixed(2));
  const value = String(Number(share.toFixed(3)));
  return `${value} (${correct} of ${rows}; 95%: ${low}–${high})`;
}

export const tests = [
  {
    name: 'the confusion matrix agrees with evaluate, and the test rows stay closed until the run has ended',
    browsers: ['chromium'],
    async run({ open, words }) {
      const t = (key, fill) => words('en', key, fill);
      // Two sepal columns do not tell all flowers apart: there are mistakes to list.
      const page = await open(lesson({ features: 'sepal_length,sepal_width', epochs: 100 }));
      await page.waitForStatus('ready');
      await page.show(PANEL);
      await page.waitForText(t('ui.judgement.untrained'), 'ember-confusion');
      await page.waitForText(t('ui.judgement.sample_before'), PANEL);
      await page.call('step', 8);
      await page.show(PANEL);
      await page.openTab(t('splits.test'), PANEL);
      await page.waitForText(t('ui.judgement.test_later'), 'ember-confusion');

      await page.call('start');
      for (const split of ['train', 'dev', 'test']) {
        await page.show(PANEL);
        await page.openTab(t(`splits.${split}`), PANEL);
        const { accuracy, rows } = await page.call('evaluate', split);
        const correct = Math.round(accuracy * rows);
        await page.waitForText(accuracyText(correct, rows), 'ember-confusion');
        const { counts, mistaken_rows } = await page.call('inspect', 'confusion', { split });
        equal(
          counts.flat().reduce((sum, count) => sum + count, 0),
          rows,
          `rows counted in ${split}`,
        );
        equal(counts[0][0] + counts[1][1] + counts[2][2], correct, `the diagonal of ${split}`);
        equal(mistaken_rows.length, rows - correct, `misclassified rows of ${split}`);
        const listed = await page.text(PANEL);
        for (const { row } of mistaken_rows)
          contains(listed, String(row + 1), `a row misclassified in ${split}`);
      }
      ok(
        (await page.call('inspect', 'confusion', { split: 'train' })).mistakes > 5,
        'two columns leave mistakes',
      );
    },
  },
  {
    name: 'test samples one by one, the first as in the document',
    browsers: ['chromium'],
    async run({ open, words }) {
      const t = (key, fill) => words('en', key, fill);
      const page = await open(lesson({ epochs: 60, init_std: 0.5 }));
      await page.call('start');
      await page.show('ember-test-sample');
      const data = await page.call('inspect', 'data', {});
      const classes = ['setosa', 'versicolor', 'virginica'];
      for (const place of [0, 1]) {
        const row = data.split_rows.test[place];
        await page.waitForText(t('ui.judgement.sample', { place: place + 1, rows: 15, row: row + 1 }), PANEL);
        const text = await page.text('ember-test-sample');
        contains(
          text,
          `${t('ui.judgement.sample_is')} ${t(`classes.${classes[data.labels[row]]}`)}`,
          'its class',
        );
        for (const value of data.rows[row]) contains(text, `${value} cm`, 'its measurements');
        const answer = await page.call('predict', [data.rows[row]]);
        contains(
          text,
          `${t('ui.predict.answer')} ${t(`classes.${answer.classes[0]}`)}`,
          'what the model says',
        );
        contains(text, answer.probabilities[0][0].toFixed(3), 'its probabilities');
        await page.click('button', t('ui.judgement.next_sample'), PANEL);
      }
    },
  },
  {
    name: 'an accuracy stands with its rows and its interval wherever it is told',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(lesson());
      await page.call('start');
      const { accuracy, rows } = await page.call('evaluate', 'test');
      const whole = accuracyText(Math.round(accuracy * rows), rows);
      const spread = whole.slice(whole.indexOf('(') + 1, -1);
      await page.waitForText(spread, 'ember-runs');
      await page.call('reset');
      await page.setProperty('preset', 'document');
      await page.waitForStatus('ready');
      await page.call('start');
      await page.show('ember-mistakes');
      await page.waitForText(spread, 'ember-mistakes');
      await page.show(PANEL);
      await page.waitForText(words('en', 'ui.judgement.worth', { rows: 15, step: 0.067 }), PANEL);
    },
  },
  {
    name: 'the scatter matrix opens a pair in the large chart, by mouse and by keyboard',
    browsers: EVERYWHERE,
    async run({ open, words }) {
      const t = (key, fill) => words('en', key, fill);
      const page = await open(lesson());
      await page.waitForStatus('ready');
      await page.show('ember-data');
      const name = (x, y) =>
        t('ui.data.open_pair', { x: t(`features.${FEATURES[x]}`), y: t(`features.${FEATURES[y]}`) });
      const chosen = () => page.values('combobox', 'ember-data');

      await page.openTab(t('ui.data.views.pairs'), 'ember-data');
      await page.waitForCount(12, 'button', null, '.panels');
      await waitForCharts(page, 'ember-scatter-matrix', 1);
      await page.click('button', name(3, 2), 'ember-data');
      await page.waitForCount(2, 'combobox', null, 'ember-data');
      equal(await chosen(), [FEATURES[3], FEATURES[2]], 'columns of the chart that was chosen');
      equal((await page.focused()).name, t('ui.data.views.pair'), 'what has the focus afterwards');

      await page.press('ArrowRight');
      await page.waitForCount(12, 'button', null, '.panels');
      await page.focus('button', null, '.panels', 0);
      // From (2, 1) down over the diagonal's neighbour and to the right: columns 2 and 3 across, 1 to 3 upwards.
      for (const [key, x, y] of [
        ['ArrowRight', 2, 0],
        ['ArrowDown', 2, 1],
        ['ArrowDown', 2, 3],
        ['ArrowLeft', 1, 3],
      ]) {
        await page.press(key);
        equal((await page.focused()).name, name(x, y), `after ${key}`);
      }
      await page.press('Enter');
      await page.waitForCount(2, 'combobox', null, 'ember-data');
      equal(await chosen(), [FEATURES[1], FEATURES[3]], 'columns chosen by keyboard');
    },
  },
];
