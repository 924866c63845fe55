/**
 * Pictures of the reader's own, out of a folder or of zips. One picture after the other is unpacked and decoded, so
 * that the many need no more room on the way than the largest of them.
 */

import { failure } from '../failure.js';
import { otherFormatByName } from './other_formats.js';
import {
  checkPictures,
  isHidden,
  listFiles,
  paced,
  type OwnFile,
  type ReadingListener,
} from './own_files.js';
import { notRead, type DecodePicture } from './picture_decoder.js';
import type { DoubtfulNames, OwnPictures } from '../protocol.js';
import type { EngineOwn } from '../wasm.js';

/** The pictures of a set by their names, and how many other files were left out. */
export interface PictureList {
  name: string;
  found: OwnFile[];
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
  const tell = paced(onReading);
  let byBrowser = 0;
  for (const [index, { path, read }] of found.entries()) {
    tell(path, index, found.length);
    const picture = await decode(path, new Blob([await read()]), side);
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
  const all = await listFiles(files, 'bad_pictures', encoding);
  const unsafe = all.found.find(({ path }) => isUnsafe(path));
  if (unsafe) {
    const file = unsafe.zip ?? unsafe.path;
    const message = `${file} holds a file whose path leads out of the folder.`;
    throw failure('bad_pictures', message, { file, reason: 'unsafe_path', path: unsafe.path });
  }
  const shown = all.found.filter(({ path }) => !isHidden(path));
  const found = shown.filter(({ path }) => /\.(png|jpe?g|webp)$/i.test(path));
  checkPictures(found, 'bad_pictures');
  const paths = (list: readonly OwnFile[]): string[] => list.map(({ path }) => path);
  refuseOthers(paths(found), paths(shown));
  // The same pictures give the same run, in whatever order a system lists them.
  found.sort((one, other) => (one.path < other.path ? -1 : 1));
  return { name, found, ignored: shown.length - found.length, names: all.names };
}

/**
 * Photos that cannot be read are not left out without a word: half a class would be missing. A raw photo beside the JPEG
 * that the camera made of it is not missed.
 */
export function refuseOthers(pictures: readonly string[], all: readonly string[]): void {
  const read = new Set(pictures.map(withoutEnding));
  const isMissed = (path: string): boolean =>
    otherFormatByName(path) !== null && !read.has(withoutEnding(path));
  const missed = all.filter(isMissed).sort();
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
