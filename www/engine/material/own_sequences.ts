/**
 * Sequences of the reader's own, out of a folder or zips: tables, vectors and pictures of items. What is what, only the
 * engine knows; one picture after the other is unpacked and decoded, and none that is of no item.
 */

import type { OwnSequences } from '../protocol.js';
import { decodeText } from '../text.js';
import type { EngineModule, EngineOwn, EngineSequences } from '../wasm.js';
import {
  checkPictures,
  isHidden,
  listFiles,
  paced,
  unpackAll,
  type OwnFile,
  type ReadingListener,
} from './own_files.js';
import { refuseOthers } from './own_pictures.js';
import type { DecodePicture } from './picture_decoder.js';

/** Who hears how far the reading is. */
export interface SequencesListeners {
  onUnpacking: ReadingListener;
  onReading: ReadingListener;
}

/**
 * Reads sequences into a module; gives them, and how many pictures the browser has decoded.
 *
 * Throws `bad_sequences`, `bad_table`, `bad_picture`, and `unknown_file` where the lesson takes none.
 */
export async function readSequences(
  module: EngineModule,
  lesson: string,
  { name, files }: OwnSequences,
  decode: DecodePicture,
  { onUnpacking, onReading }: SequencesListeners,
): Promise<{ handle: EngineOwn; byBrowser: number }> {
  const found = (await listFiles(files, 'bad_sequences')).found.filter(({ path }) => !isHidden(path));
  const sizes = Float64Array.from(found, ({ size }) => size);
  const picked = module.EngineOwn.pick_sequences(lesson, name, pathsOf(found), sizes);
  const at = (places: readonly number[]): OwnFile[] => places.map((place) => found[place]!);
  const [tables, pictures] = [at(picked.tables), at(picked.pictures)];
  refuseOthers(pathsOf(pictures), pathsOf(found));
  const contents = await unpackAll(name, tables, onUnpacking);
  const texts = contents.map((bytes, table) => inUtf8(tables[table]!.path, bytes));
  const reading = module.EngineOwn.sequences(lesson, name, pathsOf(tables), texts);
  let byBrowser = 0;
  try {
    for (const file of at(picked.vectors)) {
      const [bytes] = await unpackAll(name, [file], onUnpacking);
      reading.add_vectors(file.path, bytes!);
    }
    byBrowser = await addPictures(
      reading,
      name,
      pictures,
      (path, blob) => decode(path, blob, picked.side),
      onReading,
    );
  } catch (thrown) {
    reading.free();
    throw thrown;
  }
  return { handle: reading.finish(), byBrowser };
}

/** Adds the pictures that are of an item; gives how many of them the browser has decoded. */
async function addPictures(
  reading: EngineSequences,
  name: string,
  pictures: readonly OwnFile[],
  decode: DecodePicture,
  onReading: ReadingListener,
): Promise<number> {
  const wanted = [...reading.pick_pictures(pathsOf(pictures))].map((place) => pictures[place]!);
  checkPictures(wanted, 'bad_sequences');
  const tell = paced(onReading);
  let byBrowser = 0;
  for (const [index, { path, read }] of wanted.entries()) {
    tell(path, index, wanted.length);
    const picture = await decode(path, new Blob([await read()]));
    if (picture.byBrowser) byBrowser += 1;
    reading.add_picture(path, picture.width, picture.height, picture.rgba);
  }
  if (wanted.length > 0) onReading(name, wanted.length, wanted.length);
  return byBrowser;
}

/** A table in UTF-8; one in no encoding known here as it is, for it may be none of those that are needed. */
function inUtf8(path: string, bytes: Uint8Array): Uint8Array {
  try {
    return decodeText(path, bytes).bytes;
  } catch {
    return bytes;
  }
}

function pathsOf(files: readonly OwnFile[]): string[] {
  return files.map(({ path }) => path);
}
