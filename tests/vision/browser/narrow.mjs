/** Nothing of the vision lesson scrolls sideways on a phone. */

import { checkFits, PHONE } from '../../browser/support/overflow.mjs';

const TASKS = { filters: 'done', 'mnist&train_size=200': 'ready', 'happy_or_sad&image_size=64': 'ready' };

export const tests = ['zh', 'en'].map((language) => ({
  name: `the vision lesson fits a phone in ${language}`,
  browsers: ['chromium', 'firefox'],
  async run({ open }) {
    for (const [task, status] of Object.entries(TASKS)) {
      const page = await open(`vision/?lang=${language}&task=${task}`, PHONE);
      await page.waitForStatus(status);
      await checkFits(page, `the task ${task}`);
    }
  },
}));
