/** The cpu module against the float64 oracle: same initial weights, same minibatches, every loss (the gpu module: cases/webgpu.mjs). */

import { equal } from '../../browser/support/expect.mjs';
import { cases, checkReplay } from './support/oracle.mjs';
import { ALL_PARTS, EVERYWHERE } from '../../browser/support/lessons.mjs';
import { lesson } from './support/lesson.mjs';

export const tests = [
  {
    name: 'losses agree with the oracle on the CPU',
    browsers: EVERYWHERE,
    async run({ open }) {
      const page = await open(lesson());
      await page.waitForStatus('ready');
      for (const [index, one] of cases.entries()) {
        const id = `case-${index}`;
        await page.addLab(id, { config: one.settings, backend: 'cpu', hide: ALL_PARTS });
        await checkReplay(page, `#${id}`, one, 1e-5);
        equal(await page.callOn(`#${id}`, 'history'), [], "a replay leaves the lab's own run alone");
        await page.removeLab(`#${id}`);
      }
    },
  },
];
