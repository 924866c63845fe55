/** The looks inside the network: what its tabs show while a run goes on, and how it is read without a mouse. */

import { waitForCharts } from '../../browser/support/charts.mjs';
import { contains, equal, ok } from '../../browser/support/expect.mjs';
import { EVERYWHERE } from '../../browser/support/lessons.mjs';
import { checkFits, PHONE } from '../../browser/support/overflow.mjs';
import { lesson } from './support/lesson.mjs';

/** Opens a view inside the network. */
const openView = (page, name) => page.openTab(name, 'ember-inside');
const view = (page, words, name) => openView(page, words('en', `ui.inside.${name}`));

/** Waits until a view has so many charts that can be walked along. */
const waitForWalks = (page, part, count) => waitForCharts(page, part, count, { walked: true });

const focusChart = (page, part, index) => page.focus('slider', null, part, index);

export const tests = [
  {
    name: 'weights and biases are told cell by cell with the keyboard',
    browsers: EVERYWHERE,
    async run({ open, words }) {
      const t = (key, fill) => words('en', key, fill);
      const page = await open(lesson());
      await page.waitForStatus('ready');
      await view(page, words, 'weights');
      await waitForWalks(page, 'ember-weights', 2);
      await focusChart(page, 'ember-weights', 0);
      const first = await page.pressTo('Home', t('features.sepal_length'));
      contains(first, t('ui.model.weight'), 'what the number is');
      const last = await page.pressTo('End', t('ui.layers.unit', { number: 6 }));
      contains(last, `${t('ui.model.bias')} 1`, 'the bias the document starts from');
      await focusChart(page, 'ember-weights', 1);
      await page.pressTo('End', t('classes.virginica'));
    },
  },
  {
    name: 'activations are drawn class by class and change as the network learns',
    browsers: EVERYWHERE,
    async run({ open, words }) {
      const t = (key, fill) => words('en', key, fill);
      const page = await open(lesson({ hidden: '6,4' }));
      await page.waitForStatus('ready');
      await view(page, words, 'activations');
      await waitForWalks(page, 'ember-activations', 2);
      await focusChart(page, 'ember-activations', 0);
      const first = await page.pressTo('Home', t('classes.setosa'));
      const number = (text) => Number(/([\d.]+)$/.exec(text)[1]);
      ok(Math.abs(number(first) - 0.73) < 0.05, 'sigmoid of the initial bias 1', first);
      await page.pressTo('End', t('classes.virginica'));
      const before = await page.pressTo('Home', t('classes.setosa'));
      await page.call('start');
      ok((await page.nextValue(before)) !== before, 'the activation has changed');
    },
  },
  {
    name: 'gradients and updates are followed while a run goes on, and the sentence says where it stands',
    browsers: ['chromium'],
    async run({ open, words }) {
      const t = (key, fill) => words('en', key, fill);
      const page = await open(lesson());
      await page.waitForStatus('ready');
      await view(page, words, 'dynamics');
      await page.waitForText('6 of 6 units of hidden 1 are nearly equal', 'ember-dynamics');
      contains(await page.text('ember-dynamics'), 'ln 3 = 1.0986', 'the loss of guessing');
      // Halts on the plateau, then at its end: each halt is a point at least.
      for (const steps of [150, 150, 150, 150]) {
        await page.call('step', steps);
        await page.settled();
      }
      await page.waitForText('Step 600', 'ember-dynamics');
      const left = await page.text('ember-dynamics');
      contains(left, /At step 0 it was 1\.\d+, no better than guessing/, 'what has changed');
      contains(left, '0 of 6 units are nearly equal now', 'equal units after the plateau');
      await waitForWalks(page, 'ember-dynamics', 3);
      await focusChart(page, 'ember-dynamics', 0);
      const first = await page.pressTo('Home', t('ui.charts.step_number', { step: 0 }));
      contains(first, /hidden 1 [\d.]+; output [\d.]+/, 'a norm for each layer');
      await page.press('ArrowRight');
      const second = await page.nextValue(first);
      ok(!second.startsWith(first.split(';')[0]), 'the next point is of a later step', second);
    },
  },
  {
    name: 'a remedy for the plateau sets its settings and runs',
    browsers: ['chromium'],
    async run({ open, words }) {
      const t = (key, fill) => words('en', key, fill);
      const page = await open(lesson());
      await page.waitForStatus('ready');
      await view(page, words, 'dynamics');
      await page.waitForText(t('ui.dynamics.remedies.title'), 'ember-dynamics');
      await page.click('button', `${t('controls.init_std.label')} 0.5`, 'ember-dynamics');
      await page.waitForStatus('training', 'done');
      await page.waitForStatus('done');
      const { config, history } = await page.call('exportRun');
      equal(config.init_std, 0.5, 'the setting');
      const early = history.filter(({ step, loss }) => step < 200 && typeof loss === 'number');
      ok(Math.min(...early.map(({ loss }) => loss)) < 0.9, 'the plateau is gone');
      const text = await page.text('ember-dynamics');
      ok(!text.includes(`${t('controls.init_std.label')} 0.5`), 'what is in force is not offered again');
    },
  },
  {
    name: 'the looks inside fit a phone and speak Chinese',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(lesson({ lang: 'zh' }), { ...PHONE, dark: true });
      await page.waitForStatus('ready');
      for (const [name, charts] of Object.entries({ weights: 2, activations: 1, dynamics: 3 })) {
        await openView(page, words('zh', `ui.inside.${name}`));
        await waitForWalks(page, `ember-${name}`, charts);
        await checkFits(page, name);
        ok(!(await page.text(`ember-${name}`)).includes('{'), `${name} has no placeholder left`);
      }
      contains(await page.text('ember-dynamics'), '6 个单元中有 6 个几乎相同', 'the state in Chinese');
    },
  },
];
