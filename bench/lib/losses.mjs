/** Losses in the columns of a history, one a step. */

/**
 * @param {{ metrics: string[], values: Float64Array }[]} history as the engine answers it
 * @returns {number[]}
 */
export function lossesIn(history) {
  const training = history.find(({ metrics }) => metrics[0] === 'loss');
  const width = training?.metrics.length ?? 1;
  return Array.from(training?.values ?? []).filter((_, index) => index % width === 0);
}
