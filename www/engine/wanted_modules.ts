/** The modules a worker has asked the page for (compiled_modules.ts) and does not have yet. */

import type { CompiledModule } from './module_download.js';
import type { FromWorker, ModuleAnswer, ModuleName } from './protocol.js';

interface Wanted {
  resolve: (given: CompiledModule | null) => void;
  reject: (error: unknown) => void;
}

export class WantedModules {
  private readonly wanted = new Map<ModuleName, Wanted>();

  constructor(private readonly post: (message: FromWorker) => void) {}

  /** Asks the page for a module; null where this worker has to compile it for itself. Throws the page's failure. */
  ask(name: ModuleName): Promise<CompiledModule | null> {
    return new Promise((resolve, reject) => {
      this.wanted.set(name, { resolve, reject });
      this.post({ event: 'module_wanted', module: name });
    });
  }

  /** The page has answered. */
  answered(answer: ModuleAnswer): void {
    const wanted = this.wanted.get(answer.module);
    this.wanted.delete(answer.module);
    if ('error' in answer) wanted?.reject(answer.error);
    else wanted?.resolve(answer.compiled && answer);
  }

  /** The page has answered by what this worker cannot read: a module that was not let through. */
  unreadable(): void {
    for (const { resolve } of this.wanted.values()) resolve(null);
    this.wanted.clear();
  }
}
