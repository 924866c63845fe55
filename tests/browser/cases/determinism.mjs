/** The same settings and seed give the same history, bit for bit. */

import { equal, ok } from '../support/expect.mjs';
import { historyHash, keepHash } from '../support/history.mjs';
import { lesson, WATCHED_RUN, WATCHED_STEPS } from '../../iris/browser/support/lesson.mjs';
import { ALL_PARTS, EVERYWHERE } from '../support/lessons.mjs';

const BAR = 'ember-run-bar';

export const tests = [
  {
    name: 'same seed, same history: after reset, in pieces, in a second lab, after reload',
    browsers: EVERYWHERE,
    async run({ open, shared, browser }) {
      const page = await open(lesson());
      await page.call('start');
      const first = await historyHash(page);
      keepHash(shared, 'default run', browser, first);

      await page.call('reset');
      await page.call('start');
      equal(await historyHash(page), first, 'history after reset');

      await page.call('reset');
      for (const steps of [1, 10, 389]) await page.call('step', steps);
      await page.call('start');
      equal(await historyHash(page), first, 'history of a run made in pieces');

      await page.addLab('second', { hide: ALL_PARTS });
      await page.callOn('#second', 'start');
      equal(await historyHash(page, '#second'), first, 'history of a second lab');

      await page.reload();
      await page.call('start');
      equal(await historyHash(page), first, 'history after reload');

      await page.addLab('other', { seed: '2', hide: ALL_PARTS });
      await page.callOn('#other', 'start');
      ok((await historyHash(page, '#other')) !== first, 'another seed gives another history');
    },
  },
  {
    name: 'a run that is paused and resumed in the middle has the history of one that is not',
    browsers: EVERYWHERE,
    async run({ open, words, shared, browser }) {
      const page = await open(lesson(WATCHED_RUN));
      await page.call('start');
      const whole = await historyHash(page);
      keepHash(shared, 'watched run', browser, whole);
      await page.call('reset');
      await page.unfold(words('en', 'ui.run.more'), 'ember-run-bar');
      await page.set('combobox', words('en', 'ui.run.pace'), 'watch', 'ember-run-bar');
      await page.click('button', words('en', 'ui.run.start'), 'ember-run-bar');
      await page.waitForStep(100);
      await page.call('pause');
      const { steps } = await page.call('exportRun');
      ok(steps >= 100 && steps < WATCHED_STEPS, 'step of the pause', steps);
      await page.call('start');
      equal(await historyHash(page), whole, 'history with a pause');
    },
  },
  {
    name: 'the learning rate is changed in mid-run, the run goes on, and the record, a reset and the address repeat it',
    browsers: ['chromium', 'firefox'],
    async run({ open, words }) {
      const t = (key, fill) => words('en', key, fill);
      const page = await open(lesson({ ...WATCHED_RUN, lang: 'en' }));
      await page.waitForStatus('ready');
      await page.unfold(t('ui.run.more'), BAR);
      equal(await page.isEnabled('button', t('ui.rate.put'), BAR), false, 'a change before the run');
      await page.call('step', 100);
      const before = await page.call('exportRun');
      await page.set('spinbutton', t('ui.rate.label'), '99', BAR);
      await page.click('button', t('ui.rate.put'), BAR);
      await page.waitForText(t('ui.settings.any_number', { min: 0.00001, max: 10 }), BAR);
      await page.set('spinbutton', t('ui.rate.label'), '0.02', BAR);
      await page.click('button', t('ui.rate.put'), BAR);
      await page.waitForSettings({ learning_rate: 0.2, learning_rate_changes: '100:0.02' });
      await page.waitForStatus('paused');
      equal((await page.call('exportRun')).history, before.history, 'the history so far');

      // A run under way goes on by itself.
      await page.set('combobox', t('ui.run.pace'), 'watch', BAR);
      await page.click('button', t('ui.run.resume'), BAR);
      await page.waitForStep(200);
      await page.set('spinbutton', t('ui.rate.label'), '0.5', BAR);
      await page.click('button', t('ui.rate.put'), BAR);
      await page.waitForText(t('controls.learning_rate_changes.label'), 'ember-changed-settings');
      const { steps, config } = await page.call('exportRun');
      ok(
        /^100:0\.02 \d+:0\.5$/.test(config.learning_rate_changes),
        'both changes',
        config.learning_rate_changes,
      );
      await page.waitForStep(steps + 50);
      await page.call('start');
      await page.waitForStatus('done');
      const changed = await historyHash(page);

      await page.call('reset');
      await page.call('start');
      equal(await historyHash(page), changed, 'history after reset');
      await page.reload();
      await page.waitForSettings(config);
      await page.call('start');
      equal(await historyHash(page), changed, 'history of the address');
      const plain = await open(lesson({ ...WATCHED_RUN, lang: 'en' }));
      await plain.call('start');
      ok((await historyHash(plain)) !== changed, 'without the changes the history is another');
    },
  },
  {
    name: 'other optimisers and activations are the same in every browser',
    browsers: EVERYWHERE,
    async run({ open, shared, browser }) {
      const page = await open(lesson());
      await page.waitForStatus('ready');
      const configs = [
        {
          optimizer: 'adam',
          learning_rate: 0.01,
          activation: 'tanh',
          hidden: [8, 4],
          init_std: 0.5,
          init_bias: 0,
        },
        { optimizer: 'rmsprop', learning_rate: 0.01, activation: 'relu', init_std: 0.5, batch_size: 7 },
        { optimizer: 'adagrad', learning_rate: 0.1, hidden: [], split: 'as_written', checkpoint: 'best_dev' },
      ];
      for (const [index, config] of configs.entries()) {
        await page.addLab(`lab-${index}`, { config: { ...config, epochs: 40 }, seed: '42', hide: ALL_PARTS });
        await page.callOn(`#lab-${index}`, 'start');
        keepHash(shared, JSON.stringify(config), browser, await historyHash(page, `#lab-${index}`));
        await page.removeLab(`#lab-${index}`);
      }
    },
  },
];
