/** What stands around a chart: values told beside the pointer, one button for all else, letters of the reader's size. */

import { chartSize, openChartMenu, toldAt, waitForCharts } from '../../browser/support/charts.mjs';
import { equal, ok } from '../../browser/support/expect.mjs';
import { EVERYWHERE } from '../../browser/support/lessons.mjs';
import { checkTables, PHONE, setTextSize } from '../../browser/support/overflow.mjs';
import { lesson } from './support/lesson.mjs';

const PART = 'ember-charts';

export const tests = [
  {
    name: 'files, table and scale of a chart stand behind one button, and an accuracy has no logarithm',
    browsers: ['chromium'],
    async run({ open, words }) {
      const t = (key, fill) => words('en', key, fill);
      const [loss, accuracy] = [t('charts.loss.title'), t('charts.accuracy.title')];
      const page = await open(lesson());
      await page.call('start');
      await waitForCharts(page, PART, 2);
      equal(
        await page.count('button', `${t('ui.chart.svg')}: ${loss}`, PART),
        0,
        'files before the button is pressed',
      );
      await openChartMenu(page, t, loss, PART);
      equal(await page.count('checkbox', t('ui.charts.log'), PART), 1, 'a logarithm of the loss');
      await openChartMenu(page, t, accuracy, PART);
      equal(
        await page.count('checkbox', t('ui.charts.log'), PART),
        1,
        'a logarithm of the accuracy is not offered',
      );
      // The keys reach it, and it closes again.
      await page.focus('button', `${t('ui.chart.menu')}: ${loss}`, PART);
      await page.press('Enter');
      await page.waitForCount(0, 'checkbox', t('ui.charts.log'), PART);
    },
  },
  {
    name: 'values of a chart are told beside the pointer, never over it and never outside the chart',
    browsers: EVERYWHERE,
    async run({ open, words }) {
      const page = await open(lesson());
      await page.call('start');
      await waitForCharts(page, PART, 2, { walked: true });
      for (const across of [0.15, 0.4, 0.6, 0.97]) {
        for (const down of [0.2, 0.8]) {
          const told = await toldAt(page, words('en', 'charts.loss.title'), PART, [across, down]);
          ok(told, `something is told at ${across}, ${down}`);
          const { pointer, box, frame } = told;
          const away = Math.max(box.left - pointer.x, pointer.x - box.right);
          ok(away > 5 && away < 40, `beside the pointer at ${across}, ${down}`, told);
          ok(
            box.left >= frame.left - 1 && box.right <= frame.right + 1,
            `inside the chart at ${across}`,
            told,
          );
          ok(box.top >= frame.top - 1 && box.bottom <= frame.bottom + 1, `not above or below it`, told);
        }
      }
    },
  },
  {
    name: 'a chart grows with the letters of the reader',
    browsers: ['chromium', 'firefox'],
    async run({ open }) {
      const page = await open(lesson());
      await page.call('step', 100);
      await waitForCharts(page, PART, 2, { walked: true });
      const before = await chartSize(page, PART);
      await setTextSize(page, 150);
      await waitForCharts(page, PART, 2, { walked: true });
      const after = await chartSize(page, PART);
      equal(Math.round((100 * after.height) / before.height), 150, 'its height in percent');
      ok(after.drawn >= 1.45 * before.drawn, 'it is drawn as high as that', [before, after]);
    },
  },
  {
    name: 'no result of the comparison and the judgement is cut off on a phone, and cards are tables to screen readers',
    browsers: ['chromium', 'firefox'],
    async run({ open, words }) {
      const page = await open(lesson(), PHONE);
      await page.call('start');
      await page.show('ember-inside');
      await page.openTab(words('en', 'ui.inside.comparison'), 'ember-inside');
      await page.waitForText(words('en', 'controls.model.options.svm'), 'ember-comparison');
      ok((await checkTables(page, 'the comparison')) > 0, 'there are tables');
      const rows = await page.rows('ember-comparison');
      equal([rows.length, rows[0].length], [3, 4], 'three models, each with its name and three accuracies');
      await page.show('ember-judgement');
      await page.waitForText(words('en', 'ui.judgement.recall'), 'ember-judgement');
      await checkTables(page, 'the judgement');
    },
  },
];
