/** Whether what a canvas says of its pixels is true. */

/** Side of the pattern that is tried. */
const PATTERN_SIDE = 16;

/**
 * Browsers that hide on which machine they run (Tor Browser, LibreWolf, Firefox with `privacy.resistFingerprinting`) give
 * back other pixels than were drawn, at random: what is learned from them would be noise.
 */
export function readsBack(): boolean {
  const context = new OffscreenCanvas(PATTERN_SIDE, PATTERN_SIDE).getContext('2d', {
    willReadFrequently: true,
  });
  if (!context) return true;
  const pattern = context.createImageData(PATTERN_SIDE, PATTERN_SIDE);
  // Opaque: half-transparent pixels are rounded in honest browsers too.
  pattern.data.forEach((_, at) => (pattern.data[at] = at % 4 === 3 ? 255 : (at * 37) % 256));
  context.putImageData(pattern, 0, 0);
  const { data } = context.getImageData(0, 0, PATTERN_SIDE, PATTERN_SIDE);
  return pattern.data.every((value, at) => value === data[at]);
}
