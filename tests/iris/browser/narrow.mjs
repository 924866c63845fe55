/** Nothing of the iris lesson scrolls sideways on a phone, before a run and after. */

import { checkFits, PHONE } from '../../browser/support/overflow.mjs';

export const tests = ['zh', 'en'].map((language) => ({
  name: `the iris lesson fits a phone in ${language}`,
  browsers: ['chromium', 'firefox'],
  async run({ open }) {
    const page = await open(`iris/?lang=${language}&epochs=99999`, PHONE);
    await page.waitForStatus('ready');
    await checkFits(page, 'the lesson before a run');
    await page.call('step', 40);
    await page.call('reset');
    await page.call('start');
    await checkFits(page, 'the lesson after a run');
  },
}));
