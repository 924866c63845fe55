/** axe finds nothing on the pages that belong to no lesson: both languages, light and dark, wide and narrow. */

import { checkWithAxe, LANGUAGES } from '../support/axe.mjs';

export const tests = LANGUAGES.map((language) => ({
  name: `axe finds nothing on the pages around the lessons in ${language}`,
  browsers: ['chromium'],
  async run({ open }) {
    for (const path of ['', 'licences/', 'figures/']) {
      const page = await open(`${path}?lang=${language}`);
      await checkWithAxe(page, `/${path}`);
    }
  },
}));
