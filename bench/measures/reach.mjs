/** Time until 14 of the 15 test flowers are named rightly, at full speed, from the document's settings. */

import { median } from '../lib/statistics.mjs';

const GOAL = 0.93;
const EPOCHS = 150;

/**
 * @param {import('../lib/browser.mjs').Arena} arena
 * @param {readonly import('../lib/contestants.mjs').Entry[]} entries
 * @param {number[]} seeds
 */
export async function timeToAccuracy(arena, entries, seeds) {
  const results = [];
  for (const entry of entries) {
    const runs = await arena.withContestant(entry, async (call) => {
      // A run of its own warms the code up and is thrown away.
      await call('reach', { goal: GOAL, epochs: EPOCHS });
      const runs = [];
      for (const seed of seeds) {
        await call('restart', { seed });
        runs.push(await call('reach', { goal: GOAL, epochs: EPOCHS }));
      }
      return runs;
    });
    const reached = runs.filter((run) => run !== null);
    const of = (pick) => (reached.length > 0 ? median(reached.map(pick)) : null);
    results.push({
      name: entry.name,
      seeds: seeds.length,
      reached: reached.length,
      milliseconds: of((run) => run.milliseconds),
      epochs: of((run) => run.epochs),
      runs: runs.map((run, index) => ({ seed: seeds[index], ...run })),
    });
  }
  return results;
}
