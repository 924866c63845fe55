/**
 * Pictures of the reader's own, out of a folder or of zips. One picture after the other is unpacked and decoded, so
 * that the many need no more room on the way than the largest of them.
 */

import { failure } from '../failure.js';
import { otherFormatByName } from './other_formats.js';
import { checkBytes, notRead, type DecodePicture } from './picture_decoder.js';
import type { DoubtfulNames, EngineFailure, OwnPictures } from '../protocol.js';
import type { EngineOwn } from '../wasm.js';
import { readZip } from './zip.js';

/** Most bytes of a zip, and of the pictures in all zips once unpacked. */
const LARGEST_ZIP = 200_000_000;
const LARGEST_UNPACKED = 400_000_000;
/** Milliseconds between two words on how far the reading is. */
const EVENT_MS = 50;

/** Hears how many pictures are read, of how many, and which is next. */
export type ReadingListener = (file: string, loaded: number, total: number) => void;

/** A picture not yet read. */
interface Found {
  path: string;
  read(): Promise<Blob>;
}

/** The pictures of a set by their names, and how many other files were left out. */
export interface PictureList {
  name: string;
  found: Found[];
  ignored: number;
  /** Names in the first zip whose encoding is not certain. */
  names: DoubtfulNames | null;
}

/**
 * Reads all pictures of a list into a handle, at one size and with some held out; gives how many of them the browser has
 * decoded.
 *
 * Throws `bad_picture` and `bad_pictures`.
 */
export async function readPictures(
  handle: EngineOwn,
  { name, found }: PictureList,
  { side, seed }: { side: number; seed: number },
  decode: DecodePicture,
  onReading: ReadingListener,
): Promise<number> {
  handle.begin_pictures(side, seed);
  let told = -Infinity;
  let byBrowser = 0;
  for (const [index, { path, read }] of found.entries()) {
    if (performance.now() - told >= EVENT_MS) {
      onReading(path, index, found.length);
      told = performance.now();
    }
    const picture = await decode(path, await read(), side);
    if (picture.byBrowser) byBrowser += 1;
    handle.add_picture(path, picture.width, picture.height, picture.rgba);
  }
  onReading(name, found.length, found.length);
  handle.finish_pictures();
  return byBrowser;
}

/**
 * The pictures of a set by their names; nothing is unpacked yet.
 *
 * Throws `bad_pictures`, and `bad_picture` for photos of a format that is not read here.
 */
export async function listPictures({ name, files, encoding }: OwnPictures): Promise<PictureList> {
  const found: Found[] = [];
  let ignored = 0;
  let unpacked = 0;
  let names: DoubtfulNames | null = null;
  const others: string[] = [];
  const take = (file: string, path: string, size: number, read: () => Promise<Blob>): void => {
    if (isUnsafe(path)) throw badPictures(file, 'unsafe_path', { path });
    if (isHidden(path)) return;
    if (!/\.(png|jpe?g|webp)$/i.test(path)) {
      ignored += 1;
      if (otherFormatByName(path)) others.push(path);
      return;
    }
    checkBytes(path, size);
    unpacked += size;
    if (unpacked > LARGEST_UNPACKED) {
      throw badPictures(file, 'unpacked_too_large', { most: LARGEST_UNPACKED / 1e6 });
    }
    found.push({ path, read });
  };
  for (const { path, blob } of files) {
    if (isHidden(path)) continue;
    if (/\.zip$/i.test(path)) {
      if (blob.size > LARGEST_ZIP) throw badPictures(path, 'too_large', { most: LARGEST_ZIP / 1e6 });
      const zip = await readZip(path, blob, encoding);
      names ??= zip.names;
      for (const entry of zip.entries)
        take(path, entry.path, entry.size, async () => new Blob([await entry.read()]));
    } else {
      // Files of a folder lie on the disk and need no room of ours.
      take(path, path, 0, () => Promise.resolve(blob));
    }
  }
  refuseOthers(found, others);
  // The same pictures give the same run, in whatever order a system lists them.
  found.sort((one, other) => (one.path < other.path ? -1 : 1));
  return { name, found, ignored, names };
}

/**
 * Photos that cannot be read are not left out without a word: half a class would be missing. A raw photo beside the JPEG
 * that the camera made of it is not missed.
 */
function refuseOthers(found: readonly Found[], others: readonly string[]): void {
  const read = new Set(found.map(({ path }) => withoutEnding(path)));
  const missed = others.filter((path) => !read.has(withoutEnding(path))).sort();
  const [first] = missed;
  if (first === undefined) return;
  const format = otherFormatByName(first);
  throw notRead(first, format, missed.filter((path) => otherFormatByName(path) === format).length);
}

function withoutEnding(path: string): string {
  return path.replace(/\.[^./]*$/, '').toLowerCase();
}

/** Whether a path may lead out of its folder on one system or another. */
function isUnsafe(path: string): boolean {
  return /[\\\0]|^\/|^[a-z]:/i.test(path) || path.split('/').includes('..');
}

/** What systems put beside the files: `.DS_Store`, `__MACOSX/`. */
function isHidden(path: string): boolean {
  return path.split('/').some((part) => part.startsWith('.') || part === '__MACOSX');
}

const MESSAGES = {
  unsafe_path: 'holds a file whose path leads out of the folder',
  too_large: 'is larger than a zip may be',
  unpacked_too_large: 'is too large once unpacked',
} as const;

function badPictures(
  file: string,
  reason: keyof typeof MESSAGES,
  details: EngineFailure['details'] = {},
): EngineFailure {
  return failure('bad_pictures', `${file} ${MESSAGES[reason]}.`, { file, reason, ...details });
}
