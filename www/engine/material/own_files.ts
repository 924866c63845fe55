/**
 * Files of the reader's own, by themselves and in zips. Listing them unpacks nothing; none takes more room than the list
 * of its zip says it does.
 */

import type { TextEncoding } from '../encoding.js';
import { failure } from '../failure.js';
import type { DoubtfulNames, PlacedBlob } from '../protocol.js';
import { checkBytes } from './picture_decoder.js';
import { readZip, type ZipCode } from './zip.js';

/** Most bytes of a zip, and of the pictures in all zips once unpacked. */
const LARGEST_ZIP = 200_000_000;
const LARGEST_UNPACKED = 400_000_000;
/** Milliseconds between two words on how far the reading is. */
const EVENT_MS = 50;

/** Hears how much is read, of how much, and which file is next. */
export type ReadingListener = (file: string, loaded: number, total: number) => void;

/** A file that may be wanted. */
export interface OwnFile {
  path: string;
  size: number;
  /** The zip it lies in; null for one by itself. */
  zip: string | null;
  /** Hears how many bytes are unpacked. */
  read(onBytes?: (bytes: number) => void): Promise<Uint8Array<ArrayBuffer>>;
}

/** A listener that is told at most so often. */
export function paced(listener: ReadingListener): ReadingListener {
  let told = -Infinity;
  return (file, loaded, total) => {
    if (performance.now() - told < EVENT_MS) return;
    listener(file, loaded, total);
    told = performance.now();
  };
}

/**
 * The files by themselves, but for hidden ones, and all those in zips; and names in the first zip whose encoding is not
 * certain. Throws `code` for a zip that is too large or cannot be read.
 */
export async function listFiles(
  files: readonly PlacedBlob[],
  code: ZipCode,
  encoding?: TextEncoding,
): Promise<{ found: OwnFile[]; names: DoubtfulNames | null }> {
  const found: OwnFile[] = [];
  let names: DoubtfulNames | null = null;
  for (const { path, blob } of files) {
    if (isHidden(path)) continue;
    if (!/\.zip$/i.test(path)) {
      const read = async (): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await blob.arrayBuffer());
      found.push({ path, size: blob.size, zip: null, read });
      continue;
    }
    if (blob.size > LARGEST_ZIP) {
      const most = LARGEST_ZIP / 1e6;
      throw failure(code, `${path} is larger than ${most} MB.`, { file: path, reason: 'too_large', most });
    }
    const zip = await readZip(path, blob, encoding, code);
    names ??= zip.names;
    for (const entry of zip.entries) found.push({ ...entry, zip: path });
  }
  return { found, names };
}

/** The bytes of files that are all wanted at once, which are called `name` together. */
export async function unpackAll(
  name: string,
  files: readonly OwnFile[],
  onUnpacking: ReadingListener,
): Promise<Uint8Array<ArrayBuffer>[]> {
  const total = files.reduce((sum, { size }) => sum + size, 0);
  const tell = paced(onUnpacking);
  const contents: Uint8Array<ArrayBuffer>[] = [];
  let before = 0;
  for (const { path, size, read } of files) {
    const tellOfBytes = (bytes: number): void => tell(path, before + bytes, total);
    tellOfBytes(0);
    contents.push(await read(tellOfBytes));
    before += size;
  }
  onUnpacking(name, total, total);
  return contents;
}

/**
 * Throws `bad_picture` or `code` where pictures in zips take more room once unpacked than can be had, by what the zips
 * say. Files of a folder lie on the disk and need no room of ours.
 */
export function checkPictures(pictures: readonly OwnFile[], code: ZipCode): void {
  let unpacked = 0;
  for (const { path, size, zip } of pictures) {
    if (zip === null) continue;
    checkBytes(path, size);
    unpacked += size;
    if (unpacked <= LARGEST_UNPACKED) continue;
    const details = { file: zip, reason: 'unpacked_too_large', most: LARGEST_UNPACKED / 1e6 };
    throw failure(code, `${zip} is too large once unpacked.`, details);
  }
}

/** Whether systems put a file beside those of the reader: `.DS_Store`, `__MACOSX/`. */
export function isHidden(path: string): boolean {
  return path.split('/').some((part) => part.startsWith('.') || part === '__MACOSX');
}
