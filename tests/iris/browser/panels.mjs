/** What the panels show, before a run and after. */

import { openChartMenu, waitForCharts } from '../../browser/support/charts.mjs';
import { contains, equal, ok } from '../../browser/support/expect.mjs';
import { EVERYWHERE } from '../../browser/support/lessons.mjs';
import { lesson, TOTAL_STEPS } from './support/lesson.mjs';

export const tests = [
  {
    name: 'the panels draw data, network, curves and decision regions',
    browsers: EVERYWHERE,
    async run({ open, words }) {
      const page = await open(lesson());
      await page.waitForStatus('ready');
      contains(await page.text('ember-charts'), words('en', 'ui.charts.empty'), 'the curves before the run');
      await waitForCharts(page, 'ember-data', 1);
      await waitForCharts(page, 'ember-model', 1);
      contains(await page.text('ember-model'), '51', 'the number of parameters');
      await waitForCharts(page, 'ember-inside', 1);
      await page.call('start');
      await waitForCharts(page, 'ember-charts', 2);
    },
  },
  {
    name: 'decision regions change while the network learns',
    browsers: ['chromium'],
    async run({ open }) {
      const page = await open(lesson());
      await page.waitForStatus('ready');
      const options = { x: 'petal_length', y: 'petal_width', columns: 20, rows: 20 };
      const before = await page.call('inspect', 'regions', options);
      await page.call('start');
      const after = await page.call('inspect', 'regions', options);
      ok(before.classes.length === 400 && after.classes.length === 400, 'a class in each of 400 cells');
      ok(new Set(after.classes).size === 3, 'a trained network knows three classes', [
        ...new Set(after.classes),
      ]);
      ok(String(before.classes) !== String(after.classes), 'the regions have changed');
    },
  },
  {
    name: 'a chart opens as a table, and a setting changed keeps the run before for comparison',
    browsers: ['chromium'],
    async run({ open, words }) {
      const t = (key, fill) => words('en', key, fill);
      const page = await open(lesson());
      await page.call('start');
      await waitForCharts(page, 'ember-charts', 2);
      const named = await openChartMenu(page, t, t('charts.loss.title'), 'ember-charts');
      await page.click('button', named('table'), 'ember-charts');
      ok((await page.rows('ember-charts')).length > 10, 'a table of the curve');

      const rate = t('controls.learning_rate.label');
      await page.set('spinbutton', rate, '0.1', 'ember-settings');
      await page.waitForStatus('ready');
      await page.call('start');
      await page.waitForText(t('ui.runs.resume'), 'ember-runs');
      contains(await page.text('ember-runs'), '0.1', 'the list of runs names what sets them apart');
      await page.click('button', t('ui.settings.undo'), 'ember-settings');
      await page.waitForSettings({ learning_rate: 0.2 });
      equal((await page.call('exportRun')).steps, TOTAL_STEPS, 'steps of the run that was brought back');
    },
  },
];
