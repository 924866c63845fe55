/** What the page begins with: five films with stars, and the list that comes of them. */

import { ok } from '../../browser/support/expect.mjs';
import { movies } from './support/lesson.mjs';

const FRONT = '.only-en ember-figure[name="front"]';

export const tests = [
  {
    name: 'one press on the first figure learns factors, and the list follows the stars',
    browsers: ['chromium'],
    async run({ open, words }) {
      const t = (key, fill) => words('en', key, fill);
      const page = await open(movies({ lang: 'en' }));
      await page.waitForStatus('ready');
      await page.show(FRONT);
      await page.waitForText(t('ui.first_list.untrained'), FRONT);
      await page.click('button', t('ui.run.start'), FRONT);
      await page.waitForSettings({ model: 'mf' });
      await page.waitForStatus('done');
      // Somebody who likes the gentle ones.
      await page.waitForText('Little Mermaid', FRONT);
      ok(!(await page.text(FRONT)).includes('Seven (a.k.a.'), 'no murderers on the list');
      for (const [title, key] of [
        ['Forrest Gump (1994)', 'Home'],
        ['Toy Story (1995)', 'Home'],
        ['Pulp Fiction (1994)', 'End'],
        ['Silence of the Lambs, The (1991)', 'End'],
      ]) {
        await page.focus('slider', t('ui.self.stars_of', { title }), FRONT);
        await page.press(key);
      }
      await page.waitForText(t('ui.first_list.own'), FRONT);
      await page.waitForText('Seven (a.k.a.', FRONT);
      await page.waitForNoText('Little Mermaid', FRONT);
    },
  },
];
