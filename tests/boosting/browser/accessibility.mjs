/** axe finds nothing on the boosting lesson: both languages, light and dark, in each look inside. */

import { checkWithAxe, LANGUAGES } from '../../browser/support/axe.mjs';
import { words } from '../../browser/support/words.mjs';

const VIEWS = ['campaign', 'growth', 'answers', 'contributions', 'rules', 'job', 'batch'];

export const tests = LANGUAGES.map((language) => ({
  name: `axe finds nothing on the boosting lesson in ${language}`,
  browsers: ['chromium'],
  async run({ open }) {
    const page = await open(`boosting/?lang=${language}&num_iterations=5`);
    await page.waitForStatus('ready');
    await page.call('start');
    await checkWithAxe(page, 'the lesson', { widths: [1280] });
    for (const view of VIEWS) {
      await page.openTab(words(language, `ui.inside.${view}`));
      await checkWithAxe(page, `the look inside ${view}`, { widths: [1280], within: 'ember-inside' });
    }
  },
}));
