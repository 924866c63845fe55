/** The text of a lesson acts on the page's lab: its figures, the settings and the figures of the run in its sentences. */

import { equal, ok } from '../support/expect.mjs';
import { eventually } from '../support/bare_page.mjs';
import { lesson } from '../../iris/browser/support/lesson.mjs';
import { EVERYWHERE } from '../support/lessons.mjs';

const FRONT = '.only-en ember-figure[name="regions"]';
const DOCK = 'ember-dock';
const RATE = '.only-en ember-handle[name="learning_rate"]';
const SPREAD = '.only-en figcaption ember-handle[name="init_std"]';
const ACCURACY = '.only-en ember-value[name="test.accuracy"]';

export const tests = [
  {
    name: 'the first figure runs the lab, the dock comes with the run, and sentences show what it achieved',
    browsers: ['chromium', 'firefox'],
    async run({ open, words }) {
      const t = (key, fill) => words('en', key, fill);
      const page = await open(lesson({ epochs: 5, lang: 'en' }));
      await page.waitForStatus('ready');
      await page.show(FRONT);
      await page.waitForCount(1, 'button', t('ui.run.start'), FRONT);
      equal(await page.count('button', t('ui.run.start'), DOCK), 0, 'docks before the first run');
      await page.show(ACCURACY);
      await page.waitForText('94.8%', ACCURACY);
      await page.show(FRONT);
      await page.click('button', t('ui.run.start'), FRONT);
      await page.waitForStatus('done');
      await page.waitForCount(1, 'button', t('ui.run.again'), FRONT);
      equal(await page.count('button', t('ui.run.again'), DOCK), 0, 'docks beside a Run button');
      const { accuracy } = await page.call('evaluate', 'test');
      await page.show(ACCURACY);
      await page.waitForText(`${(100 * accuracy).toFixed(1)}%`, ACCURACY);
      // Back to the beginning: the button goes, and the keyboard stays in the figure.
      await page.show(FRONT);
      await page.focus('button', `↺ ${t('ui.run.reset')}`, FRONT);
      await page.press('Enter');
      await page.waitForCount(0, 'button', `↺ ${t('ui.run.reset')}`, FRONT);
      await page.waitForFocus('button', t('ui.run.start'));
      await page.click('button', t('ui.run.start'), FRONT);
      await page.waitForStatus('done');
      // Far from any figure with a button of its own.
      await page.show('#en-questions');
      await page.waitForCount(1, 'button', t('ui.run.again'), DOCK);
      // The lab has a run bar of its own: the dock makes room for it.
      await page.show('ember-run-bar');
      await page.waitForCount(0, 'button', t('ui.run.again'), DOCK);
    },
  },
  {
    name: 'a number in a sentence is the setting: arrow keys, typing, the way back, and a proposal that is taken',
    browsers: EVERYWHERE,
    async run({ open, words }) {
      const t = (key, fill) => words('en', key, fill);
      const page = await open(lesson({ epochs: 5, lang: 'en' }));
      await page.waitForStatus('ready');
      const rate = t('controls.learning_rate.label');
      await page.show(RATE);
      await page.focus('spinbutton', rate, RATE);
      await page.press('ArrowUp');
      await page.waitForSettings({ learning_rate: 0.21 });
      await page.focus('spinbutton', rate, RATE);
      await page.press('Enter');
      await page.waitForCount(1, 'spinbutton', rate, RATE);
      await page.type('0.05');
      await page.press('Enter');
      await page.waitForSettings({ learning_rate: 0.05 });
      await page.click('button', t('ui.text.back', { value: '0.2' }), RATE);
      await page.waitForSettings({ learning_rate: 0.2 });
      await page.show(SPREAD);
      const name = t('controls.init_std.label');
      await page.click('button', t('ui.text.take', { name, own: '0.5', value: '0.01' }), SPREAD);
      await page.waitForSettings({ init_std: 0.5 });
      await page.waitForCount(1, 'spinbutton', name, SPREAD);
      equal((await page.search()).init_std, '0.5', 'the setting in the address');
    },
  },
  {
    name: 'the name of a setting in the text leads to its control in the lab, also to that of a mistake',
    browsers: EVERYWHERE,
    async run({ open, words }) {
      const t = (key) => words('en', key);
      const page = await open(lesson({ epochs: 5, lang: 'en' }));
      await page.waitForStatus('ready');
      const mistakes = '.only-en .table tbody tr:nth-child(2)';
      await page.show('#en-mistakes');
      await page.click('link', 'checkpoint', mistakes);
      const reached = (part, name) =>
        eventually(`the focus in ${part}`, async () => {
          const { hosts, name: focused } = await page.focused();
          return hosts.includes(part) && (name === null || focused === name);
        });
      await reached('ember-mistakes', null);
      await page.show('#en-inside');
      await page.click('summary', 'Every change, over 60 seeds', '.only-en');
      await page.click('link', 'init_bias', '.only-en details[open] tbody tr:nth-child(2)');
      await reached('ember-settings', t('controls.init_bias.label'));

      // Where it has no meaning, the panel says what it needs, and one press leads there.
      await page.setProperty('config', { model: 'svm' });
      await page.waitForSettings({ model: 'svm' });
      await page.show('#en-inside');
      await page.click('link', 'init_bias', '.only-en details[open] tbody tr:nth-child(2)');
      const own = (key) => words('en', key, {}, 'iris');
      const network = own('controls.model.options.mlp');
      const fill = {
        name: t('controls.init_bias.label'),
        setting: own('controls.model.label'),
        options: network,
      };
      await page.waitForText(words('en', 'ui.settings.counts_with', fill), 'ember-settings');
      await page.click('button', words('en', 'ui.settings.choose', { option: network }), 'ember-settings');
      await page.waitForSettings({ model: 'mlp' });
      await reached('ember-settings', t('controls.init_bias.label'));
    },
  },
  {
    name: 'a locked setting is no handle, and the text of the other language acts when it is shown',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(lesson({ lang: 'en' }));
      await page.waitForStatus('ready');
      const rate = words('en', 'controls.learning_rate.label');
      await page.show(RATE);
      await page.waitForCount(1, 'spinbutton', rate, RATE);
      await page.setProperty('lock', ['learning_rate']);
      await page.waitForCount(0, 'spinbutton', rate, RATE);
      await page.waitForText('0.2', RATE);
      await page.click('link', '中文');
      const chinese = '.only-zh ember-handle[name="epochs"]';
      await page.show(chinese);
      await page.waitForCount(1, 'spinbutton', null, chinese);
    },
  },
  {
    name: 'the parts of the lab are fetched behind what the first figure needs',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(lesson({ lang: 'en' }));
      await page.waitForStatus('ready');
      await page.waitForCount(1, 'button', words('en', 'ui.run.start'), 'ember-run-bar');
      const times = await page.read(() =>
        performance
          .getEntriesByType('resource')
          .map(({ name, startTime, responseEnd }) => ({ name, startTime, responseEnd })),
      );
      const of = (path) => times.find(({ name }) => new URL(name).pathname.endsWith(path));
      const module = of('pkg/cpu/emberbook_bg.wasm');
      ok(of('panels/text/text.js').startTime < module.startTime, 'the text comes before the module');
      ok(of('panels/whole.js').startTime > module.responseEnd, 'the whole lab comes behind the module');
    },
  },
];
