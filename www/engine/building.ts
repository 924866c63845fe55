/**
 * A module that is not built yet. While `cargo xtask serve` still builds modules, it answers requests for their files
 * with what it knows (xtask/src/server.rs); a finished site has nothing of this, and no request is made for it.
 */

import { failure } from './failure.js';
import { isRecord } from './json.js';

/** How far a module is that a lab waits for. */
export interface BuildProgress {
  /** Whether others are built before it. */
  waits: boolean;
  /** Seconds since the building of modules began. */
  seconds: number;
  /** Crates compiled so far, and all of them; 0 of 0 where it is not known. */
  done: number;
  total: number;
}

/** What the server says in place of the file. */
interface Said {
  module: string;
  state: 'waiting' | 'building' | 'failed';
  seconds: number;
  crates?: { done: number; total: number };
  reason?: string;
}

/** Milliseconds between two questions whether it is there. */
const ASK_AGAIN_MS = 1000;

/**
 * Fetches a file of a module. While the module is being built, tells how far it is and asks again; without `onWait`
 * it is not waited for. `signal` ends the waiting too.
 *
 * Throws `module_building` where it is not waited for, and `module_not_built` when it could not be built.
 */
export async function fetchBuilt(
  url: string,
  onWait?: (progress: BuildProgress) => void,
  signal?: AbortSignal,
): Promise<Response> {
  for (;;) {
    const response = await fetch(url, signal ? { signal } : {});
    const said = response.ok ? null : await saidIn(response);
    if (!said) return response;
    const { module, state, seconds, crates, reason = '' } = said;
    if (state === 'failed') {
      throw failure('module_not_built', `The module ${module} could not be built: ${reason}`, {
        module,
        reason,
      });
    }
    if (!onWait) {
      throw failure('module_building', `The module ${module} is still being built (${seconds} s so far).`, {
        module,
        seconds,
      });
    }
    onWait({ waits: state === 'waiting', seconds, done: crates?.done ?? 0, total: crates?.total ?? 0 });
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
  }
}

/** What the answer says of a module, if it is one of the server that builds it; any other server may answer so too. */
async function saidIn(response: Response): Promise<Said | null> {
  if (!response.headers.get('content-type')?.startsWith('application/json')) return null;
  const said: unknown = await response
    .clone()
    .json()
    .catch(() => null);
  return isSaid(said) ? said : null;
}

function isSaid(value: unknown): value is Said {
  if (!isRecord(value)) return false;
  const { module, state, seconds, crates, reason } = value;
  return (
    typeof module === 'string' &&
    (state === 'waiting' || state === 'building' || state === 'failed') &&
    typeof seconds === 'number' &&
    (crates === undefined ||
      (isRecord(crates) && ['done', 'total'].every((name) => Number.isFinite(crates[name])))) &&
    (reason === undefined || typeof reason === 'string')
  );
}
