/** Before the fusion network is timed: the same steps from the same weights, and every loss compared. */

import { BATCH_SIZE, beforeTheDate, readRatings } from '../lib/films.mjs';
import { readPack } from '../lib/packs.mjs';

const STEPS = 40;
const TOLERANCE = 1e-3;
/** TensorFlow.js corrects Adam's means before it adds ε, which weighs differently where gradients are tiny. */
const OTHER_ADAM = 1e-2;
/** What the loss must fall by, so that the comparison says something. */
const LEAST_FALL = 1;
/** What a library says where it lacks something that training needs. */
const LACKS = /not registered|not implemented|no gradient|unsupported/i;

/**
 * Emberbook makes the first steps of a run of its own, whose minibatches are the ratings in the order of the file; the
 * others make them again.
 *
 * @param {import('../lib/browser.mjs').Arena} arena
 * @param {readonly import('../lib/contestants.mjs').Entry[]} entries Emberbook's, which the others are held against, and the peers'
 * @returns {Promise<{ name: string, first?: number, last?: number, difference?: number, lacks?: string }[]>}
 * @throws when two contestants differ
 */
export async function filmsAgreement(arena, [own, ...peers]) {
  const { losses, ...beginning } = await arena.withContestant(own, (call) =>
    call('firstSteps', { steps: STEPS }),
  );
  const rows = beforeTheDate(readRatings(await readPack(arena.site, 'latest-small.bin')));
  const batches = losses.map((_, step) => rows.slice(step * BATCH_SIZE, (step + 1) * BATCH_SIZE));
  if (losses[0] - losses[STEPS - 1] < LEAST_FALL)
    throw new Error(`${own.name}: the loss went from ${losses[0]} to ${losses[STEPS - 1]}`);
  const results = [{ name: own.name, first: losses[0], last: losses[STEPS - 1], difference: 0 }];
  for (const { name, ...entry } of peers) {
    const tolerance = name.startsWith('tfjs') ? OTHER_ADAM : TOLERANCE;
    const theirs = await arena
      .withContestant({ name, ...entry }, (call) => call('replay', { weights: beginning, batches }))
      .catch((error) => error);
    if (theirs instanceof Error) {
      const [reason] = theirs.message.split('\n');
      if (!LACKS.test(reason)) throw theirs;
      results.push({ name, lacks: reason });
      continue;
    }
    const difference = Math.max(...theirs.map((loss, step) => Math.abs(loss - losses[step])));
    if (!(theirs.length === STEPS && difference <= tolerance))
      throw new Error(`${name} differs from ${own.name} by ${difference}: they do not do the same work`);
    results.push({ name, first: theirs[0], last: theirs[STEPS - 1], difference });
  }
  return results;
}
