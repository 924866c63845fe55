/** Before the digits are timed: the same steps from the same weights, and every loss compared. */

import { initialWeights, minibatches, TENSORS } from '../lib/digits.mjs';
import { Random } from '../lib/random.mjs';

const STEPS = 8;
/** TensorFlow.js corrects Adam's means before it adds ε, which weighs differently where gradients are tiny. */
const TOLERANCE = 1e-2;

/**
 * @param {import('../lib/browser.mjs').Arena} arena
 * @param {readonly import('../lib/contestants.mjs').Entry[]} entries the first is what the others are held against
 * @throws when two contestants differ
 */
export async function digitsAgreement(arena, entries) {
  const weights = startingWeights();
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

/**
 * Glorot's weights, and biases that are not 0: the black pixels of a digit would otherwise give sums of exactly 0,
 * where libraries have different slopes for ReLU.
 */
function startingWeights() {
  const random = new Random(7);
  const biased = (values) => values.map(() => Math.fround(0.02 * random.uniform() + 0.01));
  return initialWeights(5).map((values, index) => (TENSORS[index].fans === null ? biased(values) : values));
}
