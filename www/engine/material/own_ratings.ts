/** Ratings of the reader's own, out of a zip or as single files: which of them hold the ratings, only the engine knows. */

import { failure } from '../failure.js';
import type { OwnRatings } from '../protocol.js';
import type { EngineModule, EngineOwn } from '../wasm.js';
import type { ReadingListener } from './own_pictures.js';
import { zipEntries } from './zip.js';

/** Most bytes of a zip: the published ones have six million. */
const LARGEST_ZIP = 200_000_000;
/** Milliseconds between two words on how far the unpacking is. */
const EVENT_MS = 50;

/** A file that may be one of a table. */
interface Found {
  path: string;
  size: number;
  read(onBytes: (bytes: number) => void): Promise<Uint8Array>;
}

/**
 * Reads ratings into a module. Only the files that the engine picks are unpacked; none takes more room than the list of its
 * zip says it does.
 *
 * Throws `bad_ratings`, `missing_file`, and `unknown_file` where the lesson takes none.
 */
export async function readRatings(
  module: EngineModule,
  lesson: string,
  { name, files }: OwnRatings,
  onUnpacking: ReadingListener,
): Promise<EngineOwn> {
  const found = await listFiles(files);
  const paths = found.map(({ path }) => path);
  const sizes = Float64Array.from(found, ({ size }) => size);
  const picked = [...module.EngineOwn.pick_ratings(lesson, name, paths, sizes)].map((at) => found[at]!);
  const total = picked.reduce((sum, { size }) => sum + size, 0);
  const contents: Uint8Array[] = [];
  let before = 0;
  let told = -Infinity;
  for (const { path, size, read } of picked) {
    const tell = (bytes: number): void => {
      if (performance.now() - told < EVENT_MS) return;
      onUnpacking(path, before + bytes, total);
      told = performance.now();
    };
    tell(0);
    contents.push(await read(tell));
    before += size;
  }
  onUnpacking(name, total, total);
  const pickedPaths = picked.map(({ path }) => path);
  return module.EngineOwn.ratings(lesson, name, pickedPaths, contents);
}

/** The files by themselves and in zips; nothing is unpacked yet. */
async function listFiles(files: OwnRatings['files']): Promise<Found[]> {
  const found: Found[] = [];
  for (const { path, blob } of files) {
    if (!/\.zip$/i.test(path)) {
      const read = async (): Promise<Uint8Array> => new Uint8Array(await blob.arrayBuffer());
      found.push({ path, size: blob.size, read });
      continue;
    }
    if (blob.size > LARGEST_ZIP) {
      const most = LARGEST_ZIP / 1e6;
      const details = { file: path, reason: 'too_large', most };
      throw failure('bad_ratings', `${path} is larger than ${most} MB.`, details);
    }
    found.push(...(await zipEntries(path, blob, 'bad_ratings')));
  }
  return found;
}
