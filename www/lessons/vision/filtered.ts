/** What the worker answers to `inspect('filter')`, ready to be drawn and to be asked about single pixels. */

import type { PictureInput } from '../../engine/protocol.js';
import type { Filter, Orientation } from './filters.js';
import { decodeBase64, imageOfBytes, type PictureData } from '../../kit/picture_data.js';
import type { LabSession } from '../../lab/session.js';

/** A pixel, counted from 0. */
export interface Place {
  row: number;
  column: number;
}

/** A filter as it is laid on a picture. */
export interface FilterQuestion {
  filter: Filter;
  weight: number;
  orientation: Orientation;
}

/** The answer of the worker. */
interface FilterAnswer {
  original: PictureData;
  output: PictureData;
  pooled: PictureData;
  sums: { output: number; pooled: number };
  md5: { output: string; pooled: string };
}

/** The answer with its question. */
export interface Filtered {
  question: FilterQuestion;
  original: ImageData;
  output: ImageData;
  pooled: ImageData;
  /** The grey bytes of the original, row by row. */
  pixels: Uint8Array;
  /** Those of the output. */
  results: Uint8Array;
  sums: FilterAnswer['sums'];
  md5: FilterAnswer['md5'];
}

/** Lays a filter on the lesson's picture, or on one of the reader's. Rejects with `bad_picture` for one it cannot read. */
export async function askForFilter(
  session: LabSession,
  question: FilterQuestion,
  pictures: PictureInput[],
): Promise<Filtered> {
  const { filter, weight, orientation } = question;
  const options = { filter: [...filter], weight, orientation, pool: true };
  const given = pictures.length > 0 ? { pictures } : {};
  const answer = session.request('inspect', { what: 'filter', options, ...given }) as Promise<unknown>;
  const { original, output, pooled, sums, md5 } = (await answer) as FilterAnswer;
  const [pixels, results] = [decodeBase64(original.pixels), decodeBase64(output.pixels)];
  return {
    question,
    original: imageOfBytes(original.width, original.height, 1, pixels),
    output: imageOfBytes(output.width, output.height, 1, results),
    pooled: imageOfBytes(pooled.width, pooled.height, 1, decodeBase64(pooled.pixels)),
    pixels,
    results,
    sums,
    md5,
  };
}

/** The pixel of a picture under the pointer, the nearest where it is just outside. */
export function pixelAt(event: PointerEvent, { width, height }: { width: number; height: number }): Place {
  const box = (event.currentTarget as Element).getBoundingClientRect();
  const within = (share: number, side: number): number =>
    Math.min(side - 1, Math.max(0, Math.floor(share * side)));
  return {
    row: within((event.clientY - box.top) / box.height, height),
    column: within((event.clientX - box.left) / box.width, width),
  };
}
