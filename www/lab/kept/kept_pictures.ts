/**
 * Pictures of the reader's own as the browser keeps them from one visit to the next, with the run that learns from
 * them. Their bytes are kept, not the files: those of a folder may be changed or gone by the next visit.
 */

import { encodingNamed, type TextEncoding } from '../../engine/encoding.js';
import { isRecord } from '../../engine/json.js';
import type { OwnData, OwnPictures } from '../../engine/protocol.js';
import { mayHoldPictures } from '../../kit/folder.js';

/** The files of a set as they were chosen; `key` names it among all that are kept. */
export interface KeptPictures {
  name: string;
  files: { path: string; bytes: Uint8Array<ArrayBuffer> }[];
  key: string;
  /** What names in zips are read in, where that was chosen. */
  encoding?: TextEncoding;
}

/** Which pictures a run learns from: enough to know them again. */
export interface PicturesOfRun {
  name: string;
  files: number;
  bytes: number;
  /** The key they are kept under; null where they are not kept. */
  key: string | null;
}

/** Bytes of all files of a set up to which it is kept. */
export const MOST_KEPT_BYTES = 50_000_000;

const LONGEST_TEXT = 1000;
const MOST_FILES = 20_000;

/** What a set is known by. */
export function picturesOfRun(
  { name, files }: Pick<OwnPictures, 'name' | 'files'>,
  key: string | null,
): PicturesOfRun {
  const pictures = files.filter(mayHoldPictures);
  const bytes = pictures.reduce((sum, { blob }) => sum + blob.size, 0);
  return { name, files: pictures.length, bytes, key: bytes <= MOST_KEPT_BYTES ? key : null };
}

/** Whether a set is, by all that is known of it, the one a run learned from. */
export function isSetOf({ name, files, bytes }: PicturesOfRun, set: OwnData | null): boolean {
  if (set?.kind !== 'pictures') return false;
  const found = picturesOfRun(set, null);
  return found.name === name && found.files === files && found.bytes === bytes;
}

/** The bytes of a set without what else lies in its folder, or null where one of its files can no longer be read. */
export async function bytesOfPictures(
  { name, files, encoding }: OwnPictures,
  key: string,
): Promise<KeptPictures | null> {
  const read: KeptPictures['files'] = [];
  try {
    // One after the other: a folder may have thousands.
    for (const { path, blob } of files.filter(mayHoldPictures))
      read.push({ path, bytes: new Uint8Array(await blob.arrayBuffer()) });
  } catch {
    return null;
  }
  return { name, files: read, key, ...(encoding ? { encoding } : {}) };
}

/** The files of a kept set, to be read like those of a folder. */
export function filesOfKept({ files }: KeptPictures): OwnPictures['files'] {
  return files.map(({ path, bytes }) => ({ path, blob: new Blob([bytes]) }));
}

/** A kept set as it was read, or null when it has not the form of one. The engine reads its files as those of a stranger. */
export function parseKeptPictures(value: unknown, key: string): KeptPictures | null {
  if (!isRecord(value)) return null;
  const { name, files, key: itsKey, encoding } = value;
  if (!isText(name) || itsKey !== key || !Array.isArray(files) || files.length > MOST_FILES) return null;
  if (!files.every(isFile)) return null;
  const bytes = files.reduce((sum, file) => sum + file.bytes.byteLength, 0);
  if (bytes > MOST_KEPT_BYTES) return null;
  const chosen = typeof encoding === 'string' ? encodingNamed(encoding) : null;
  return { name, files, key, ...(chosen ? { encoding: chosen } : {}) };
}

/** Whether a value from the store says which pictures a run learned from. */
export function isPicturesOfRun(value: unknown): value is PicturesOfRun {
  if (!isRecord(value)) return false;
  const { name, files, bytes, key } = value;
  return (
    isText(name) &&
    Number.isSafeInteger(files) &&
    Number.isSafeInteger(bytes) &&
    (key === null || isText(key))
  );
}

function isFile(value: unknown): value is KeptPictures['files'][number] {
  if (!isRecord(value)) return false;
  const { path, bytes } = value;
  return isText(path) && bytes instanceof Uint8Array;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LONGEST_TEXT;
}
