/** Points of the film map: kept from turning over, laid into a frame, and found again. */

/** Places along two axes. */
export interface Points {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** Where points lie in a frame: pixels a unit, and the pixel of the origin. */
export interface Frame {
  scale: number;
  left: number;
  top: number;
}

/**
 * The points with axes that point as before: a principal component may as well point the other way, and the map must not
 * turn over while it is watched.
 */
export function aligned(before: Points | null, now: Points): Points {
  if (before?.x.length !== now.x.length) return now;
  const turned = (from: readonly number[], to: readonly number[]): readonly number[] =>
    to.reduce((sum, value, place) => sum + value * from[place]!, 0) < 0 ? to.map((value) => -value) : to;
  return { x: turned(before.x, now.x), y: turned(before.y, now.y) };
}

/** One scale for both axes, so that all points lie within a margin of the frame. */
export function frameOf({ x, y }: Points, width: number, height: number, margin: number): Frame {
  const ends = (values: readonly number[]): [low: number, high: number] =>
    values.reduce<[number, number]>(
      ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
      [Infinity, -Infinity],
    );
  if (x.length === 0) return { scale: 1, left: width / 2, top: height / 2 };
  const [west, east] = ends(x);
  const [south, north] = ends(y);
  const room = (pixels: number, from: number, to: number): number =>
    (pixels - 2 * margin) / Math.max(to - from, 1e-9);
  const scale = Math.min(room(width, west, east), room(height, south, north));
  return {
    scale,
    left: width / 2 - (scale * (west + east)) / 2,
    top: height / 2 + (scale * (south + north)) / 2,
  };
}

/** The pixel of a point. */
export function pixelOf({ x, y }: Points, { scale, left, top }: Frame, point: number): [number, number] {
  return [left + scale * x[point]!, top - scale * y[point]!];
}

/** The point nearest to a pixel among some, no further than `reach` away. */
export function nearest(
  points: Points,
  frame: Frame,
  among: readonly number[],
  [x, y]: readonly [number, number],
  reach: number,
): number | null {
  let [found, least]: [number | null, number] = [null, reach];
  for (const point of among) {
    const [px, py] = pixelOf(points, frame, point);
    const distance = Math.hypot(px - x, py - y);
    if (distance <= least) [found, least] = [point, distance];
  }
  return found;
}
