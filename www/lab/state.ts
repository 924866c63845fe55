/**
 * The state of one lab: what panels show, and what those who change it may ask of the whole. `LabSession` is the one
 * lab there is; whoever opens it, keeps its runs or brings data knows this class and not that one.
 */

import type { EmberError } from '../engine/failure.js';
import type { WorkerEvent } from '../engine/link.js';
import type { Control, Device, Opened, OwnData, Progress } from '../engine/protocol.js';
import type { Language } from '../kit/words.js';
import { GoalBook, type GoalChange } from './goal_book.js';
import type { Status } from './lab_events.js';
import { firstLevel, type Level } from './level.js';
import { Messages } from './notices.js';
import type { LabOptions } from './options.js';
import { RunBook } from './run_book.js';
import type { Run } from './run.js';
import { Topics } from './topics.js';

export abstract class LabState {
  status: Status = 'idle';
  opened: Opened | null = null;
  /** What is being loaded or read, and how far; `total` is 0 where the server does not tell. */
  loading: Omit<Extract<WorkerEvent, { event: 'loading' }>, 'event'> | null = null;
  /** Programs that a GPU has compiled for the lab's first step, while it waits for them. */
  compiling: { pipelines: number; expected: number } | null = null;
  /** Whether a worker died and another is being started. */
  recovering = false;
  stepsPerSecond = 0;
  /** Whether the lab stands on a dark page; set by the view. */
  dark = false;
  /** The data of the reader's own brought last, in use or not; null where there are none. */
  ownData: OwnData | null = null;
  /** How often a lab has been asked of the worker. */
  openings = 0;
  /** How many settings stand open. */
  level: Level;
  /** The setting that a text has asked for and no panel has shown yet. */
  wanted: string | null = null;
  readonly goals = new GoalBook();
  readonly runs = new RunBook();
  readonly messages = new Messages();
  readonly topics = new Topics();

  /** `base` is the folder of the site, where the worker and the modules lie. */
  constructor(
    public options: LabOptions,
    readonly base: URL,
    public language: Language,
  ) {
    this.level = firstLevel(options);
  }

  get device(): Device | null {
    return this.opened?.device ?? null;
  }

  get controls(): Control[] {
    return this.opened?.controls ?? [];
  }

  /** Whether nothing is left to train in the current run. */
  get finished(): boolean {
    return this.runs.current?.progress.finished ?? false;
  }

  /** Asks for a setting: the panel that has it shows it, as soon as it is there. */
  want(setting: string): void {
    this.wanted = setting;
    this.topics.announce('wanted');
  }

  /** Loads the lab; resolves when it can start. Rejects with `EmberError`. */
  abstract load(): Promise<void>;

  /** Ends a training under way at its next step; gives what lets it go on from there. */
  abstract stopTraining(): Promise<() => void>;

  /** Sets the status that the progress of the run at rest calls for. */
  abstract settle(progress: Progress): void;

  /** The figures of a finished run on every split, for the comparison of runs. */
  abstract judge(run: Run): Promise<void>;

  /** Announces goals that have changed, and the whole once all have passed. */
  abstract tellGoals(change: GoalChange): void;

  /** What was thrown in the one form that errors have. */
  abstract known(thrown: unknown): EmberError;

  /**
   * Shows an error to the reader and to the host page; the lab stays usable. `again` is offered where what has failed
   * may come about later. Returns it in the one form.
   */
  abstract report(thrown: unknown, again?: () => Promise<void>): EmberError;

  /** An error after which the lab stands still: its status says so, and all it had is kept. */
  abstract fail(thrown: unknown, again?: () => Promise<void>): EmberError;

  /** A change that could not be made: the lab is as it was, and the reader is told so. */
  abstract goBack(thrown: unknown, again: () => Promise<void>): EmberError;
}
