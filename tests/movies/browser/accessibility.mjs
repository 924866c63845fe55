/** axe finds nothing on the movies lesson: both languages, light and dark, with a network and with a method before. */

import { checkWithAxe, LANGUAGES } from '../../browser/support/axe.mjs';
import { made } from './support/lesson.mjs';

export const tests = LANGUAGES.map((language) => ({
  name: `axe finds nothing on the movies lesson in ${language}`,
  browsers: ['chromium'],
  async run({ open }) {
    for (const model of ['fusion', 'item_cf']) {
      const page = await open(made({ lang: language, model }));
      await page.waitForStatus('ready');
      await page.call('start');
      // The second time the article is as it was.
      const within = model === 'fusion' ? null : 'ember-lab';
      await checkWithAxe(page, `the lesson with ${model}`, { within });
    }
  },
}));
