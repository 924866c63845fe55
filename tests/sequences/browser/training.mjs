/** The sequences lesson trains: the same in every browser. */

import { historyHash, keepHash } from '../../browser/support/history.mjs';
import { equal } from '../../browser/support/expect.mjs';
import { ALL_PARTS, EVERYWHERE } from '../../browser/support/lessons.mjs';
import { small } from './support/lesson.mjs';

export const tests = [
  {
    name: 'sequences: networks and counts have the same history in every browser, also taken up from a checkpoint',
    browsers: EVERYWHERE,
    async run({ open, shared, browser }) {
      const page = await open(small({ hide: ALL_PARTS }));
      await page.waitForStatus('ready');
      for (const model of ['mmsr', 'late', 'markov']) {
        await page.setProperty('config', { model });
        await page.waitForSettings({ model });
        await page.call('start');
        const whole = await historyHash(page);
        keepHash(shared, `sequences, ${model}`, browser, whole);
        await page.call('reset');
        await page.call('step', 3);
        await page.call('start');
        equal(await historyHash(page), whole, `history of ${model} made in pieces`);
      }
    },
  },
];
