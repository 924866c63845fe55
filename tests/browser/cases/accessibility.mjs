/** axe finds nothing on the pages that belong to no lesson: both languages, light and dark, wide and narrow. */

import { APPEARANCES, checkWithAxe } from '../support/axe.mjs';

export const tests = APPEARANCES.map(({ look, language, dark }) => ({
  name: `axe finds nothing on the pages around the lessons in ${language}, ${look}`,
  browsers: ['chromium'],
  async run({ open }) {
    for (const path of ['', 'licences/']) {
      const page = await open(`${path}?lang=${language}`, { dark });
      await checkWithAxe(page, `/${path}`);
    }
  },
}));
