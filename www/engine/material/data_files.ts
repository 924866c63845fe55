/** The files that lessons learn from: fetched from the site, unpacked, and kept in the memory of each module. */

import { failure, failureOf } from '../failure.js';
import type { Pixels } from './canvas.js';
import { decodePng } from './png.js';
import { unlessStalled, type Pulse } from '../stall.js';
import type { EngineFiles, EngineModule } from '../wasm.js';

/** A file ready for use. */
type Content = { bytes: Uint8Array } | { picture: Pixels };

/** Hears how many bytes of a file are there, of how many (0 where it is not known). */
export type FileListener = (file: string, loaded: number, total: number) => void;

/** The files of this worker. */
export class DataFiles {
  private readonly kept = new Map<EngineModule, { files: EngineFiles; names: Set<string> }>();
  /** On their way, or waiting for a second module to take them too. */
  private readonly fetched = new Map<string, Promise<Content>>();

  constructor(private readonly onLoading: FileListener) {}

  /**
   * The files in the memory of a module, those named among them; null where none are asked for. Each is fetched once.
   * `folder` ends in a slash.
   *
   * Throws `data_not_loaded` or `download_stalled` with file and address; the next call tries again.
   */
  async inModule(
    module: EngineModule,
    names: readonly string[],
    folder: string,
  ): Promise<EngineFiles | null> {
    if (names.length === 0) return null;
    let kept = this.kept.get(module);
    if (!kept) this.kept.set(module, (kept = { files: new module.EngineFiles(), names: new Set() }));
    for (const name of names) {
      if (kept.names.has(name)) continue;
      const content = await this.content(name, folder);
      if ('bytes' in content) {
        kept.files.add_bytes(name, content.bytes);
      } else {
        const { width, height, rgba } = content.picture;
        kept.files.add_picture(name, width, height, rgba);
      }
      kept.names.add(name);
    }
    return kept.files;
  }

  /** Lets go of what no further module will ask for soon; what the modules hold stays. */
  forgetFetched(): void {
    this.fetched.clear();
  }

  private content(name: string, folder: string): Promise<Content> {
    const known = this.fetched.get(name);
    if (known) return known;
    const content = this.fetchFile(name, folder);
    this.fetched.set(name, content);
    content.catch(() => this.fetched.delete(name));
    return content;
  }

  private async fetchFile(name: string, folder: string): Promise<Content> {
    const url = new URL(name, folder).href;
    try {
      const bytes = await unpacked(
        await unlessStalled(url, (pulse, signal) => this.download(name, url, pulse, signal)),
      );
      if (!name.endsWith('.png')) return { bytes };
      const picture = await decodePng(bytes);
      if (!picture) throw new Error('it is not such a PNG as lessons have');
      return { picture };
    } catch (thrown) {
      const known = failureOf(thrown, 'data_not_loaded');
      if (known.code === 'download_stalled') throw known;
      const { message } = known;
      throw failure('data_not_loaded', `The file ${url} could not be loaded: ${message}`, {
        file: name,
        url,
      });
    }
  }

  private async download(
    name: string,
    url: string,
    pulse: Pulse,
    signal: AbortSignal,
  ): Promise<Uint8Array<ArrayBuffer>> {
    this.onLoading(name, 0, 0);
    const response = await fetch(url, { signal });
    if (!response.ok || !response.body) throw new Error(`the server answered ${response.status}`);
    const total = Number(response.headers.get('content-length') ?? 0);
    let loaded = 0;
    const counter = new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, controller) => {
        loaded += chunk.length;
        pulse.beat();
        // Unpacked on the way, a file is longer than it was told to be.
        this.onLoading(name, loaded, Math.max(total, loaded));
        controller.enqueue(chunk);
      },
    });
    return new Uint8Array(await new Response(response.body.pipeThrough(counter)).arrayBuffer());
  }
}

/** Undoes gzip, unless the host has done so on the way. */
async function unpacked(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
