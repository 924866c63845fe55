/** Nothing of the boosting lesson scrolls sideways on a phone, in any look inside. */

import { checkFits, PHONE } from '../../browser/support/overflow.mjs';
import { words } from '../../browser/support/words.mjs';

const VIEWS = 'campaign growth importance answers contributions trees rules job batch'.split(' ');

export const tests = ['zh', 'en'].map((language) => ({
  name: `the boosting lesson fits a phone in ${language}`,
  browsers: ['chromium', 'firefox'],
  async run({ open }) {
    const page = await open(`boosting/?lang=${language}&num_iterations=5`, PHONE);
    await page.waitForStatus('ready');
    await page.call('start');
    for (const view of VIEWS) {
      await page.openTab(words(language, `ui.inside.${view}`));
      await checkFits(page, `the look inside ${view}`);
    }
  },
}));
