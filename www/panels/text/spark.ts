/** A curve as small as a word. */

import type { Series } from '../../kit/chart/series.js';

/** Points of a polyline: the thinned series over the whole width and height, a pixel inside the edges. */
export function sparkPoints(series: Series, width: number, height: number): string {
  const { x, y } = series.thinned();
  const known = x.flatMap((step, place) => (y[place] === null ? [] : [{ step, value: y[place]! }]));
  const values = known.map(({ value }) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const [first, last] = [x[0]!, x.at(-1)!];
  return known
    .map(({ step, value }) => {
      const across = 1 + ((step - first) / (last - first || 1)) * (width - 2);
      const down = 1 + ((high - value) / (high - low || 1)) * (height - 2);
      return `${across.toFixed(1)},${down.toFixed(1)}`;
    })
    .join(' ');
}
