/** Numbers read from the losses of a run: src/lessons/experiment.rs `MeasureSource` says what they mean. */

/**
 * Steps made until the mean loss of the latest `window` steps is first below `loss`; null where it never is.
 * Losses that are not finite are NaN and never below anything.
 */
export function stepsTo(losses: Float64Array, window: number, loss: number): number | null {
  for (let end = window; end <= losses.length; end++) {
    if (mean(losses.subarray(end - window, end)) < loss) return end;
  }
  return null;
}

/** √(Σ(lᵢ − l̄)² / n), where l̄ is the mean of the epoch of `window` steps that lᵢ belongs to; null without losses. */
export function lossNoise(losses: Float64Array, window: number): number | null {
  let squares = 0;
  for (let begin = 0; begin < losses.length; begin += window) {
    const epoch = losses.subarray(begin, begin + window);
    const center = mean(epoch);
    for (const loss of epoch) squares += (loss - center) ** 2;
  }
  const noise = Math.sqrt(squares / losses.length);
  return Number.isFinite(noise) ? noise : null;
}

function mean(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
