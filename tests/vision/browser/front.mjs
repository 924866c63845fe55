/** What the page begins with: a digit, and a network that learns to read it. */

import { equal, ok } from '../../browser/support/expect.mjs';
import { EVERYWHERE } from '../../browser/support/lessons.mjs';
import { vision } from './support/lesson.mjs';

const FRONT = '.only-en ember-figure[name="front"]';

export const tests = [
  {
    name: 'one press on the first figure sets the task, trains, and the digit is read',
    browsers: EVERYWHERE,
    async run({ open, words }) {
      const t = (key, fill) => words('en', key, fill);
      const page = await open(vision({ lang: 'en', backend: 'cpu' }));
      // The bench of filters, with which the lesson opens, has nothing to train.
      await page.waitForStatus('done');
      await page.show(FRONT);
      await page.waitForText(t('ui.first_digit.untrained'), FRONT);
      await page.click('button', t('ui.run.start'), FRONT);
      await page.waitForSettings({ task: 'mnist', train_size: 3000, epochs: 3 });
      await page.waitForStatus('training', 'done');
      await page.waitForText('“A 3”', FRONT);
      await page.waitForStatus('done');
      const { accuracy } = await page.call('evaluate', 'test');
      ok(accuracy > 0.85, 'digits never seen', accuracy);
      equal(await page.count('slider', t('ui.first_digit.maps'), FRONT), 1, 'what the filters see');
    },
  },
  {
    name: 'once the lab reads digits the first figure leaves other settings as they are',
    browsers: ['chromium'],
    async run({ open, words }) {
      const start = words('en', 'ui.run.start');
      const few = { task: 'mnist', train_size: '500', epochs: '1', filters: '4' };
      const page = await open(vision({ lang: 'en', backend: 'cpu', ...few }));
      await page.waitForStatus('ready');
      await page.show(FRONT);
      await page.click('button', start, FRONT);
      await page.waitForStatus('done');
      equal((await page.search()).train_size, '500', 'the reader’s own number of pictures');
    },
  },
];
