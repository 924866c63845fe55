/** Downloads that stand still: broken off after a while without a byte, so that they can be tried again. */

import { failure } from './failure.js';
import type { EngineFailure } from './protocol.js';

/** Milliseconds without a byte. */
export const STALL_MS = 30_000;
/** Milliseconds a script may take altogether, for which only the browser knows whether bytes arrive. */
const LATE_MS = 60_000;

/** What a download says of itself. */
export interface Pulse {
  /** Something has arrived. */
  beat(): void;
  /** All has arrived: what follows takes as long as it takes. */
  arrived(): void;
}

/**
 * The outcome of a download, which hands on `signal` and says when bytes arrive. `outer` breaks it off too.
 *
 * Throws `download_stalled` with file and address.
 */
export function unlessStalled<Result>(
  url: string,
  download: (pulse: Pulse, signal: AbortSignal) => Promise<Result>,
  outer?: AbortSignal,
  patience = STALL_MS,
): Promise<Result> {
  const broken = new AbortController();
  outer?.addEventListener('abort', () => broken.abort());
  return new Promise((resolve, reject) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const arrived = (): void => clearTimeout(timer);
    const beat = (): void => {
      arrived();
      timer = setTimeout(() => {
        reject(stalled(url));
        broken.abort();
      }, patience);
    };
    beat();
    download({ beat, arrived }, broken.signal).then(resolve, reject).finally(arrived);
  });
}

/** A script on its way. Throws `download_stalled` when it takes too long. */
export function unlessLate<Result>(url: string, script: Promise<Result>): Promise<Result> {
  return unlessStalled(url, () => script, undefined, LATE_MS);
}

function stalled(url: string): EngineFailure {
  const file = url.slice(url.lastIndexOf('/') + 1);
  const message = `The download of ${url} stands still.`;
  return failure('download_stalled', message, { file, url });
}
