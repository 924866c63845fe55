/** The wasm modules against the float64 oracle: same initial weights, same minibatches, every loss. */

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
  {
    name: 'losses agree with the oracle on WebGPU',
    browsers: ['chromium-webgpu'],
    async run({ open }) {
      const page = await open(lesson({ backend: 'webgpu' }));
      await page.waitForStatus('ready');
      equal((await page.property('device')).kind, 'webgpu', 'device');
      const documentsRun = cases.find(({ name }) => name === "the document's run");
      await checkReplay(page, 'ember-lab', documentsRun, 1e-3);
    },
  },
];
