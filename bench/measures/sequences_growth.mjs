/** A step of MMSR by the length of histories: over the edges of their graphs, and written densely by a peer. */

import { orderOf } from '../lib/contestants.mjs';
import { sequenceFiles } from '../lib/sequence_files.mjs';
import { BATCH_SIZE } from '../lib/sequences.mjs';
import { median, overRounds, quantile } from '../lib/statistics.mjs';

/** One user whose prefixes are exactly one minibatch, so that every minibatch holds all of them. */
const AGREEMENT = { users: 1, taken: 213 };
const STEPS = 5;
const TOLERANCE = 1e-4;
/** What the loss must fall by, so that the comparison says something. */
const LEAST_FALL = 0.05;
/** Users with so many items that nearly every prefix is longer than what is looked at of it. */
const TIMED = { users: 4, taken: 6_500 };
/** The lengths between which growth is an exponent. */
const EXPONENT = [10, 50];

/**
 * @typedef {import('../lib/statistics.mjs').overRounds} overRounds
 * @typedef {{ name: string, milliseconds: ReturnType<overRounds>, p95: ReturnType<overRounds>, medians: number[] }} Times per step
 * @typedef {{ length: number, examples: number, difference: Record<string, number>, times: Times[] }} Row
 *
 * @param {import('../lib/browser.mjs').Arena} arena
 * @param {readonly import('../lib/contestants.mjs').Entry[]} entries Emberbook's, which the others are held against, and the peers'
 * @param {{ lengths: number[], rounds: number, warmSteps: number, steps: number, blockSteps: number }} plan
 * @param {(line: string) => void} say
 * @returns {Promise<{ plan: object, batch: number, rows: Row[], exponents: { name: string, between: number[], exponent: object }[] }>}
 * @throws when two contestants differ
 */
export async function sequencesGrowth(arena, entries, plan, say) {
  const files = sequenceFiles(TIMED);
  const rows = [];
  for (const length of plan.lengths) {
    const agreed = await agreement(arena, entries, length);
    say(`  histories of ${length}: losses agree`);
    rows.push({ length, agreed, turns: entries.map(() => []) });
  }
  for (let round = 0; round < plan.rounds; round += 1) {
    for (const row of orderOf(rows, round)) {
      const { tables } = await arena.withContestant(entries[0], (call) =>
        call('openTable', { files, settings: { max_history: row.length } }),
      );
      for (const entry of orderOf(entries, round)) {
        const times = await arena.withContestant(entry, (call) =>
          turn(call, { files, settings: { max_history: row.length }, tables, longest: row.length }, plan),
        );
        row.turns[entries.indexOf(entry)].push(times);
        say(`  round ${round + 1}, histories of ${row.length}: ${entry.name} ${median(times).toFixed(1)} ms`);
      }
    }
  }
}
