/**
 * Pictures of the reader's own, out of a folder or of zips, in the memory of a module: read once and used by every lab
 * that wants them in the same size. One picture after the other is unpacked and decoded, so that the many need no
 * more room on the way than the largest of them.
 */

import { failure } from '../failure.js';
import { checkBytes, decodePicture } from './picture_decoder.js';
import type { EngineFailure, OwnPictures } from '../protocol.js';
import type { EngineModule, EnginePictures, Needs } from '../wasm.js';
import { zipEntries } from './zip.js';

/** Most pictures of one set. */
const MOST_PICTURES = 5000;
/** Most bytes of a zip, and of the pictures in all zips once unpacked. */
const LARGEST_ZIP = 200_000_000;
const LARGEST_UNPACKED = 400_000_000;
/** Milliseconds between two words on how far the reading is. */
const EVENT_MS = 50;

/** Hears how many pictures are read, of how many, and which is next. */
export type ReadingListener = (file: string, loaded: number, total: number) => void;

/** How many pictures a set has, and how many other files were left out. */
export interface PictureCount {
  pictures: number;
  ignored: number;
}

/** A picture not yet read. */
interface Found {
  path: string;
  read(): Promise<Blob>;
}

/** What a set was read as. */
interface ReadSet extends PictureCount {
  name: string;
  handle: EnginePictures;
}

/** The set read last, module by module. */
export class OwnPictureSets {
  private readonly read = new Map<EngineModule, ReadSet>();

  constructor(private readonly onReading: ReadingListener) {}

  /**
   * The set in the memory of a module, at the size and with the parting that are needed; null where none is.
   *
   * Throws `bad_picture` and `bad_pictures`; the set before is kept then.
   */
  async inModule(
    module: EngineModule,
    own: OwnPictures | null | undefined,
    { picture_side: side, seed }: Needs,
  ): Promise<(PictureCount & { handle: EnginePictures }) | null> {
    if (!own || side === null) return null;
    const name = `${own.key} ${side} ${seed}`;
    const known = this.read.get(module);
    if (known?.name === name) return known;
    const read = { name, ...(await this.readSet(module, own, side, seed)) };
    known?.handle.free();
    this.read.set(module, read);
    return read;
  }

  /** Gives the memory back: the reader learns from other data. */
  release(): void {
    for (const { handle } of this.read.values()) handle.free();
    this.read.clear();
  }

  private async readSet(
    module: EngineModule,
    own: OwnPictures,
    side: number,
    seed: number,
  ): Promise<Omit<ReadSet, 'name'>> {
    const { found, ignored } = await list(own);
    const handle = module.EnginePictures.begin(own.name, side);
    let told = -Infinity;
    try {
      for (const [index, { path, read }] of found.entries()) {
        if (performance.now() - told >= EVENT_MS) {
          this.onReading(path, index, found.length);
          told = performance.now();
        }
        const { width, height, rgba } = await decodePicture(path, await read());
        handle.add(path, width, height, rgba);
      }
      this.onReading(own.name, found.length, found.length);
      handle.finish(seed);
      return { handle, pictures: found.length, ignored };
    } catch (thrown) {
      // After a trap the module's memory is in no known state, and the worker ends anyway.
      if (!(thrown instanceof WebAssembly.RuntimeError)) handle.free();
      throw thrown;
    }
  }
}

/** The pictures of a set by their names; nothing is unpacked yet. */
async function list({ name, files }: OwnPictures): Promise<{ found: Found[]; ignored: number }> {
  const found: Found[] = [];
  let ignored = 0;
  let unpacked = 0;
  const take = (file: string, path: string, size: number, read: () => Promise<Blob>): void => {
    if (isUnsafe(path)) throw badPictures(file, 'unsafe_path', { path });
    if (isHidden(path)) return;
    if (!/\.(png|jpe?g|webp)$/i.test(path)) {
      ignored += 1;
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
      for (const entry of await zipEntries(path, blob))
        take(path, entry.path, entry.size, () => entry.read());
    } else {
      // Files of a folder lie on the disk and need no room of ours.
      take(path, path, 0, () => Promise.resolve(blob));
    }
  }
  // The same pictures give the same run, in whatever order a system lists them.
  found.sort((one, other) => (one.path < other.path ? -1 : 1));
  if (found.length > MOST_PICTURES) {
    throw badPictures(name, 'too_many', { found: found.length, most: MOST_PICTURES });
  }
  return { found, ignored };
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
  too_many: 'has more pictures than the lab can hold',
} as const;

function badPictures(
  file: string,
  reason: keyof typeof MESSAGES,
  details: EngineFailure['details'] = {},
): EngineFailure {
  return failure('bad_pictures', `${file} ${MESSAGES[reason]}.`, { file, reason, ...details });
}
