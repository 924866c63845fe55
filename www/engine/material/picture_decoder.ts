/**
 * Pixels of a picture file. PNG and JPEG are decoded by the module `pictures`, which is loaded with the first of them: the
 * same bytes in every browser. WebP is left to the browser.
 */

import { failure } from '../failure.js';
import type { EngineFailure } from '../protocol.js';
import type { PicturesModule } from '../wasm.js';
import { decodeByCanvas, type Pixels } from './canvas.js';
import { otherFormatOf } from './other_formats.js';
import { webpHeader } from './webp_header.js';

/** A picture in pixels, and whether the browser has decoded it: in another one they may differ. */
export interface DecodedPicture extends Pixels {
  byBrowser: boolean;
}

/**
 * Decodes a PNG, JPEG or WebP; `file` names it in errors. Where a `side` is given, a picture may come resized to that width
 * and height, as the engine would do it.
 *
 * Throws `bad_picture`: `heic`, `other_format`, `not_a_picture`, `too_large`, `too_many_pixels`, `damaged`, `rare_jpeg`,
 * `canvas_changed`; and what loading a module throws.
 */
export type DecodePicture = (file: string, blob: Blob, side?: number) => Promise<DecodedPicture>;

/** Most bytes of a picture file. */
const LARGEST_PICTURE = 50_000_000;
/** Most pixels of a picture. */
export const MOST_PIXELS = 40_000_000;

/** How PNG and JPEG begin. */
const SIGNATURES = [
  [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  [0xff, 0xd8, 0xff],
];

/** A decoder; `load` loads the module, now or before. */
export function pictureDecoder(load: () => Promise<PicturesModule>): DecodePicture {
  return async (file, blob, side) => {
    checkBytes(file, blob.size);
    const bytes = new Uint8Array(await blob.arrayBuffer());
    if (SIGNATURES.some((signature) => signature.every((byte, at) => bytes[at] === byte))) {
      const picture = (await load()).DecodedPicture.decode(file, bytes, side);
      const { width, height } = picture;
      return { width, height, rgba: picture.into_rgba(), byBrowser: false };
    }
    const header = webpHeader(bytes);
    if (!header) throw notRead(file, otherFormatOf(bytes));
    const check = (width: number, height: number): void => checkPixels(file, width, height);
    check(header.width, header.height);
    if (!header.complete || header.width * header.height === 0) throw badPicture(file, 'damaged');
    const pixels = await decodeByCanvas(blob, check);
    if (typeof pixels === 'string') throw badPicture(file, pixels);
    return { ...pixels, byBrowser: true };
  };
}

/** The refusal of a file that is not read here, with its format where that is known, and how many there are like it. */
export function notRead(file: string, format: string | null, found = 1): EngineFailure {
  if (format === null) return badPicture(file, 'not_a_picture');
  return badPicture(file, format === 'HEIC' ? 'heic' : 'other_format', { format, found });
}

/** Throws `bad_picture` where a file has more bytes than can be taken. */
export function checkBytes(file: string, size: number): void {
  if (size > LARGEST_PICTURE) throw badPicture(file, 'too_large', { most: LARGEST_PICTURE / 1e6 });
}

/** Throws `bad_picture` where a picture has more pixels than can be taken. */
export function checkPixels(file: string, width: number, height: number): void {
  if (width * height <= MOST_PIXELS) return;
  throw badPicture(file, 'too_many_pixels', { width, height, most: MOST_PIXELS / 1e6 });
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
