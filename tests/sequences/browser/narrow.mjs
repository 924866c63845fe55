/** Nothing of the sequences lesson scrolls sideways on a phone. */

import { checkFits, PHONE } from '../../browser/support/overflow.mjs';
import { LOOKS, openLook } from './support/panels.mjs';
import { small } from './support/lesson.mjs';

export const tests = ['zh', 'en'].map((language) => ({
  name: `the sequences lesson and its looks fit a phone in ${language}`,
  browsers: ['chromium', 'firefox'],
  async run({ open, words }) {
    const t = (key, fill) => words(language, key, fill, 'sequences');
    const page = await open(small({ lang: language }), PHONE);
    await page.waitForStatus('ready');
    await page.call('start');
    await checkFits(page, 'the lesson after a run');
    for (const look of LOOKS) {
      await openLook(page, t, look);
      await checkFits(page, `the look ${look}`);
    }
  },
}));
