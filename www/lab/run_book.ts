/** The current run and the older ones kept for comparison. */

import type { Device, OwnData, Progress, Settings } from '../engine/protocol.js';
import { RUN_COLORS } from '../kit/colors.js';
import { Run } from './run.js';

/** Older runs kept. */
export const MOST_OLD_RUNS = 8;

/** The runs of one lab. */
export class RunBook {
  current: Run | null = null;
  /** Newest first. */
  old: Run[] = [];
  private nextId = 1;

  /** Begins a new run on a device, with the reader's own data at hand; the one before is kept if it has made a step. */
  begin(settings: Settings, progress: Progress, device: Device, own: OwnData | null): Run {
    this.putAway();
    this.current = new Run(this.nextId++, settings, this.freeColor(), progress, own);
    this.current.computeOn(device, progress.step);
    return this.current;
  }

  /** Begins a run that shares the current one's past up to where the engine stands now, with its settings or others. */
  fork(progress: Progress, device: Device, settings = this.current!.settings): Run {
    const parent = this.current!;
    this.putAway();
    // Of a run that is changed again and again the one before the last change is enough to go back to.
    if (settings !== parent.settings) this.old = this.old.filter(({ id }) => id !== parent.continues);
    this.current = parent.forkAt(progress, this.nextId++, this.freeColor(), settings);
    this.current.computeOn(device, progress.step);
    return this.current;
  }

  /** Takes an older run up again; the current one is kept if it has made a step. */
  resume(run: Run): void {
    this.old = this.old.filter((other) => other !== run);
    this.putAway();
    this.current = run;
  }

  /** Forgets an older run. */
  remove(run: Run): void {
    this.old = this.old.filter((other) => other !== run);
  }

  /** Forgets all runs, as for another lesson. */
  clear(): void {
    this.current = null;
    this.old = [];
  }

  private putAway(): void {
    if (this.current && this.current.history.size > 0) this.old.unshift(this.current);
    this.old.length = Math.min(this.old.length, MOST_OLD_RUNS);
    // Of large networks only the run just left can be gone on with; of the others the curves stay.
    for (const run of this.old.slice(1)) if (run.isHeavy) run.checkpoints = [];
    this.current = null;
  }

  /** The colour that the fewest of the kept runs have, of those the first. */
  private freeColor(): number {
    const uses = Array.from(
      { length: RUN_COLORS },
      (_, color) => this.old.filter((run) => run.color === color).length,
    );
    return uses.indexOf(Math.min(...uses));
  }
}
