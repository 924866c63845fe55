/** A change that cannot be made goes back, says so and can be tried again, wherever the run stands. */

import { eventually } from '../support/bare_page.mjs';
import { equal, ok } from '../support/expect.mjs';
import { openHost } from '../support/host.mjs';
import { lesson } from '../../iris/browser/support/lesson.mjs';
import { vision } from '../../vision/browser/support/lesson.mjs';

/** A task that learns from no file, with a run that is short or long; the digits come from files. */
const HAPPY = {
  task: 'happy_or_sad',
  image_size: '64',
  filters: '4',
  dense_units: '8',
  train_size: '40',
  stop_at_accuracy: '1',
};

/** The address of a page of somebody else with one lab. */
async function hostOf(siteUrl, atEnd, lesson, config) {
  const lab = `<ember-lab lesson="${lesson}" lang="en" load="eager" backend="cpu" config='${JSON.stringify(config)}'></ember-lab>`;
  const host = await openHost(siteUrl, {
    '/': `<!doctype html><html lang="en"><head><title>Host</title><script type="module" src="${siteUrl}embed.js"></script></head><body>${lab}</body></html>`,
  });
  atEnd(host.close);
  return `${host.origin}/`;
}

/** Brings the lab to each state that a change may come upon. */
const STATES = {
  ready: { settings: { epochs: '2' }, bring: async () => undefined },
  paused: { settings: { epochs: '2' }, bring: (page) => page.call('step', 1) },
  // 8,000 steps, which outlast the change on any machine.
  training: { settings: { epochs: '200', batch_size: '1' }, bring: (page) => page.begin() },
  done: { settings: { epochs: '2' }, bring: (page) => page.call('start') },
};

