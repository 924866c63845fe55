/**
 * Pictures, ratings or sequences of the reader's own as the browser keeps them from one visit to the next, with the run that learns
 * from them. Their bytes are kept, not the files: those of a folder may be changed or gone by the next visit.
 */

import { encodingNamed, type TextEncoding } from '../../engine/encoding.js';
import { isRecord } from '../../engine/json.js';
import type { OwnData, OwnPictures, OwnRatings, OwnSequences } from '../../engine/protocol.js';
import { mayHoldPictures } from '../../kit/folder.js';

/** Data of the reader's own that are files. */
export type OwnFiles = OwnPictures | OwnRatings | OwnSequences;

/** Their kinds. */
export const FILE_KINDS: readonly OwnFiles['kind'][] = ['pictures', 'ratings', 'sequences'];

/** The files of a set as they were chosen; `key` names it among all that are kept. */
export interface KeptFiles {
  kind: OwnFiles['kind'];
  name: string;
  files: { path: string; bytes: Uint8Array<ArrayBuffer> }[];
  key: string;
  /** What names in zips are read in, where that was chosen. */
  encoding?: TextEncoding;
}

/** Which files a run learns from: enough to know them again. */
export interface FilesOfRun {
  kind: OwnFiles['kind'];
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

/** The set, where data are one. */
export function filesIn(own: OwnData | null): OwnFiles | null {
  return own === null || own.kind === 'table' ? null : own;
}

/** What a set is known by. */
export function filesOfRun(set: Pick<OwnFiles, 'kind' | 'name' | 'files'>, key: string | null): FilesOfRun {
  const { kind, name } = set;
  const files = neededOf(set);
  const bytes = files.reduce((sum, { blob }) => sum + blob.size, 0);
  return { kind, name, files: files.length, bytes, key: bytes <= MOST_KEPT_BYTES ? key : null };
}

/** The files of a set without what else lies in the folder of pictures; of other kinds no others are taken in. */
function neededOf({ kind, files }: Pick<OwnFiles, 'kind' | 'files'>): OwnFiles['files'] {
  return kind === 'pictures' ? files.filter(mayHoldPictures) : files;
}

/** Whether a set is, by all that is known of it, the one a run learned from. */
export function isSetOf({ kind, name, files, bytes }: FilesOfRun, own: OwnData | null): boolean {
  const set = filesIn(own);
  if (set?.kind !== kind) return false;
  const found = filesOfRun(set, null);
  return found.name === name && found.files === files && found.bytes === bytes;
}

/** The bytes of a set, or null where one of its files can no longer be read. */
export async function bytesOfFiles(set: OwnFiles, key: string): Promise<KeptFiles | null> {
  const { kind, name } = set;
  const encoding = set.kind === 'pictures' ? set.encoding : undefined;
  const read: KeptFiles['files'] = [];
  try {
    // One after the other: a folder may have thousands.
    for (const { path, blob } of neededOf(set))
      read.push({ path, bytes: new Uint8Array(await blob.arrayBuffer()) });
  } catch {
    return null;
  }
  return { kind, name, files: read, key, ...(encoding ? { encoding } : {}) };
}

/** A kept set, to be read like one that was just chosen. */
export function setOfKept({ kind, name, files, encoding }: KeptFiles): GivenFiles {
  const blobs = files.map(({ path, bytes }) => ({ path, blob: new Blob([bytes]) }));
  if (kind !== 'pictures') return { kind, name, files: blobs };
  return { kind, name, files: blobs, ...(encoding ? { encoding } : {}) };
}

/** A set before it has a key. */
type GivenFiles = Omit<OwnPictures, 'key'> | Omit<OwnRatings, 'key'> | Omit<OwnSequences, 'key'>;

/** A kept set as it was read, or null when it has not the form of one. The engine reads its files as those of a stranger. */
export function parseKeptFiles(value: unknown, kind: OwnFiles['kind'], key: string): KeptFiles | null {
  if (!isRecord(value)) return null;
  const { name, files, key: itsKey, encoding } = value;
  if (!isText(name) || itsKey !== key || !Array.isArray(files) || files.length > MOST_FILES) return null;
  if (!files.every(isFile)) return null;
  const bytes = files.reduce((sum, file) => sum + file.bytes.byteLength, 0);
  if (bytes > MOST_KEPT_BYTES) return null;
  const chosen = typeof encoding === 'string' ? encodingNamed(encoding) : null;
  return { kind, name, files, key, ...(chosen ? { encoding: chosen } : {}) };
}

/** Which files a run learned from, by a value from the store; null when it has not the form of it. */
export function parseFilesOfRun(value: unknown): FilesOfRun | null {
  if (!isRecord(value)) return null;
  // Before there were others, they were pictures.
  const { kind: named = 'pictures', name, files, bytes, key } = value;
  const kind = FILE_KINDS.find((known) => known === named);
  if (!kind) return null;
  if (!isText(name) || !isCount(files) || !isCount(bytes) || (key !== null && !isText(key))) return null;
  return { kind, name, files, bytes, key };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function isFile(value: unknown): value is KeptFiles['files'][number] {
  if (!isRecord(value)) return false;
  const { path, bytes } = value;
  return isText(path) && bytes instanceof Uint8Array;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LONGEST_TEXT;
}
