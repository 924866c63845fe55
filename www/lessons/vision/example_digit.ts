/** A digit as a hand draws it, for those who have not drawn one yet. */

import type { Stroke } from '../../kit/strokes.js';

/** A three: two bows, each half of an ellipse, that meet in the middle. */
export const THREE: readonly Stroke[] = [[...bow(0.335, 0.15), ...bow(0.66, 0.19)]];

/** The right half of an ellipse around the middle of the pad, from its top left round to its bottom left. */
function bow(middle: number, radius: number): Stroke {
  const stroke: Stroke = [];
  for (let degrees = -145; degrees <= 115; degrees += 20) {
    const angle = (degrees * Math.PI) / 180;
    stroke.push([0.48 + 0.19 * Math.cos(angle), middle + radius * Math.sin(angle)]);
  }
  return stroke;
}
