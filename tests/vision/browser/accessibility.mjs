/** axe finds nothing on the vision lesson: both languages, light and dark, wide and narrow. */

import { checkWithAxe, LANGUAGES } from '../../browser/support/axe.mjs';

export const tests = LANGUAGES.map((language) => ({
  name: `axe finds nothing on the vision lesson in ${language}`,
  browsers: ['chromium'],
  async run({ open }) {
    const filters = await open(`vision/?lang=${language}`);
    await filters.waitForStatus('done');
    await checkWithAxe(filters, 'the task filters');
    for (const task of ['mnist&train_size=200', 'happy_or_sad&image_size=64']) {
      const pictures = await open(`vision/?lang=${language}&task=${task}&filters=4&epochs=1`);
      await pictures.waitForStatus('ready');
      await pictures.call('start');
      await checkWithAxe(pictures, `the task ${task}`, { within: 'ember-lab' });
    }
  },
}));
