/** The figures of the two-bar test as bars on one scale, and what they say. */

import type { Disturbed } from '../../generated/sequences.js';

/** Histories as they are, in a random order, with pictures and words of other items. */
export type Disturbance = 'intact' | 'shuffled' | 'mismatched';

/** One bar. */
export interface BarOf {
  name: Disturbance;
  mrr: number;
  /** Standard error of what it lost; none for what nothing was done to. */
  error: number | null;
  /** Where the bar and its error end, as shares of the scale. */
  ends: { mrr: number; low: number; high: number };
}

/** The three bars; the scale ends with the largest of them and its error. */
export function barsOf({ intact, shuffled, mismatched }: Disturbed): BarOf[] {
  const bars: [Disturbance, number, number | null][] = [
    ['intact', intact, null],
    ['shuffled', shuffled.mrr, shuffled.error],
    ['mismatched', mismatched.mrr, mismatched.error],
  ];
  const most = Math.max(...bars.map(([, mrr, error]) => mrr + (error ?? 0)));
  const share = (value: number): number => (most > 0 ? Math.max(0, value) / most : 0);
  return bars.map(([name, mrr, error]) => ({
    name,
    mrr,
    error,
    ends: { mrr: share(mrr), low: share(mrr - (error ?? 0)), high: share(mrr + (error ?? 0)) },
  }));
}

/** Below this many standard errors a difference may be luck. */
const LUCK = 2;

/** What costs more; `neither` where neither costs anything that is beyond luck. */
export function verdictOf(value: Disturbed): 'shuffling' | 'mismatching' | 'same' | 'neither' {
  const { shuffled, mismatched, shuffling_beyond } = value;
  if (Math.abs(shuffling_beyond) > LUCK) return shuffling_beyond > 0 ? 'shuffling' : 'mismatching';
  const costs = ({ drop, error }: Disturbed['shuffled']): boolean => drop > LUCK * error;
  return costs(shuffled) || costs(mismatched) ? 'same' : 'neither';
}
