/** The page objects wait for what a reader would see; without these waits every other test is a matter of luck. */

import { equal } from '../support/expect.mjs';
import { openHost } from '../support/host.mjs';
import { ASKING, LATE, MOVING } from '../support/late_pages.mjs';
import { EVERYWHERE } from '../support/lessons.mjs';

export const tests = [
  {
    name: 'a click waits until its button is there, can be used and stands still, and a reading for what follows',
    browsers: EVERYWHERE,
    async run({ open, siteUrl, atEnd }) {
      const host = await openHost(siteUrl, { '/': LATE });
      atEnd(host.close);
      const page = await open(`${host.origin}/`);
      await page.click('button', 'All pairs');
      equal(await page.text('#said'), 'opened', 'what the button has said');
    },
  },
  {
    name: 'a click whose button moves away under the pointer sets off nothing else, and is made again',
    browsers: EVERYWHERE,
    async run({ open, siteUrl, atEnd }) {
      const host = await openHost(siteUrl, { '/': MOVING });
      atEnd(host.close);
      const page = await open(`${host.origin}/`);
      await page.click('button', 'Right');
      equal(await page.evaluate(() => clicked), ['Right'], 'buttons that were set off');
    },
  },
  {
    name: 'a reading waits for the answers of workers',
    browsers: EVERYWHERE,
    async run({ open, siteUrl, atEnd }) {
      const host = await openHost(siteUrl, { '/': ASKING });
      atEnd(host.close);
      const page = await open(`${host.origin}/`);
      equal(await page.text('#said'), 'answer 3', 'what stands there in the end');
    },
  },
];
