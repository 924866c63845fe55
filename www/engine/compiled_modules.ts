/**
 * The compiled modules of a page: each is downloaded and compiled once, whatever number of labs and experiments want
 * it, and posted to their workers, which only instantiate it. Which module a worker needs it finds out by itself, and
 * asks for it by `module_wanted`.
 */

import {
  byEvents,
  downloadModule,
  mayCompile,
  notLoaded,
  type CompiledModule,
  type DownloadListener,
  type LoadingEvent,
} from './module_download.js';
import type { ModuleAnswer, ModuleName } from './protocol.js';

/** A module that is on its way or there. */
interface Load {
  name: ModuleName;
  compiled: Promise<CompiledModule>;
  isThere: boolean;
  /** Tells one listener what was told last. */
  repeat: (listener: DownloadListener) => void;
  /** Who uses it, and how each is told how far it is. */
  users: Map<object, DownloadListener>;
  download: AbortController;
}

/** The modules of one page. */
export class CompiledModules {
  /** By address. */
  private readonly loads = new Map<string, Load>();
  private isAllowed: boolean | null = null;

  constructor(private readonly download: typeof downloadModule = downloadModule) {}

  /**
   * What a worker gets that wants a module: the module, compiled now or before; the failure; or nothing where the
   * page's policy lets no WebAssembly be compiled, for the worker may have a policy of its own. A failure is not
   * remembered: the next asking tries again. `user` counts as one that uses the module until it leaves.
   */
  async answer(
    name: ModuleName,
    url: string,
    user: object,
    tell: (event: LoadingEvent) => void,
  ): Promise<ModuleAnswer> {
    this.isAllowed ??= mayCompile();
    if (!this.isAllowed) return { module: name, compiled: null };
    const load = this.loads.get(url) ?? this.begin(name, url);
    const listener = byEvents(name, tell);
    load.users.set(user, listener);
    if (!load.isThere) load.repeat(listener);
    try {
      return { module: name, ...(await load.compiled) };
    } catch (thrown) {
      return { module: name, error: notLoaded(url, thrown) };
    }
  }

  /**
   * A lab or an experiment is over. A download that nobody waits for any more is broken off; the module for the GPU,
   * by far the largest, is let go with the last that used it.
   */
  leave(user: object): void {
    for (const [url, { name, users, isThere, download }] of this.loads) {
      if (!users.delete(user) || users.size > 0 || (isThere && name !== 'gpu')) continue;
      this.loads.delete(url);
      download.abort();
    }
  }

  private begin(name: ModuleName, url: string): Load {
    const users = new Map<object, DownloadListener>();
    const download = new AbortController();
    const tell = (report: (listener: DownloadListener) => void): void => {
      load.repeat = report;
      for (const listener of users.values()) report(listener);
    };
    const compiled = this.download(
      name,
      url,
      {
        loading: (loaded, total) => tell((listener) => listener.loading(loaded, total)),
        building: (progress) => tell((listener) => listener.building(progress)),
      },
      download.signal,
    );
    const repeat: Load['repeat'] = (listener) => listener.loading(0, 0);
    const load: Load = { name, compiled, isThere: false, repeat, users, download };
    this.loads.set(url, load);
    compiled.then(
      () => (load.isThere = true),
      () => {
        if (this.loads.get(url) === load) this.loads.delete(url);
      },
    );
    return load;
  }
}

/** All labs of the page share these. */
export const compiledModules = new CompiledModules();
