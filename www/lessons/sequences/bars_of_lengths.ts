/** Bars of histories by their length. */

import type { Data } from '../../generated/sequences.js';

/** The lengths of a bar: from the first to the last, which the longest histories do not have. */
export type Lengths = readonly [from: number, to: number | null];

/** The lengths of each bar; `bounds` are the largest of all but the last. */
export function lengthsOf({ bounds }: Pick<Data, 'bounds'>): Lengths[] {
  return [...bounds, null].map((to, place) => [place === 0 ? 1 : bounds[place - 1]! + 1, to]);
}

/** Bars without those at both ends that nobody is in. */
export function trimmed<Bar extends { count: number }>(bars: readonly Bar[]): Bar[] {
  const taken = bars.flatMap(({ count }, place) => (count > 0 ? [place] : []));
  return taken.length === 0 ? [] : bars.slice(taken[0], taken.at(-1)! + 1);
}
