/** The wasm modules of one worker, each instantiated once. */

import { LESSON_MODULES } from '../generated/lessons.js';
import { failure } from './failure.js';
import { byEvents, downloadModule, notLoaded, type LoadingEvent } from './module_download.js';
import type { EngineName, EngineUrls, ModuleName } from './protocol.js';
import { unlessLate } from './stall.js';
import type { WantedModules } from './wanted_modules.js';
import type { EngineModule, WasmModule } from './wasm.js';

/**
 * The module that opens a lesson on the CPU, known before any is loaded.
 *
 * Throws `unknown_lesson`.
 */
export function moduleOf(lesson: string): EngineName {
  if (isLesson(lesson)) return LESSON_MODULES[lesson];
  throw failure('unknown_lesson', `There is no lesson called \`${lesson}\`.`, { lesson });
}

function isLesson(name: string): name is keyof typeof LESSON_MODULES {
  return Object.hasOwn(LESSON_MODULES, name);
}

/** A module ready for use, and `build`, which names it by its content. */
export interface LoadedModule<Bindings extends WasmModule = EngineModule> {
  module: Bindings;
  build: string;
}

/** Keeps the modules of this worker that have the same exports. */
export class Modules<Name extends ModuleName = EngineName, Bindings extends WasmModule = EngineModule> {
  private readonly loads = new Map<Name, Promise<LoadedModule<Bindings>>>();

  constructor(
    private readonly wanted: WantedModules,
    private readonly tell: (event: LoadingEvent) => void,
  ) {}

  /**
   * The module, loaded now or before. A failed download is not remembered: the next call tries again. A module that is
   * still being built is waited for, but for the one that has the CPU as its substitute.
   *
   * Throws `module_not_loaded` with the address, `module_blocked`, `download_stalled`, and `module_building` and
   * `module_not_built`.
   */
  load(name: Name, urls: EngineUrls): Promise<LoadedModule<Bindings>> {
    const known = this.loads.get(name);
    if (known) return known;
    const load = this.instantiate(name, urls[name]);
    this.loads.set(name, load);
    load.catch(() => this.loads.delete(name));
    return load;
  }

  private async instantiate(
    name: Name,
    { bindings, wasm }: EngineUrls[ModuleName],
  ): Promise<LoadedModule<Bindings>> {
    try {
      const given = await this.wanted.ask(name);
      const { compiled, build } = given ?? (await downloadModule(name, wasm, byEvents(name, this.tell)));
      // Not before: a browser may remember bindings that were not there.
      const module = await unlessLate(bindings, bindingsAt<Bindings>(bindings));
      await module.default({ module_or_path: compiled });
      return { module, build };
    } catch (thrown) {
      throw notLoaded(wasm, thrown);
    }
  }
}

async function bindingsAt<Bindings>(url: string): Promise<Bindings> {
  return (await import(url)) as Bindings;
}
