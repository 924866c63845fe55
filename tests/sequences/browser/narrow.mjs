/** Nothing of the sequences lesson scrolls sideways on a phone. */

import { checkFits, PHONE } from '../../browser/support/overflow.mjs';
import { small } from './support/lesson.mjs';

export const tests = ['zh', 'en'].map((language) => ({
  name: `the sequences lesson fits a phone in ${language}`,
  browsers: ['chromium', 'firefox'],
  async run({ open }) {
    const page = await open(small({ lang: language }), PHONE);
    await page.waitForStatus('ready');
    await page.call('start');
    await checkFits(page, 'the lesson after a run');
  },
}));
