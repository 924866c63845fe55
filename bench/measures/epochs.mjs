/** Whole epochs of the digits on the CPU, with the look at the test pictures after each, and what is reached. */

import { overRounds } from '../lib/statistics.mjs';

/**
 * @param {import('../lib/browser.mjs').Arena} arena
 * @param {import('../lib/contestants.mjs').Entry} entry one of this project's on the digits
 * @param {number[]} seeds
 * @param {number} epochs
 * @param {number} [trainSize] pictures to learn from, where not the usual 10,000
 */
export async function epochsOfDigits(arena, entry, seeds, epochs, trainSize) {
  const runs = await arena.withContestant(entry, async (call) => {
    const results = [];
    for (const seed of seeds) results.push(await call('epochs', { seed, epochs, trainSize }));
    return results;
  });
  const accuracies = runs.map(({ accuracy }) => accuracy);
  return {
    epochs,
    seeds: seeds.length,
    millisecondsPerEpoch: overRounds(runs.map(({ milliseconds }) => milliseconds / epochs)),
    accuracy: {
      ...overRounds(accuracies),
      mean: accuracies.reduce((sum, one) => sum + one, 0) / seeds.length,
    },
  };
}
