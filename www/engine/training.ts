/**
 * The training loop of the worker: short slices of steps, with a look at the messages between two of them.
 *
 * The loop leaves the thread after each slice by way of a message channel: a macrotask, so that messages from
 * the page come in, and without the 4 ms that nested timers are held back.
 */

import type { FromWorker, Progress } from './protocol.js';
import type { Engine } from './wasm.js';

/** Milliseconds one call of the engine may take; the longest a pause waits. */
export const SLICE_MS = 25;
/** Milliseconds between two progress events. */
const EVENT_MS = 33;
/** Milliseconds between two checkpoints; a little under the second that is promised. */
const CHECKPOINT_MS = 950;
/** The speed shown is the mean over so many milliseconds. */
const SPEED_WINDOW_MS = 1000;

export interface TrainOptions {
  /** Steps to make; infinite for the rest of the run. */
  steps: number;
  /** Steps per second, 0 for as fast as the machine can; read anew before each slice. */
  pace: () => number;
  /** Whether the reader has asked to pause. */
  paused: () => boolean;
  /** Carries out the requests that may come between two steps. */
  between: () => Promise<void>;
}

/** Trains one lab and reports to the page. */
export class Training {
  /** First step not yet reported to the page. Steps count from 0: after n steps the points reach to n − 1. */
  private unreported = 0;
  private speedMarks: { time: number; step: number }[] = [];
  private lastEvent = -Infinity;
  private lastCheckpoint = performance.now();

  constructor(
    private readonly engine: Engine,
    private readonly post: (message: FromWorker, transfer?: Transferable[]) => void,
    /** Whether the page wants no points and no checkpoints. */
    private readonly quiet = false,
  ) {}

  /** To be called when the engine has jumped to another step: later events hold what comes after it. */
  jumped(progress: Progress): void {
    this.unreported = progress.step;
  }

  /** Trains until the run ends, the steps are made, or a pause; then reports what is left and a checkpoint. */
  async run(options: TrainOptions): Promise<Progress> {
    let progress = this.engine.progress();
    const begin = progress.step;
    const pacing = new Pacing();
    this.speedMarks = [{ time: performance.now(), step: begin }];
    this.lastCheckpoint = performance.now();
    while (!progress.finished && !options.paused()) {
      const left = options.steps - (progress.step - begin);
      if (left <= 0) break;
      const due = pacing.stepsDue(options.pace(), progress.step);
      if (due >= 1) {
        progress = await this.engine.train(Math.min(left, due, 1e9), SLICE_MS);
        await this.report(progress);
        await macrotask();
      } else {
        await sleep(pacing.millisecondsToNext());
      }
      await options.between();
    }
    this.postProgress(progress);
    if (progress.step > begin && !this.quiet) await this.postCheckpoint(progress);
    return progress;
  }

  private async report(progress: Progress): Promise<void> {
    const now = performance.now();
    this.speedMarks.push({ time: now, step: progress.step });
    while (this.speedMarks.length > 2 && this.speedMarks[1]!.time < now - SPEED_WINDOW_MS)
      this.speedMarks.shift();
    const checkpointDue = !this.quiet && now - this.lastCheckpoint >= CHECKPOINT_MS && !progress.finished;
    // The points before a checkpoint go ahead of it: a worker started from there would not send them again.
    if (checkpointDue || now - this.lastEvent >= EVENT_MS) this.postProgress(progress);
    if (checkpointDue) await this.postCheckpoint(progress);
  }

  private postProgress(progress: Progress): void {
    const history = this.quiet ? [] : this.engine.history(this.unreported);
    this.unreported = progress.step;
    this.lastEvent = performance.now();
    const goals = this.engine.goals();
    const buffers = history.flatMap(({ steps, epochs, values }) => [steps, epochs, values]);
    this.post(
      { event: 'progress', progress, history, goals, stepsPerSecond: this.stepsPerSecond() },
      buffers.map(({ buffer }) => buffer),
    );
  }

  private stepsPerSecond(): number {
    const first = this.speedMarks[0]!;
    const last = this.speedMarks[this.speedMarks.length - 1]!;
    return last.time > first.time ? ((last.step - first.step) * 1000) / (last.time - first.time) : 0;
  }

  private async postCheckpoint(progress: Progress): Promise<void> {
    const bytes = await this.engine.checkpoint();
    this.lastCheckpoint = performance.now();
    this.post({ event: 'checkpoint', step: progress.step, epoch: progress.epoch, bytes }, [bytes.buffer]);
  }
}

/** How many steps a pace allows by now. */
class Pacing {
  private pace = 0;
  private since = 0;
  private from = 0;
  private waiting = 0;

  /** Steps that may be made now; infinite without a pace. */
  stepsDue(pace: number, step: number): number {
    if (pace <= 0) {
      this.pace = 0;
      return Infinity;
    }
    const now = performance.now();
    let allowed = this.from + ((now - this.since) * this.pace) / 1000;
    // A new pace, or a machine that cannot keep it, begins to count here: nothing is caught up in a rush.
    if (pace !== this.pace || allowed - step > pace) {
      this.pace = pace;
      this.since = now;
      this.from = step;
      allowed = step + 1;
      this.from += 1;
    }
    const due = Math.floor(allowed - step);
    this.waiting = ((step + 1 - allowed) * 1000) / pace;
    return due;
  }

  /** At most a progress event's time, so that a pause or a new pace is seen soon. */
  millisecondsToNext(): number {
    return Math.min(Math.max(this.waiting, 1), EVENT_MS);
  }
}

const channel = new MessageChannel();
const waiters: (() => void)[] = [];
channel.port1.onmessage = () => waiters.shift()?.();

/** Lets the worker's messages come in. */
function macrotask(): Promise<void> {
  return new Promise((resolve) => {
    waiters.push(resolve);
    channel.port2.postMessage(null);
  });
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
