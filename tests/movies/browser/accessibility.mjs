/** axe finds nothing on the movies lesson: both languages, light and dark, with a network and with a method before. */

import { APPEARANCES, checkWithAxe } from '../../browser/support/axe.mjs';
import { made } from './support/lesson.mjs';

export const tests = APPEARANCES.map(({ look, language, dark }) => ({
  name: `axe finds nothing on the movies lesson in ${language}, ${look}`,
  browsers: ['chromium'],
  async run({ open }) {
    for (const model of ['fusion', 'item_cf']) {
      const page = await open(made({ lang: language, model }), { dark });
      await page.waitForStatus('ready');
      await page.call('start');
      await checkWithAxe(page, `the lesson with ${model}`);
    }
  },
}));
