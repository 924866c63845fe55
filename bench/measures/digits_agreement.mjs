/** Before the digits are timed: the same steps from the same weights, and every loss compared. */

import { initialWeights, minibatches } from '../lib/digits.mjs';

const STEPS = 8;
const TOLERANCE = 1e-3;

/**
 * @param {import('../lib/browser.mjs').Arena} arena
 * @param {readonly import('../lib/contestants.mjs').Entry[]} entries the first is what the others are held against
 * @throws when two contestants differ
 */
export async function digitsAgreement(arena, entries) {
  const weights = initialWeights(5);
  const next = minibatches(32, 5);
  const batches = Array.from({ length: STEPS }, () => next());
  const curves = [];
  for (const entry of entries) {
    const losses = await arena.withContestant(entry, (call) => call('replay', { weights, batches }));
    curves.push({ name: entry.name, losses });
  }
  const [reference] = curves;
  return curves.map(({ name, losses }) => {
    const difference = Math.max(...losses.map((loss, step) => Math.abs(loss - reference.losses[step])));
    if (!(losses.length === STEPS && losses.at(-1) < losses[0] && difference <= TOLERANCE))
      throw new Error(
        `${name} differs from ${reference.name} by ${difference}: they do not do the same work`,
      );
    return { name, first: losses[0], last: losses.at(-1), difference };
  });
}
