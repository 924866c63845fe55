/**
 * What a run has recorded, in columns: one list of numbers each for steps, epochs and values, which cross from the
 * module to the page without an object a step. Points are built where somebody asks for them.
 */

import type { HistoryColumns, HistoryPoint, Requests } from './protocol.js';

/** Columns that grow while a run is recorded. */
interface Track {
  metrics: readonly string[];
  steps: number[];
  epochs: number[];
  values: number[];
}

/** The recorded points of a run in order of step; steps count from 0, so those of n steps reach to n − 1. */
export class History {
  private readonly tracks: Track[] = [];

  /** Adds what was recorded since; the steps of a track never fall. */
  add(columns: readonly HistoryColumns[]): void {
    for (const { metrics, steps, epochs, values } of columns) {
      const track = this.trackOf(metrics);
      // Element by element: a call with all of them as arguments has a limit.
      for (const step of steps) track.steps.push(step);
      for (const epoch of epochs) track.epochs.push(epoch);
      for (const value of values) track.values.push(value);
    }
  }

  /** Number of points. */
  get size(): number {
    return this.tracks.reduce((sum, { steps }) => sum + steps.length, 0);
  }

  /** Number of points whose step is smaller. */
  sizeBefore(step: number): number {
    return this.tracks.reduce((sum, { steps }) => sum + firstFrom(steps, step), 0);
  }

  /** The points whose step is smaller. */
  before(step: number): HistoryColumns[] {
    return this.tracks.map(({ metrics, steps, epochs, values }) => {
      const end = firstFrom(steps, step);
      return {
        metrics: [...metrics],
        steps: Uint32Array.from(steps.slice(0, end)),
        epochs: Uint32Array.from(epochs.slice(0, end)),
        values: Float64Array.from(values.slice(0, end * metrics.length)),
      };
    });
  }

  /** The points as the contract gives them: null where a value is not finite. */
  points(): HistoryPoint[] {
    return pointsOf(this.tracks);
  }

  private trackOf(metrics: readonly string[]): Track {
    const key = metrics.join();
    let track = this.tracks.find((other) => other.metrics.join() === key);
    if (!track) this.tracks.push((track = { metrics, steps: [], epochs: [], values: [] }));
    return track;
  }
}

/** Columns merged in order of step; at equal steps in the order of the tracks (the step's loss before its evaluation). */
function pointsOf(tracks: readonly Track[]): HistoryPoint[] {
  const points: HistoryPoint[] = [];
  const next = tracks.map(() => 0);
  for (;;) {
    let earliest = -1;
    for (const [index, { steps }] of tracks.entries()) {
      const step = steps[next[index]!];
      if (step !== undefined && (earliest < 0 || step < tracks[earliest]!.steps[next[earliest]!]!)) {
        earliest = index;
      }
    }
    if (earliest < 0) return points;
    points.push(pointAt(tracks[earliest]!, next[earliest]!++));
  }
}

function pointAt({ metrics, steps, epochs, values }: Track, index: number): HistoryPoint {
  const point: HistoryPoint = { step: steps[index]!, epoch: epochs[index]! };
  for (const [place, metric] of metrics.entries()) {
    const value = values[index * metrics.length + place]!;
    point[metric] = Number.isFinite(value) ? value : null;
  }
  return point;
}

/** The first place whose step is not smaller. */
function firstFrom(steps: readonly number[], step: number): number {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle]! < step) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** One metric of a history as two lists of numbers, in order of step; empty where it is not recorded. */
export function seriesOf(columns: readonly HistoryColumns[], metric: string): Requests['series']['result'] {
  const track = columns.find(({ metrics }) => metrics.includes(metric));
  if (!track) return { steps: new Float64Array(), values: new Float64Array() };
  const place = track.metrics.indexOf(metric);
  const values = Float64Array.from(
    track.steps,
    (_, index) => track.values[index * track.metrics.length + place]!,
  );
  return { steps: Float64Array.from(track.steps), values };
}
