/** The oracle's runs (tests/oracles/iris_mlp.py) and how far a lab's replay of them is off. */

import { readFileSync } from 'node:fs';
import { equal, Unmet } from '../../../browser/support/expect.mjs';

const FILE = new URL('../../../fixtures/iris_mlp.json', import.meta.url);

/** The cases: `{name, settings, weights, batches, losses}`. */
export const cases = JSON.parse(readFileSync(FILE, 'utf8')).cases;

/** Replays a case in a lab that has its settings; every loss must be within `tolerance`, relative. */
export async function checkReplay(page, selector, { name, weights, batches, losses }, tolerance) {
  const { losses: found } = await page.callOn(selector, 'inspect', 'replay', { weights, batches });
  equal(found.length, losses.length, `${name}: number of losses`);
  found.forEach((loss, step) => {
    const difference = Math.abs((loss - losses[step]) / losses[step]);
    if (!(difference <= tolerance))
      throw new Unmet(
        `${name}: loss of step ${step}: expected ${losses[step]} within ${tolerance} relative, found ${loss} (${difference})`,
      );
  });
}