export const tests = [
  ...Object.entries(STATES).map(([state, { settings, bring }]) => ({
    name: `a change made offline goes back and can be tried again: ${state}`,
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(vision({ ...HAPPY, ...settings }));
      page.allow(/request:|console:/);
      await page.waitForStatus('ready');
      await bring(page);
      await page.waitForStatus(state);
      // The parts of the lab come behind its first figure; without a connection they would never come.
      await page.settled();
      const before = await page.call('exportRun');
      const address = await page.search();
      const task = (name) => words('en', `controls.task.options.${name}`, {}, 'vision');

      await page.driver.native.context().setOffline(true);
      await page.click('radio', task('mnist'), 'ember-task');
      await page.waitForText(words('en', 'ui.messages.went_back', { said: '' }).trim(), 'ember-messages');
      await page.waitForStatus(state);
      ok(await page.isChosen('radio', task('happy_or_sad'), 'ember-task'), 'the task in force is shown');
      ok(!(await page.isChosen('radio', task('mnist'), 'ember-task')), 'the other is not');
      equal(await page.search(), address, 'the address');
      const after = await page.call('exportRun');
      equal(after.config, before.config, 'settings of the run');
      ok(
        after.steps >= before.steps && (state !== 'done' || after.steps === before.steps),
        'steps',
        after.steps,
      );
      if (state === 'training') await page.waitForStep(after.steps + 1);

      // Once more in vain, and then with the files.
      await page.click('button', words('en', 'ui.messages.again'), 'ember-messages');
      await page.waitForCount(1, 'button', words('en', 'ui.messages.again'), 'ember-messages');
      await page.driver.native.context().setOffline(false);
      await page.click('button', words('en', 'ui.messages.again'), 'ember-messages');
      await page.waitForSettings({ task: 'mnist' });
      await page.waitForStatus('ready');
      await page.waitForNoText(words('en', 'ui.messages.went_back', { said: '' }).trim(), 'ember-messages');
      ok(await page.isChosen('radio', task('mnist'), 'ember-task'), 'the task in force is shown');
    },
  })),
  {
    name: 'Run waits for a change, and trains nothing else when it fails',
    browsers: ['chromium'],
    async run({ open, siteUrl, atEnd }) {
      const page = await open(await hostOf(siteUrl, atEnd, 'vision', { ...HAPPY, epochs: 2 }));
      page.allow(/request:|console:/);
      await page.waitForStatus('ready');
      await page.settled();
      await page.driver.native.context().setOffline(true);
      const started = await page.callInPage(async (lab) => {
        lab.config = { task: 'mnist', epochs: 1 };
        return lab.start().then(
          () => 'trained',
          ({ code }) => code,
        );
      });
      equal(started, 'data_not_loaded', 'what start() rejects with');
      equal((await page.call('history')).length, 0, 'points of the run');
      equal(await page.property('status'), 'ready', 'status');
      await page.call('start');
      equal(
        (await page.call('exportRun')).config.task,
        'happy_or_sad',
        'what Run trains when it is asked again',
      );
    },
  },
  {
    name: 'a setting that cannot be had is shown as it was',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(
        vision({ task: 'mnist', filters: '4', train_size: '2000', epochs: '1', level: 'everything' }),
      );
      await page.waitForStatus('ready');
      const add = `+ ${words('en', 'ui.settings.add_item')}`;
      for (let layers = 2; layers <= 3; layers += 1) {
        await page.click('button', add, 'ember-settings');
        await page.settled();
      }
      // A fourth convolution would leave nothing of a digit.
      const shown = await page.values('spinbutton', 'ember-settings');
      await page.click('button', add, 'ember-settings');
      await page.waitForText(words('en', 'errors.picture_too_small', {}, 'vision'), 'ember-messages');
      equal(await page.values('spinbutton', 'ember-settings'), shown, 'fields of the settings');
      equal(await page.property('status'), 'ready', 'status');
      // What will fail again is not offered.
      equal(await page.count('button', words('en', 'ui.messages.again'), 'ember-messages'), 0, 'offers');
      const label = words('en', 'controls.kernel_size.label', {}, 'vision');
      const kernel = (await page.names('spinbutton', 'ember-settings')).find((name) =>
        name.startsWith(label),
      );
      await page.set('spinbutton', kernel, '7', 'ember-settings');
      await eventually('the kernel in force', async () =>
        (await page.values('spinbutton', 'ember-settings')).includes('3'),
      );
      equal((await page.call('exportRun')).config.kernel_size, 3, 'kernel of the run');
    },
  },
  {
    name: 'a host that changes only the seed leaves what the reader has changed',
    browsers: ['chromium'],
    async run({ open, words, siteUrl, atEnd }) {
      const page = await open(await hostOf(siteUrl, atEnd, 'iris', { epochs: 3 }));
      await page.waitForStatus('ready');
      await page.set('spinbutton', words('en', 'controls.learning_rate.label'), '0.7', 'ember-settings');
      await page.waitForSettings({ learning_rate: 0.7 });
      for (const [name, value] of [
        ['seed', 4],
        ['backend', 'auto'],
        ['seed', 4_294_967_295],
        ['seed', null],
      ]) {
        await page.setProperty(name, value);
        const { config } = await page.call('exportRun');
        const seed = name === 'seed' ? (value ?? 1) : 4;
        equal(
          [config.seed, config.learning_rate, config.epochs],
          [seed, 0.7, 3],
          `settings after ${name}=${value}`,
        );
      }
      // A config speaks of all settings.
      await page.setProperty('config', { epochs: 5 });
      const { config } = await page.call('exportRun');
      equal([config.learning_rate, config.epochs], [0.2, 5], 'settings after a config');
    },
  },
  {
    name: 'another lesson that cannot be had leaves the one that is open, and can be tried again',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(lesson({ epochs: 5 }));
      page.allow(/request:|console:|Failed/);
      await page.call('start');
      await page.driver.native.route('**/pkg/trees/*.wasm', (route) => route.abort());
      await page.setProperty('lesson', 'boosting');
      await page.waitForText(words('en', 'ui.messages.went_back', { said: '' }).trim(), 'ember-messages');
      equal(await page.property('status'), 'done', 'status');
      equal((await page.call('exportRun')).lesson, 'iris', 'the lesson of the run');
      ok((await page.call('predict', [[5.1, 3.5, 1.4, 0.2]])).classes.length === 1, 'an answer');
      await page.waitForCount(
        1,
        'slider',
        words('en', 'controls.learning_rate.label', {}, 'iris'),
        'ember-settings',
      );
      await page.driver.native.unroute('**/pkg/trees/*.wasm');
      await page.click('button', words('en', 'ui.messages.again'), 'ember-messages');
      await page.waitForStatus('ready');
      equal((await page.call('exportRun')).lesson, 'boosting', 'the lesson of the run');
    },
  },
];
