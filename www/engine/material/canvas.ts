/** Pixels by the browser's own decoders and a canvas, and whether what a canvas says of its pixels is true. */

/** Red, green, blue and opacity of each pixel, row by row. */
export interface Pixels {
  width: number;
  height: number;
  rgba: Uint8Array;
}

/** Side of the pattern that is tried. */
const PATTERN_SIDE = 16;
/** Pixels that go through the canvas at once: phones allow no canvas as large as the pictures they take. */
const STRIP_PIXELS = 4_000_000;
/** The bytes as they stand in the file. */
const BITMAP_OPTIONS: ImageBitmapOptions = { colorSpaceConversion: 'none', premultiplyAlpha: 'none' };

/** Whether a canvas gives back what is put into it; null until it has been tried. */
let canvasIsTrue: boolean | null = null;

/**
 * Decodes whatever the browser can, or says why not; another browser may see other pixels. `check` throws for a size that
 * is not taken.
 */
export async function decodeByCanvas(
  blob: Blob,
  check: (width: number, height: number) => void,
): Promise<Pixels | 'canvas_changed' | 'damaged'> {
  canvasIsTrue ??= readsBack();
  if (!canvasIsTrue) return 'canvas_changed';
  const bitmap = await createImageBitmap(blob, BITMAP_OPTIONS).catch(() => null);
  if (!bitmap) return 'damaged';
  try {
    // The file may have claimed less than the decoder found in it.
    check(bitmap.width, bitmap.height);
    return pixelsOf(bitmap) ?? 'damaged';
  } finally {
    bitmap.close();
  }
}

function pixelsOf(bitmap: ImageBitmap): Pixels | null {
  const { width, height } = bitmap;
  const rgba = new Uint8Array(width * height * 4);
  const rows = Math.max(1, Math.min(height, Math.floor(STRIP_PIXELS / width)));
  const context = new OffscreenCanvas(width, rows).getContext('2d', { willReadFrequently: true });
  if (!context) return null;
  for (let top = 0; top < height; top += rows) {
    const here = Math.min(rows, height - top);
    context.clearRect(0, 0, width, rows);
    context.drawImage(bitmap, 0, top, width, here, 0, 0, width, here);
    rgba.set(context.getImageData(0, 0, width, here).data, top * width * 4);
  }
  return { width, height, rgba };
}

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
