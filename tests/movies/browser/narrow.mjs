/** Nothing of the movies lesson scrolls sideways on a phone. */

import { checkFits, PHONE } from '../../browser/support/overflow.mjs';
import { made } from './support/lesson.mjs';

export const tests = ['zh', 'en'].map((language) => ({
  name: `the movies lesson fits a phone in ${language}`,
  browsers: ['chromium', 'firefox'],
  async run({ open }) {
    const page = await open(made({ lang: language }), PHONE);
    await page.waitForStatus('ready');
    await page.call('start');
    await checkFits(page, 'the lesson after a run');
  },
}));
