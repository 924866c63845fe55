/**
 * Before anything is timed: every contestant makes the same 100 steps from the same weights over the same
 * minibatches, and every loss is compared. A bench of different computations would be worth nothing.
 */

import { initialWeights, Minibatches } from '../lib/task.mjs';

const STEPS = 100;
const TOLERANCE = 1e-4;
/** Wider than the document's 0.01: from there a hundred steps lie on a plateau, where any network agrees with any. */
const SPREAD = 2;
/** What the loss must fall by, so that the comparison says something. */
const LEAST_FALL = 0.2;

/**
 * @param {import('../lib/browser.mjs').Arena} arena
 * @param {readonly import('../lib/contestants.mjs').Entry[]} entries the first is what the others are held against
 * @throws when two contestants differ by more than 1e-4 at any step
 */
export async function agreement(arena, entries) {
  const weights = initialWeights(5, SPREAD);
  const minibatches = new Minibatches([...arena.options.examples.rows.keys()], 5);
  const batches = Array.from({ length: STEPS }, () => minibatches.next());
  const curves = [];
  for (const entry of entries) {
    const losses = await arena.withContestant(entry, (call) => call('replay', { weights, batches }));
    if (losses.length !== STEPS || losses[0] - losses[STEPS - 1] < LEAST_FALL)
      throw new Error(
        `${entry.name}: the loss went from ${losses[0]} to ${losses.at(-1)} in ${losses.length} steps`,
      );
    curves.push({ name: entry.name, losses });
  }
  const [reference] = curves;
  return curves.map(({ name, losses }) => {
    const difference = Math.max(...losses.map((loss, step) => Math.abs(loss - reference.losses[step])));
    if (!(difference <= TOLERANCE))
      throw new Error(
        `${name} differs from ${reference.name} by ${difference}: they do not do the same work`,
      );
    return { name, first: losses[0], last: losses[STEPS - 1], difference };
  });
}
