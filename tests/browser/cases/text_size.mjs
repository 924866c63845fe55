/** Letters as large as readers set them: on a phone nothing scrolls sideways, and no table hides a column. */

import { ok } from '../support/expect.mjs';
import { address, LESSONS } from '../support/lessons.mjs';
import { checkFits, checkTables, PHONE, setTextSize } from '../support/overflow.mjs';

export const tests = LESSONS.map((lesson) => ({
  name: `the ${lesson} lesson fits a phone with letters of 150 %`,
  browsers: ['chromium', 'firefox'],
  async run({ open }) {
    const page = await open(address(lesson), PHONE);
    await page.waitForStatus('ready', 'done');
    await setTextSize(page, 150);
    await checkFits(page, 'the lesson before a run');
    await page.call('step', 2);
    await checkFits(page, 'the lesson after two steps');
    ok((await checkTables(page, 'the lesson')) > 0, 'there are tables');
  },
}));
