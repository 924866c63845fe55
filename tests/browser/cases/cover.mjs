/** The cover: its curve is the first lesson at work. */

import { equal, ok } from '../support/expect.mjs';
import { EVERYWHERE } from '../support/lessons.mjs';

/** A machine on which motion is not wanted. */
const RESTING = `{
  const ask = matchMedia;
  globalThis.matchMedia = (query) => ask(query.replace('prefers-reduced-motion: no-preference', 'width < 0'));
}`;

export const tests = [
  {
    name: 'the curve of the cover learns by itself, and once more with another split',
    browsers: EVERYWHERE,
    async run({ open, words }) {
      const page = await open('?lang=en');
      await page.waitForText(words('en', 'ui.site.alive_done'), '.alive');
      await page.waitForText('/15', '.alive');
      await page.click('button', words('en', 'ui.site.alive_again'));
      await page.waitForText(words('en', 'ui.site.alive_now'), '.alive');
      await page.waitForText(words('en', 'ui.site.alive_done'), '.alive');
      equal((await page.search()).lang, 'en', 'the address is not the settings of that run');
      equal(Object.keys(await page.search()), ['lang'], 'nothing else stands in the address');
    },
  },
  {
    name: 'where motion is not wanted the curve waits for a press, and nothing of it is fetched before',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open('?lang=en', { before: [RESTING] });
      await page.waitForCount(1, 'button', words('en', 'ui.site.alive_run'));
      await page.waitForText(words('en', 'ui.site.alive_still'), '.alive');
      const fetched = () =>
        page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
      ok(!(await fetched()).some((name) => name.includes('embed.js')), 'the lab is not fetched');
      await page.click('button', words('en', 'ui.site.alive_run'));
      await page.waitForText(words('en', 'ui.site.alive_done'), '.alive');
    },
  },
];
