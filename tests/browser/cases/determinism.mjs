/** The same settings and seed give the same history, bit for bit. */

import { equal, ok } from '../support/expect.mjs';
import { historyHash, keepHash } from '../support/history.mjs';
import { lesson, WATCHED_RUN, WATCHED_STEPS } from '../../iris/browser/support/lesson.mjs';
import { ALL_PARTS, EVERYWHERE } from '../support/lessons.mjs';

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
