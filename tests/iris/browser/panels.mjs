/** What the panels show, before a run and after. */

import { contains, equal, ok } from '../../browser/support/expect.mjs';
import { EVERYWHERE } from '../../browser/support/lessons.mjs';
import { lesson, TOTAL_STEPS } from './support/lesson.mjs';

/** Pixels of each canvas of a part that differ from its first pixel, so that an empty chart gives 0. */
function drawn(page, part) {
  return page.evaluate((part) => {
    const canvases = [...emberTest.elements(emberTest.first(part).shadowRoot)].filter(
      (element) => element instanceof HTMLCanvasElement,
    );
    return canvases.map((canvas) => {
      if (canvas.width === 0 || canvas.height === 0) return 0;
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      const pixels = new Uint32Array(data.buffer);
      return pixels.reduce((count, pixel) => count + (pixel !== pixels[0] ? 1 : 0), 0);
    });
  }, part);
}

/** Waits until a part has at least so many charts, each with something drawn on it. */
async function waitForCharts(page, part, count) {
  await page.evaluate((part) => emberTest.first(part).scrollIntoView({ behavior: 'instant' }), part);
  const end = Date.now() + 45_000;
  for (;;) {
    const pixels = await drawn(page, part).catch(() => []);
    if (pixels.length >= count && pixels.every((found) => found > 200)) return;
    ok(Date.now() < end, `${part} draws ${count} charts; coloured pixels in each`, pixels);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

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
    browsers: EVERYWHERE,
    async run({ open, words }) {
      const t = (key, fill) => words('en', key, fill);
      const page = await open(lesson());
      await page.call('start');
      await waitForCharts(page, 'ember-charts', 2);
      await page.evaluate((label) => {
        emberTest
          .all('button', null, 'ember-charts')
          .find((button) => emberTest.name(button).startsWith(label))
          .click();
      }, t('ui.chart.table'));
      await page.waitFor('a table of the curve', () =>
        emberTest.all('table', null, 'ember-chart').some((table) => table.rows.length > 10),
      );

      const rate = t('controls.learning_rate.label');
      await page.set('spinbutton', rate, '0.1', 'ember-settings');
      await page.waitForStatus('ready');
      await page.call('start');
      await page.waitForText(t('ui.runs.resume'), 'ember-runs');
      contains(await page.text('ember-runs'), '0.1', 'the list of runs names what sets them apart');
      await page.click('button', t('ui.settings.undo'), 'ember-settings');
      await page.waitFor(
        'the run before',
        async () => (await document.querySelector('ember-lab').exportRun()).config.learning_rate === 0.2,
      );
      equal((await page.call('exportRun')).steps, TOTAL_STEPS, 'steps of the run that was brought back');
    },
  },
];
