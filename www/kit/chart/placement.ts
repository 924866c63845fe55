/** Where what is told of a point stands: beside it and near it, never over it, within the chart as far as that goes. */

/** Edges in CSS pixels from the upper left corner of the chart. */
export interface Spot {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export interface Size {
  width: number;
  height: number;
}

/** Between the spot and what is told of it: more than a pointer's half. */
const GAP = 14;

/**
 * The upper left corner of a box of `size` that tells of `spot` in a chart of `frame`: to its right, at the right edge to
 * its left, level with `y`; where neither side has room, above it, or below where it would leave the screen, whose top is
 * `ceiling` in the chart's own pixels.
 */
export function placeBeside(
  spot: Spot,
  y: number,
  size: Size,
  frame: Size,
  ceiling = -Infinity,
): { left: number; top: number } {
  const within = (value: number, most: number): number => Math.max(0, Math.min(value, most));
  const level = within(y - size.height / 2, frame.height - size.height);
  if (spot.right + GAP + size.width <= frame.width) return { left: spot.right + GAP, top: level };
  if (spot.left - GAP - size.width >= 0) return { left: spot.left - GAP - size.width, top: level };
  const left = within((spot.left + spot.right - size.width) / 2, frame.width - size.width);
  const above = spot.top - GAP - size.height;
  return { left, top: above >= ceiling ? above : spot.bottom + GAP };
}
