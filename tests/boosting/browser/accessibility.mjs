/** axe finds nothing on the boosting lesson: both languages, light and dark, in each look inside. */

import { APPEARANCES, checkWithAxe } from '../../browser/support/axe.mjs';
import { words } from '../../browser/support/words.mjs';

const VIEWS = ['campaign', 'growth', 'answers', 'contributions', 'rules', 'job', 'batch'];

export const tests = APPEARANCES.map(({ look, language, dark }) => ({
  name: `axe finds nothing on the boosting lesson in ${language}, ${look}`,
  browsers: ['chromium'],
  async run({ open }) {
    const page = await open(`boosting/?lang=${language}&num_iterations=5`, { dark });
    await page.waitForStatus('ready');
    await page.call('start');
    for (const view of VIEWS) {
      await page.openTab(words(language, `ui.inside.${view}`));
      await checkWithAxe(page, `the look inside ${view}`, [1280]);
    }
  },
}));
