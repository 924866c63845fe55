/** axe finds nothing on the vision lesson: both languages, light and dark, wide and narrow. */

import { APPEARANCES, checkWithAxe } from '../../browser/support/axe.mjs';

export const tests = APPEARANCES.map(({ look, language, dark }) => ({
  name: `axe finds nothing on the vision lesson in ${language}, ${look}`,
  browsers: ['chromium'],
  async run({ open }) {
    const filters = await open(`vision/?lang=${language}`, { dark });
    await filters.waitForStatus('done');
    await checkWithAxe(filters, 'the task filters');
    // One look of each task: the parts are the same in the other.
    const task = dark ? 'happy_or_sad&image_size=64' : 'mnist&train_size=200';
    const pictures = await open(`vision/?lang=${language}&task=${task}&filters=4&epochs=1`, { dark });
    await pictures.waitForStatus('ready');
    await pictures.call('start');
    await checkWithAxe(pictures, `the task ${task}`);
  },
}));
