/** Medians and percentiles. */

/**
 * The value below which a share of the values lies, interpolated between neighbours.
 *
 * @param {number[]} values at least one
 * @param {number} share from 0 to 1
 */
export function quantile(values, share) {
  if (values.length === 0) throw new RangeError('a quantile needs at least one value');
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
}

/** @param {number[]} values */
export const median = (values) => quantile(values, 0.5);

/**
 * What is reported of one figure taken in several rounds: the median over the rounds, and how far they lie apart.
 *
 * @param {number[]} values one for each round
 */
export function overRounds(values) {
  return { median: median(values), least: Math.min(...values), most: Math.max(...values) };
}
