/** A small histogram of a column, of the bins that trees are grown on. */

import type { ColumnShown, Histogram } from '../../generated/boosting.js';

/** Bars of a column of numbers, and at most as many of one of categories. */
export const BARS = 12;

/**
 * Heights from 0 to 1. Of numbers, rows over intervals of equal width from the least to the largest: bins hold equally many
 * rows and not equally wide values, so that each is spread over what it covers. Of categories, the commonest first.
 */
export function columnBars(column: ColumnShown, { bins }: Histogram): number[] {
  const held = bins.filter(({ missing, rows }) => !missing && rows > 0);
  return toHeights(column.kind === 'number' ? spread(column, held) : commonest(held));
}

function commonest(bins: Histogram['bins']): number[] {
  return bins
    .map(({ rows }) => rows)
    .sort((one, other) => other - one)
    .slice(0, BARS);
}

function spread({ min, max }: Extract<ColumnShown, { kind: 'number' }>, bins: Histogram['bins']): number[] {
  const counts = Array.from({ length: BARS }, () => 0);
  if (min === null || max === null) return counts;
  const width = (max - min) / BARS;
  const barOf = (value: number): number =>
    width > 0 ? Math.min(BARS - 1, Math.max(0, Math.floor((value - min) / width))) : 0;
  let from = min;
  for (const { upper, rows } of bins) {
    const to = Math.min(upper ?? max, max);
    const [first, last] = [barOf(from), barOf(to)];
    for (let bar = first; bar <= last; bar += 1) {
      const low = Math.max(from, min + bar * width);
      const high = Math.min(to, min + (bar + 1) * width);
      const share = to > from ? Math.max(0, high - low) / (to - from) : 1 / (last - first + 1);
      counts[bar] = (counts[bar] ?? 0) + rows * share;
    }
    from = to;
  }
  return counts;
}

function toHeights(counts: number[]): number[] {
  const most = Math.max(...counts, 0);
  return counts.map((count) => (most > 0 ? count / most : 0));
}
