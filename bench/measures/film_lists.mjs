/** How long a user waits for ten films out of all, and for answers without one of their ratings. */

import { median, overRounds } from '../lib/statistics.mjs';

const TOP = 10;
/** The published ids of latest-small are 1 to 671. */
const USERS = Array.from({ length: 101 }, (_, index) => 1 + ((index * 37) % 671));
/** Methods that answer "without this rating", each after its default run. */
const WITHOUT = ['mf', 'user_cf', 'item_cf', 'hybrid', 'content', 'bias', 'svd', 'ease'];
/** Without a rating some methods are fitted anew, so that few users will do. */
const LEAVING_OUT = USERS.slice(0, 3);

/**
 * Milliseconds of `predict({user, top: 10})` in the worker: the first after a step, for which the vectors of all users and
 * films are computed, and those after it.
 *
 * @param {import('../lib/browser.mjs').Arena} arena
 * @param {import('../lib/contestants.mjs').Entry} entry this project's on the ratings
 * @param {number} rounds
 */
export async function filmLists(arena, entry, rounds) {
  const turns = await arena.withContestant(entry, async (call) => {
    const turns = [];
    for (let round = 0; round < rounds; round += 1)
      turns.push(await call('lists', { users: USERS, top: TOP }));
    return turns;
  });
  return {
    top: TOP,
    first: overRounds(turns.map(({ first }) => first)),
    others: overRounds(turns.map(({ others }) => median(others))),
    worst: Math.max(...turns.flatMap(({ others }) => others)),
    without: await withoutOne(arena, entry),
  };
}

/** By method, milliseconds until the stars are answered without one rating. */
async function withoutOne(arena, entry) {
  const rows = [];
  for (const model of WITHOUT) {
    const times = await arena.withContestant(entry, (call) => call('without', { model, users: LEAVING_OUT }));
    rows.push({ model, milliseconds: overRounds(times) });
  }
  return rows;
}
