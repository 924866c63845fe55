/** What the worker answers to `inspect('filter')`, ready to be drawn and to be asked about single pixels. */

import type { PictureInput } from '../../engine/protocol.js';
import type { FilterOptions, OfOutput, Orientation } from '../../generated/vision.js';
import type { Filter } from './filters.js';
import { decodeBase64, imageOfBytes } from '../../kit/picture_data.js';
import type { LabSession } from '../../lab/session.js';
import { listenerOf } from '../../kit/events.js';

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

/** Something about the output and the pooled output. */
type Sums<T> = { output: T; pooled: T };

/** The answer with its question. */
export interface Filtered {
  question: FilterQuestion;
  original: ImageData;
  output: ImageData;
  /** Half as wide and high. */
  pooled: ImageData;
  /** The grey bytes of the original, row by row. */
  pixels: Uint8Array;
  /** Those of the output. */
  results: Uint8Array;
  sums: Sums<number>;
  md5: Sums<string>;
}

/** Lays a filter on the lesson's picture, or on one of the reader's. Rejects with `bad_picture` for one it cannot read. */
export async function askForFilter(
  session: LabSession,
  question: FilterQuestion,
  pictures: PictureInput[],
): Promise<Filtered> {
  const { filter, weight, orientation } = question;
  const options: FilterOptions = { filter: [...filter], weight, orientation, pool: true };
  const { original, output, pooled, sums, md5 } = await session.inspect(
    'vision',
    'filter',
    options,
    pictures,
  );
  if (!pooled) throw new Error('The output was not pooled.');
  const [pixels, results] = [decodeBase64(original.pixels), decodeBase64(output.pixels)];
  return {
    question,
    original: imageOfBytes(original.width, original.height, 1, pixels),
    output: imageOfBytes(output.width, output.height, 1, results),
    pooled: imageOfBytes(pooled.width, pooled.height, 1, decodeBase64(pooled.pixels)),
    pixels,
    results,
    sums: whole(sums),
    md5: whole(md5),
  };
}

function whole<T>({ output, pooled }: OfOutput<T>): Sums<T> {
  if (pooled === null) throw new Error('The pooled output has no sum.');
  return { output, pooled };
}

/** The pixel of a picture under the pointer, the nearest where it is just outside. */
export function pixelAt(event: PointerEvent, { width, height }: { width: number; height: number }): Place {
  const box = listenerOf(event).getBoundingClientRect();
  const within = (share: number, side: number): number =>
    Math.min(side - 1, Math.max(0, Math.floor(share * side)));
  return {
    row: within((event.clientY - box.top) / box.height, height),
    column: within((event.clientX - box.left) / box.width, width),
  };
}
