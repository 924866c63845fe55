/** One run: its settings, what was recorded, and the checkpoints to go back to. */

import type {
  Device,
  Figures,
  HistoryColumns,
  Json,
  OwnData,
  Progress,
  Settings,
} from '../engine/protocol.js';
import type { DeviceUse } from './device_use.js';
import { History } from '../engine/history.js';
import { Series } from '../kit/chart/series.js';

/** Everything needed to go on from a step. */
export interface Checkpoint {
  step: number;
  epoch: number;
  bytes: Uint8Array;
}

/** Checkpoints kept per run. */
const MOST_CHECKPOINTS = 64;
/** Bytes of all checkpoints of a run: those of a network with millions of parameters are large. */
const MOST_BYTES = 64 * 2 ** 20;
/** Checkpoints that are kept whatever their size: the first, to begin again from, and the last, to go on from. */
const LEAST_CHECKPOINTS = 2;

/** A run, current or kept for comparison. */
export class Run {
  history = new History();
  /** By metric. */
  series = new Map<string, Series>();
  checkpoints: Checkpoint[] = [];
  /** In order of step; a run that was never moved has one. */
  devices: DeviceUse[] = [];
  /** Figures of the finished run by split: `{test: {loss, accuracy}}`. */
  results: { [split: string]: Figures } = {};
  /** Whether the weights at step 0 came from a file. */
  imported = false;
  /** The run that this one goes on with under other settings, by its id: what is forgotten must not be held by it. */
  continues: number | null = null;

  /** `color` is the number of a pair of colours, the same in every chart as long as the run is kept. */
  constructor(
    readonly id: number,
    readonly settings: Settings,
    public color: number,
    public progress: Progress,
    /** The data of the reader's own it was opened with, where there were some. */
    readonly own: OwnData | null,
  ) {}

  /** Adds what was recorded since. */
  add(columns: readonly HistoryColumns[]): void {
    this.history.add(columns);
    for (const { metrics, steps, values } of columns) {
      if (steps.length === 0) continue;
      for (const [place, name] of metrics.entries()) {
        let series = this.series.get(name);
        if (!series) this.series.set(name, (series = new Series()));
        for (const [index, step] of steps.entries()) {
          const value = values[index * metrics.length + place]!;
          series.push(step, Number.isFinite(value) ? value : null);
        }
      }
    }
  }

  /** Notes the device on which the steps from this one on are made. */
  computeOn({ kind, adapter }: Pick<Device, 'kind' | 'adapter'>, from_step: number): void {
    this.devices = this.devices.filter((use) => use.from_step < from_step);
    const last = this.devices.at(-1);
    if (last?.kind !== kind || last.adapter !== adapter) this.devices.push({ from_step, kind, adapter });
  }

  /** Keeps a checkpoint; too many are thinned out evenly over the run, but never the first and the last. */
  keep(checkpoint: Checkpoint): void {
    this.checkpoints = this.checkpoints.filter(({ step }) => step < checkpoint.step);
    this.checkpoints.push(checkpoint);
    while (this.checkpoints.length > LEAST_CHECKPOINTS && this.hasTooMany()) {
      this.checkpoints.splice(this.leastMissed(), 1);
    }
  }

  /** Whether its checkpoints take more room than a run that is only kept for comparison may have. */
  get isHeavy(): boolean {
    return this.checkpoints.reduce((sum, { bytes }) => sum + bytes.length, 0) > MOST_BYTES;
  }

  /** The place of the checkpoint without which the smallest gap is left. */
  private leastMissed(): number {
    const gapWithout = (index: number): number =>
      this.checkpoints[index + 1]!.step - this.checkpoints[index - 1]!.step;
    let least = 1;
    for (let index = 2; index < this.checkpoints.length - 1; index++) {
      if (gapWithout(index) < gapWithout(least)) least = index;
    }
    return least;
  }

  private hasTooMany(): boolean {
    return this.checkpoints.length > MOST_CHECKPOINTS || this.isHeavy;
  }

  /** The last checkpoint at or before a step. */
  checkpointAt(step: number): Checkpoint | null {
    return this.checkpoints.filter((checkpoint) => checkpoint.step <= step).at(-1) ?? null;
  }

  /** A run of its own that shares this one's past up to a step, and may go on with other settings. */
  forkAt(progress: Progress, id: number, color: number, settings = this.settings): Run {
    const fork = new Run(id, settings, color, progress, this.own);
    fork.imported = this.imported;
    if (settings !== this.settings) fork.continues = this.id;
    fork.add(this.history.before(progress.step));
    fork.devices = this.devices.filter(({ from_step }) => from_step < progress.step);
    fork.checkpoints = this.checkpoints.filter(({ step }) => step <= progress.step);
    return fork;
  }

  /** Forgets what came after the step of `progress`. */
  truncate(progress: Progress): void {
    if (progress.step === this.progress.step) return;
    const before = this.history.before(progress.step);
    this.history = new History();
    this.series = new Map();
    this.results = {};
    this.add(before);
    this.checkpoints = this.checkpoints.filter(({ step }) => step <= progress.step);
    this.progress = progress;
  }
}

/** Names of settings in which the runs are not all alike. */
export function differingSettings(runs: readonly Run[]): string[] {
  const first = runs[0];
  if (!first) return [];
  return Object.keys(first.settings).filter((name) =>
    runs.some((run) => JSON.stringify(run.settings[name]) !== JSON.stringify(first.settings[name])),
  );
}

/** Whether two values of a setting are the same. */
export function sameValue(one: Json | undefined, other: Json | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
