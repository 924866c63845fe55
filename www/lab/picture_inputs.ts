/** Pictures as a host page hands them over: one or several, as files or as pixels. */

import type { PictureInput } from '../engine/protocol.js';

/** A picture. */
export type PictureLike = Blob | ImageData;
/** A picture or several. */
export type PictureSource = PictureLike | readonly PictureLike[] | FileList;

/** The pictures of what was handed over, named for errors; null for anything else. */
export function pictureInputs(given: unknown): PictureInput[] | null {
  const pictures = isPicture(given) ? [given] : listOf(given);
  if (!pictures || pictures.length === 0 || !pictures.every(isPicture)) return null;
  return pictures.map((picture, index) => {
    const name = picture instanceof File ? picture.name : `${index + 1}`;
    return picture instanceof Blob ? { name, blob: picture } : { name, image: picture };
  });
}

function isPicture(given: unknown): given is PictureLike {
  return given instanceof Blob || given instanceof ImageData;
}

function listOf(given: unknown): unknown[] | null {
  return Array.isArray(given) || given instanceof FileList ? [...given] : null;
}
