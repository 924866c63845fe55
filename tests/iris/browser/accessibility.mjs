/** axe finds nothing on the iris lesson: both languages, light and dark, wide and narrow, before and after a run. */

import { checkWithAxe, LANGUAGES } from '../../browser/support/axe.mjs';

export const tests = LANGUAGES.map((language) => ({
  name: `axe finds nothing on the iris lesson in ${language}`,
  browsers: ['chromium'],
  async run({ open }) {
    const page = await open(`iris/?lang=${language}&epochs=99999`);
    await page.waitForStatus('ready');
    await checkWithAxe(page, 'the lesson before a run');
    await page.call('start');
    await checkWithAxe(page, 'the lesson after a run', { within: 'ember-lab' });
  },
}));
