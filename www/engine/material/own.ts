/**
 * The reader's own data in the memory of a module: decoded once and used by every lab of the lesson that wants them.
 * How each kind is given to the engine stands here; what is in them only the engine knows.
 */

import { failure } from '../failure.js';
import type { OwnData } from '../protocol.js';
import type { EngineModule, EngineOwn, Needs } from '../wasm.js';
import type { DecodePicture } from './picture_decoder.js';
import type { ReadingListener } from './own_files.js';
import { listPictures, readPictures, type PictureList } from './own_pictures.js';
import { readRatings } from './own_ratings.js';
import { readSequences } from './own_sequences.js';

/** Data in a module. */
export interface ReadOwn {
  handle: EngineOwn;
  /** The pictures not yet read, where they are pictures with classes. */
  list: PictureList | null;
  /** How many pictures the browser has decoded. */
  byBrowser: number;
}

interface Kept extends ReadOwn {
  /** Lesson and data. */
  name: string;
  /** Size and seed the pictures were read with last. */
  readAs: string | null;
}

/** The data taken in last, module by module. */
export class OwnDataSets {
  private readonly kept = new Map<EngineModule, Kept>();

  constructor(
    private readonly onReading: ReadingListener,
    private readonly onUnpacking: ReadingListener,
  ) {}

  /**
   * The data in the memory of a module; null where there are none. What was there before stays until `keep`.
   *
   * Throws `bad_table`, `bad_picture`, `bad_pictures`, `bad_ratings`, `missing_file`, `bad_sequences`, and `unknown_file`
   * where the lesson takes none of this kind.
   */
  async take(
    module: EngineModule,
    lesson: string,
    own: OwnData | null | undefined,
    decode: DecodePicture,
  ): Promise<ReadOwn | null> {
    if (!own) return null;
    // Each lesson decodes data in its own way.
    const name = `${lesson} ${own.key}`;
    const known = this.kept.get(module);
    if (known?.name === name) return known;
    const read = { name, readAs: null, ...(await this.decode(module, lesson, own, decode)) };
    known?.handle.free();
    this.kept.set(module, read);
    return read;
  }

  /** Reads pictures as a plan needs them. Throws `bad_picture`, `bad_pictures`; those read before are kept then. */
  async read(module: EngineModule, { pictures }: Needs, decode: DecodePicture): Promise<void> {
    const kept = this.kept.get(module);
    if (!pictures || !kept?.list) return;
    const readAs = `${pictures.side} ${pictures.seed}`;
    if (kept.readAs === readAs) return;
    kept.byBrowser = await readPictures(kept.handle, kept.list, pictures, decode, this.onReading);
    kept.readAs = readAs;
  }

  /** How many of the pictures in a module the browser has decoded, which another browser may see otherwise. */
  byBrowser(module: EngineModule): number {
    return this.kept.get(module)?.byBrowser ?? 0;
  }

  /** Gives the memory back: the reader learns from other data. */
  release(): void {
    for (const { handle } of this.kept.values()) handle.free();
    this.kept.clear();
  }

  private async decode(
    module: EngineModule,
    lesson: string,
    own: OwnData,
    decode: DecodePicture,
  ): Promise<ReadOwn> {
    // A module decodes what its lessons take, and nothing else.
    if (!(own.kind in module.EngineOwn)) {
      const message = `This lesson learns from no ${own.kind} such as ${own.name}.`;
      throw failure('unknown_file', message, { file: own.name });
    }
    const { onReading, onUnpacking } = this;
    const plain = { list: null, byBrowser: 0 };
    switch (own.kind) {
      case 'table':
        return { ...plain, handle: module.EngineOwn.table(lesson, own.name, own.bytes, own.reading) };
      case 'pictures': {
        const list = await listPictures(own);
        const paths = list.found.map(({ path }) => path);
        return { ...plain, handle: module.EngineOwn.pictures(lesson, own.name, paths), list };
      }
      case 'ratings':
        return { ...plain, handle: await readRatings(module, lesson, own, onUnpacking) };
      case 'sequences':
        return {
          ...plain,
          ...(await readSequences(module, lesson, own, decode, { onReading, onUnpacking })),
        };
      default:
        return own satisfies never;
    }
  }
}
