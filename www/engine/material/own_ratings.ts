/** Ratings of the reader's own, out of a zip or as single files: which of them hold the ratings, only the engine knows. */

import type { OwnRatings } from '../protocol.js';
import type { EngineModule, EngineOwn } from '../wasm.js';
import { listFiles, unpackAll, type ReadingListener } from './own_files.js';

/**
 * Reads ratings into a module. Only the files that the engine picks are unpacked.
 *
 * Throws `bad_ratings`, `missing_file`, and `unknown_file` where the lesson takes none.
 */
export async function readRatings(
  module: EngineModule,
  lesson: string,
  { name, files }: OwnRatings,
  onUnpacking: ReadingListener,
): Promise<EngineOwn> {
  const { found } = await listFiles(files, 'bad_ratings');
  const paths = found.map(({ path }) => path);
  const sizes = Float64Array.from(found, ({ size }) => size);
  const picked = [...module.EngineOwn.pick_ratings(lesson, name, paths, sizes)].map((at) => found[at]!);
  const contents = await unpackAll(name, picked, onUnpacking);
  const pickedPaths = picked.map(({ path }) => path);
  return module.EngineOwn.ratings(lesson, name, pickedPaths, contents);
}
