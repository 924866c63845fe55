/** Fetches the wasm modules, each once per worker, telling how far the download is. */

import { fetchBuilt, type BuildProgress } from './building.js';
import { failure, failureOf } from './failure.js';
import type { EngineUrls } from './protocol.js';
import { shortHash } from './hash.js';
import type { EngineModule } from './wasm.js';

export type ModuleName = Exclude<keyof EngineUrls, 'data'>;

/** A module ready for use, and `build`, which names it by its content. */
export interface LoadedModule {
  module: EngineModule;
  build: string;
}

export interface LoadingListener {
  /** So many bytes have come; `total` is 0 where it is not known. */
  loading(module: ModuleName, loaded: number, total: number): void;
  /** The module is still being built, and the lab waits for it. */
  building(module: ModuleName, progress: BuildProgress): void;
}

/** Keeps the modules of this worker. */
export class Modules {
  private readonly loads = new Map<ModuleName, Promise<LoadedModule>>();

  constructor(private readonly listener: LoadingListener) {}

  /**
   * The module, loaded now or before. A failed download is not remembered: the next call tries again. A module that is
   * still being built is waited for, but for the one that has the CPU as its substitute.
   *
   * Throws `module_not_loaded` with the address, and `module_building` and `module_not_built`.
   */
  load(name: ModuleName, urls: EngineUrls): Promise<LoadedModule> {
    const known = this.loads.get(name);
    if (known) return known;
    const load = this.fetchModule(name, urls[name]);
    this.loads.set(name, load);
    load.catch(() => this.loads.delete(name));
    return load;
  }

  private async fetchModule(
    name: ModuleName,
    urls: { bindings: string; wasm: string },
  ): Promise<LoadedModule> {
    this.listener.loading(name, 0, 0);
    try {
      const response = await fetchWasm(urls.wasm, this.waitFor(name));
      // Not before: a browser may remember bindings that were not there.
      const module = (await import(urls.bindings)) as EngineModule;
      const total = Number(response.headers.get('content-length') ?? 0);
      const counted = countBytes(response, (loaded) =>
        this.listener.loading(name, loaded, Math.max(total, loaded)),
      );
      await module.default({ module_or_path: counted.response });
      return { module, build: await shortHash(await counted.bytes) };
    } catch (thrown) {
      const { message, code } = failureOf(thrown, 'module_not_loaded');
      if (code === 'module_building' || code === 'module_not_built') throw thrown;
      throw failure('module_not_loaded', `The module ${urls.wasm} could not be loaded: ${message}`, {
        url: urls.wasm,
      });
    }
  }

  private waitFor(name: ModuleName): ((progress: BuildProgress) => void) | undefined {
    return name === 'gpu' ? undefined : (progress) => this.listener.building(name, progress);
  }
}

async function fetchWasm(url: string, onWait?: (progress: BuildProgress) => void): Promise<Response> {
  const response = await fetchBuilt(url, onWait);
  if (!response.ok || !response.body) throw new Error(`the server answered ${response.status}`);
  return response;
}

/** The same response, compiled while it arrives, with its bytes counted and kept for the hash. */
function countBytes(
  original: Response,
  onCount: (loaded: number) => void,
): { response: Response; bytes: Promise<Uint8Array<ArrayBuffer>> } {
  const chunks: Uint8Array[] = [];
  let loaded = 0;
  let finish: (bytes: Uint8Array<ArrayBuffer>) => void;
  const bytes = new Promise<Uint8Array<ArrayBuffer>>((resolve) => (finish = resolve));
  const counter = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      // A copy, because the compiler may take the chunk's memory over.
      chunks.push(chunk.slice());
      loaded += chunk.length;
      onCount(loaded);
      controller.enqueue(chunk);
    },
    flush() {
      const whole = new Uint8Array(loaded);
      let offset = 0;
      for (const chunk of chunks) {
        whole.set(chunk, offset);
        offset += chunk.length;
      }
      finish(whole);
    },
  });
  // Set by hand, so that a server that does not know wasm cannot stop the compilation.
  const headers = { 'content-type': 'application/wasm' };
  return { response: new Response(original.body!.pipeThrough(counter), { headers }), bytes };
}
