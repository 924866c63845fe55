/** One metric of a history as two lists of numbers, which cross to the page without a step-by-step copy. */

import type { HistoryPoint, Requests } from './protocol.js';

/** The points that hold the metric, in order of step. */
export function seriesOf(history: readonly HistoryPoint[], metric: string): Requests['series']['result'] {
  const points = history.filter((point) => metric in point);
  return {
    steps: Float64Array.from(points, ({ step }) => step),
    values: Float64Array.from(points, (point) => point[metric] ?? NaN),
  };
}
