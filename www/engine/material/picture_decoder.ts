/** Pixels of a picture file, by the browser's own decoders, under limits that hold before they begin. */

import { failure } from '../failure.js';
import { readsBack } from './canvas.js';
import { otherFormatOf } from './other_formats.js';
import { pictureHeader } from './picture_header.js';
import type { EngineFailure } from '../protocol.js';

/** Red, green, blue and opacity of each pixel, row by row. */
export interface DecodedPicture {
  width: number;
  height: number;
  rgba: Uint8Array;
}

/** Most bytes of a picture file. */
const LARGEST_PICTURE = 50_000_000;
/** Most pixels of a picture. */
export const MOST_PIXELS = 40_000_000;

/** Pixels that go through the canvas at once: phones allow no canvas as large as the pictures they take. */
const STRIP_PIXELS = 4_000_000;

/** The bytes as they stand in the file. */
const BITMAP_OPTIONS: ImageBitmapOptions = { colorSpaceConversion: 'none', premultiplyAlpha: 'none' };

/**
 * Decodes a PNG, JPEG or WebP; `file` names it in errors.
 *
 * Throws `bad_picture`: `heic`, `other_format`, `not_a_picture`, `too_large`, `too_many_pixels`, `damaged`, `canvas_changed`.
 */
export async function decodePicture(file: string, blob: Blob): Promise<DecodedPicture> {
  checkBytes(file, blob.size);
  const bytes = new Uint8Array(await blob.arrayBuffer());
  const header = pictureHeader(bytes);
  if (!header) throw notRead(file, otherFormatOf(bytes));
  checkPixels(file, header.width, header.height);
  if (!header.complete || header.width * header.height === 0) throw badPicture(file, 'damaged');
  canvasIsTrue ??= readsBack();
  if (!canvasIsTrue) throw badPicture(file, 'canvas_changed');
  const bitmap = await createImageBitmap(blob, BITMAP_OPTIONS).catch(() => {
    throw badPicture(file, 'damaged');
  });
  try {
    // The file may have claimed less than the decoder found in it.
    checkPixels(file, bitmap.width, bitmap.height);
    return { width: bitmap.width, height: bitmap.height, rgba: pixelsOf(file, bitmap) };
  } finally {
    bitmap.close();
  }
}

/** The refusal of a file that is not read here, with its format where that is known, and how many there are like it. */
export function notRead(file: string, format: string | null, found = 1): EngineFailure {
  if (format === null) return badPicture(file, 'not_a_picture');
  return badPicture(file, format === 'HEIC' ? 'heic' : 'other_format', { format, found });
}

/** Whether a canvas gives back what is put into it; null until it has been tried. */
let canvasIsTrue: boolean | null = null;

/** Throws `bad_picture` where a file has more bytes than can be taken. */
export function checkBytes(file: string, size: number): void {
  if (size > LARGEST_PICTURE) throw badPicture(file, 'too_large', { most: LARGEST_PICTURE / 1e6 });
}

/** Throws `bad_picture` where a picture has more pixels than can be taken. */
export function checkPixels(file: string, width: number, height: number): void {
  if (width * height <= MOST_PIXELS) return;
  throw badPicture(file, 'too_many_pixels', { width, height, most: MOST_PIXELS / 1e6 });
}

function pixelsOf(file: string, bitmap: ImageBitmap): Uint8Array {
  const { width, height } = bitmap;
  const rgba = new Uint8Array(width * height * 4);
  const rows = Math.max(1, Math.min(height, Math.floor(STRIP_PIXELS / width)));
  const context = new OffscreenCanvas(width, rows).getContext('2d', { willReadFrequently: true });
  if (!context) throw badPicture(file, 'damaged');
  for (let top = 0; top < height; top += rows) {
    const here = Math.min(rows, height - top);
    context.clearRect(0, 0, width, rows);
    context.drawImage(bitmap, 0, top, width, here, 0, 0, width, here);
    rgba.set(context.getImageData(0, 0, width, here).data, top * width * 4);
  }
  return rgba;
}

const MESSAGES = {
  heic: 'is a HEIC photo, which is not read here; JPEG is',
  other_format: 'is in a format that is not read here; JPEG, PNG and WebP are',
  not_a_picture: 'is neither PNG nor JPEG nor WebP',
  too_large: 'is larger than a picture file may be',
  too_many_pixels: 'has more pixels than can be taken',
  damaged: 'is damaged or breaks off',
  canvas_changed: 'cannot be read: this browser changes the pixels that pages read',
} as const;

function badPicture(
  file: string,
  reason: keyof typeof MESSAGES,
  details: EngineFailure['details'] = {},
): EngineFailure {
  return failure('bad_picture', `${file} ${MESSAGES[reason]}.`, { file, reason, ...details });
}
