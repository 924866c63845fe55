/** Nothing scrolls sideways on a phone: the pages that belong to no lesson. */

import { checkFits, PHONE } from '../support/overflow.mjs';

export const tests = ['zh', 'en'].map((language) => ({
  name: `the pages around the lessons fit a phone in ${language}`,
  browsers: ['chromium', 'firefox'],
  async run({ open }) {
    for (const path of ['', 'licences/', 'figures/']) {
      const page = await open(`${path}?lang=${language}`, PHONE);
      await checkFits(page, `/${path}`);
    }
  },
}));
