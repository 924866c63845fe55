/**
 * Downloads a wasm module and compiles it while it arrives. The page does so for all of its labs
 * (compiled_modules.ts), a worker only where the page cannot.
 */

import { fetchBuilt, type BuildProgress } from './building.js';
import { failure, failureOf } from './failure.js';
import { shortHash } from './hash.js';
import type { EngineFailure, FromWorker, ModuleName } from './protocol.js';
import { unlessStalled, type Pulse } from './stall.js';

/** A module that any worker of the page can instantiate, and `build`, which names it by its content. */
export interface CompiledModule {
  compiled: WebAssembly.Module;
  build: string;
}

/** The smallest module there is: its magic number and version. */
const EMPTY_MODULE = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);

/** Whether the policy of the page or the worker lets WebAssembly be compiled (`'wasm-unsafe-eval'`). */
export function mayCompile(): boolean {
  try {
    return new WebAssembly.Module(EMPTY_MODULE) instanceof WebAssembly.Module;
  } catch {
    return false;
  }
}

/** What is told while a module is on its way. */
export interface DownloadListener {
  /** So many bytes have come; `total` is 0 where it is not known. */
  loading(loaded: number, total: number): void;
  /** The module is still being built, and the lab waits for it. */
  building(progress: BuildProgress): void;
}

export type LoadingEvent = Extract<FromWorker, { event: 'loading' }>;

/** A listener that tells by the events a lab shows. */
export function byEvents(module: ModuleName, tell: (event: LoadingEvent) => void): DownloadListener {
  return {
    loading: (loaded, total) => tell({ event: 'loading', unit: 'bytes', module, loaded, total }),
    building: ({ done, total, seconds, waits }) =>
      tell({ event: 'loading', unit: 'crates', module, loaded: done, total, built: { seconds, waits } }),
  };
}

/**
 * The module at `url`. One that is still being built is waited for, but for the one that has the CPU as its substitute.
 *
 * Throws `module_not_loaded` with the address, `module_blocked` where none may be compiled, `download_stalled`, and
 * `module_building` and `module_not_built`.
 */
export async function downloadModule(
  name: ModuleName,
  url: string,
  listener: DownloadListener,
  signal?: AbortSignal,
): Promise<CompiledModule> {
  if (!mayCompile()) throw failure('module_blocked', 'The policy lets no WebAssembly be compiled.', { url });
  try {
    const download = (pulse: Pulse, broken: AbortSignal): Promise<CompiledModule> =>
      compiledFrom(name, url, listener, pulse, broken);
    return await unlessStalled(url, download, signal);
  } catch (thrown) {
    throw notLoaded(url, thrown);
  }
}

async function compiledFrom(
  name: ModuleName,
  url: string,
  listener: DownloadListener,
  pulse: Pulse,
  signal: AbortSignal,
): Promise<CompiledModule> {
  const onWait = (progress: BuildProgress): void => {
    pulse.beat();
    listener.building(progress);
  };
  const response = await fetchBuilt(url, name === 'gpu' ? undefined : onWait, signal);
  if (!response.ok || !response.body) throw new Error(`the server answered ${response.status}`);
  const total = Number(response.headers.get('content-length') ?? 0);
  const onCount = (loaded: number): void => {
    pulse.beat();
    listener.loading(loaded, Math.max(total, loaded));
  };
  const counted = countBytes(response, onCount);
  void counted.bytes.then(pulse.arrived);
  const compiled = await WebAssembly.compileStreaming(counted.response);
  return { compiled, build: await shortHash(await counted.bytes) };
}

/** Whatever kept a module from being used, as the failure a lab tells; one that says more keeps its code. */
export function notLoaded(url: string, thrown: unknown): EngineFailure {
  const known = failureOf(thrown, 'unknown');
  if (known.code.startsWith('module_') || known.code === 'download_stalled') return known;
  return failure('module_not_loaded', `The module ${url} could not be loaded: ${known.message}`, { url });
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
