/** A step of the fusion network on tables of several lengths, with Adam over all rows and over those of a minibatch. */

import { orderOf } from '../lib/contestants.mjs';
import { median, overRounds } from '../lib/statistics.mjs';

/** As many users and ratings as latest-small; each film has a word of its own in its title. */
const SHAPE = { users: 671, ratings: 100_000 };
const FORMS = ['dense', 'sparse'];

/**
 * Milliseconds per step.
 *
 * @param {import('../lib/browser.mjs').Arena} arena
 * @param {import('../lib/contestants.mjs').Entry} entry this project's on the ratings
 * @param {{ films: number[], rounds: number, warmSteps: number, steps: number, blockSteps: number }} plan
 */
export async function filmsGrowth(arena, entry, { films, rounds, ...plan }) {
  const cases = films.flatMap((count) => FORMS.map((adam) => ({ films: count, adam, turns: [] })));
  for (let round = 0; round < rounds; round += 1) {
    for (const one of orderOf(cases, round)) one.turns.push(await turn(arena, entry, one, plan));
  }
  return cases.map(({ films, adam, turns }) => ({
    films,
    adam,
    parameters: turns[0].parameters,
    milliseconds: overRounds(turns.map(({ milliseconds }) => milliseconds)),
  }));
}

function turn(arena, entry, { films, adam }, { warmSteps, steps, blockSteps }) {
  return arena.withContestant(entry, async (call) => {
    const { parameters } = await call('openTable', { shape: { ...SHAPE, films }, settings: { adam } });
    const blocks = (count) =>
      call('blocks', { blocks: count / blockSteps, steps: blockSteps, reading: 'each' });
    await blocks(warmSteps);
    return { parameters, milliseconds: median(await blocks(steps)) / blockSteps };
  });
}
