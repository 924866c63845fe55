/** Milliseconds per step, in blocks, over several rounds in which the contestants take turns. */

import { orderOf } from '../lib/contestants.mjs';
import { median, overRounds, quantile } from '../lib/statistics.mjs';

/**
 * @typedef {{ median: number, least: number, most: number }} Spread
 * @typedef {object} StepTimes
 * @property {string} id
 * @property {string} name
 * @property {'emberbook' | 'peer'} side
 * @property {Record<'each' | 'together', { median: Spread, p95: Spread, mean: Spread, medians: number[] }>} readings
 *   Milliseconds per step by the way losses are read.
 */

/**
 * @param {import('../lib/browser.mjs').Arena} arena
 * @param {readonly import('../lib/contestants.mjs').Entry[]} entries
 * @param {{ rounds: number, warmSteps: number, steps: number, blockSteps: number }} plan
 * @param {(line: string) => void} say
 * @param {('each' | 'together')[]} ways in which losses are read
 * @returns {Promise<StepTimes[]>}
 */
export async function stepTimes(arena, entries, plan, say, ways) {
  const rounds = new Map(entries.map(({ id }) => [id, { each: [], together: [] }]));
  for (let round = 0; round < plan.rounds; round += 1) {
    for (const reading of ways) {
      for (const entry of orderOf(entries, round)) {
        const times = await arena.withContestant(entry, (call) => oneRound(call, plan, reading));
        rounds.get(entry.id)[reading].push(times);
        say(`  round ${round + 1}, losses read ${reading}: ${entry.name} ${median(times).toFixed(3)} ms`);
      }
    }
  }
  return entries.map(({ id, name, side }) => ({
    id,
    name,
    side,
    readings: Object.fromEntries(ways.map((way) => [way, summary(rounds.get(id)[way])])),
  }));
}

/**
 * Milliseconds per step of each block of one round. The worker was just started: it is warmed up with a run of its
 * own, long enough for the browser's optimising compiler, and begins anew.
 */
async function oneRound(call, { warmSteps, steps, blockSteps }, reading) {
  await call('blocks', { blocks: warmSteps / blockSteps, steps: blockSteps, reading });
  await call('restart', { seed: 1 });
  const blocks = await call('blocks', { blocks: steps / blockSteps, steps: blockSteps, reading });
  return blocks.map((milliseconds) => milliseconds / blockSteps);
}

function summary(rounds) {
  const medians = rounds.map(median);
  return {
    median: overRounds(medians),
    p95: overRounds(rounds.map((times) => quantile(times, 0.95))),
    mean: overRounds(rounds.map((times) => times.reduce((sum, time) => sum + time, 0) / times.length)),
    medians,
  };
}

/**
 * This project's time as a share of the faster peer's, round by round: what slows the machine for a while slows
 * both, and cancels. `quietest` compares the best round of each: what remains on a machine that others use too.
 *
 * @param {StepTimes[]} times
 * @param {'each' | 'together' | 'best'} reading `best`: Emberbook as its page trains, with losses read together,
 *   beside every peer in whichever way is quicker for it
 */
export function ratioToFasterPeer(times, reading) {
  const own = times.find(({ side }) => side === 'emberbook').readings;
  const rivals = times
    .filter(({ side }) => side === 'peer')
    .flatMap(({ name, readings }) =>
      (reading === 'best' ? ['each', 'together'] : [reading]).map((way) => ({ name, ...readings[way] })),
    );
  const fastest = rivals.reduce((best, rival) => (rival.median.median < best.median.median ? rival : best));
  const mine = own[reading === 'best' ? 'together' : reading].medians;
  return {
    peer: fastest.name,
    ...overRounds(mine.map((value, round) => value / fastest.medians[round])),
    quietest: Math.min(...mine) / Math.min(...fastest.medians),
  };
}
