/**
 * Whether a worker lives, by a lock (Web Locks) that it holds until its end: the browser hands the lock on when the
 * worker is gone, in whatever way it went and however busy it was. There are none outside of secure contexts and in
 * frames without an origin; there the page asks instead (link.ts).
 */

let started = 0;

/** A name for the lock of a new worker, which no other page or worker has. */
export function lockName(): string {
  started += 1;
  return `emberbook ${performance.timeOrigin} ${Math.random()} ${started}`;
}

/** Takes the lock for as long as this worker lives; says whether it could. */
export function holdLock(name: string, tell: (held: boolean) => void): void {
  const forever = new Promise<void>(() => undefined);
  const holding = (): Promise<void> => {
    tell(true);
    return forever;
  };
  locks()
    .then((manager) => manager.request(name, holding))
    .catch(() => tell(false));
}

/** Calls `ended` once the worker that holds the lock is gone. */
export function watchLock(name: string, ended: () => void): void {
  locks()
    .then((manager) => manager.request(name, ended))
    .catch(() => undefined);
}

/** Rejects where the browser has none. */
async function locks(): Promise<LockManager> {
  const manager: LockManager | undefined = navigator.locks;
  if (!manager) throw new Error('There are no locks here.');
  return manager;
}
