/** A step of MMSR by the length of histories: Emberbook's over the edges of their graphs, a peer's over all pairs of nodes. */

import { sequenceFiles } from '../lib/sequence_files.mjs';
import { BATCH_SIZE } from '../lib/sequences.mjs';
import { overRounds } from '../lib/statistics.mjs';
import { ratioToFasterPeer, stepTimes } from './steps.mjs';

/**
 * One user whose prefixes are exactly one minibatch: each minibatch holds all of them, in whatever order. Few items, so that
 * they come again and follow each other both ways.
 */
const COMPARED = { users: 1, taken: 213, among: 30 };
/** From the layer's usual weights all neighbours get nearly the same attention, and a wrong score would go unseen. */
const FACTOR = 3;
const STEPS = 5;
const TOLERANCE = 1e-4;
/** What the loss must fall by, so that the comparison says something. */
const LEAST_FALL = 0.05;
/** Users with so many items that nearly every prefix is longer than what is looked at of it. */
const TIMED = { users: 4, taken: 6_500 };
/** The lengths between which growth is an exponent. */
const [FROM, TO] = [10, 50];

/**
 * @typedef {object} Row
 * @property {number} length items of each history
 * @property {{ name: string, first: number, last: number, difference: number }[]} agreement
 * @property {import('./steps.mjs').StepTimes[]} times
 * @property {ReturnType<typeof ratioToFasterPeer>} ratio
 *
 * @param {import('../lib/browser.mjs').Arena} arena
 * @param {readonly import('../lib/contestants.mjs').Entry[]} entries Emberbook's and the peers'
 * @param {{ lengths: number[], rounds: number, warmSteps: number, steps: number, blockSteps: number }} plan
 * @param {(line: string) => void} say
 * @returns {Promise<{ plan: object, batchSize: number, rows: Row[], exponents: object[] }>}
 * @throws when two contestants differ
 */
export async function sequencesGrowth(arena, entries, plan, say) {
  const rows = [];
  for (const length of plan.lengths)
    rows.push({ length, agreement: await agreement(arena, entries, length) });
  say('  losses agree');
  const files = sequenceFiles(TIMED);
  const { tables } = await arena.withContestant(entries[0], (call) =>
    call('openTable', { files, settings: {} }),
  );
  for (const row of rows) {
    say(`  histories of ${row.length}`);
    const opening = ({ side }) => openingOf(side, row.length, files, tables);
    const opened = {
      withContestant: (entry, use) =>
        arena.withContestant(entry, async (call) => {
          await call('openTable', opening(entry));
          return use(call);
        }),
    };
    row.times = await stepTimes(opened, entries, plan, say, ['each']);
    row.ratio = ratioToFasterPeer(row.times, 'each');
  }
  return { plan, batchSize: BATCH_SIZE, rows, exponents: exponents(rows) };
}

/** What a contestant is opened with. */
const openingOf = (side, length, files, tables) =>
  side === 'emberbook' ? { files, settings: { max_history: length } } : { tables, longest: length };

/** Emberbook makes the first steps of a run of its own; the peers make them again, from its tables and weights. */
async function agreement(arena, [own, ...peers], length) {
  const files = sequenceFiles(COMPARED);
  const { tables, losses } = await arena.withContestant(own, (call) =>
    call('firstSteps', { ...openingOf(own.side, length, files), steps: STEPS, factor: FACTOR }),
  );
  const [first, last] = [losses[0], losses[STEPS - 1]];
  if (!(first - last >= LEAST_FALL)) throw new Error(`${own.name}: the loss went from ${first} to ${last}`);
  const results = [{ name: own.name, first, last, difference: 0 }];
  const batches = losses.map(() => [...new Array(BATCH_SIZE).keys()]);
  for (const peer of peers) {
    const theirs = await arena.withContestant(peer, (call) =>
      call('replay', { weights: openingOf(peer.side, length, files, tables), batches }),
    );
    const difference = Math.max(...theirs.map((loss, step) => Math.abs(loss - losses[step])));
    if (!(theirs.length === STEPS && difference <= TOLERANCE))
      throw new Error(
        `${peer.name} differs from ${own.name} by ${difference} on histories of ${length}: they do not do the same work`,
      );
    results.push({ name: peer.name, first: theirs[0], last: theirs[STEPS - 1], difference });
  }
  return results;
}

/** By which power of the length the time of a step grows, round by round. */
function exponents(rows) {
  const of = (length) => rows.find((row) => row.length === length).times;
  const power = (before, after) => Math.log(after / before) / Math.log(TO / FROM);
  return of(FROM).map(({ name, readings }, place) => {
    const after = of(TO)[place].readings.each.medians;
    return { name, ...overRounds(readings.each.medians.map((before, round) => power(before, after[round]))) };
  });
}
