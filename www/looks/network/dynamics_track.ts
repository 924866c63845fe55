/** The states of a network's training at the steps at which somebody looked, kept with the run as long as it is. */

import type { Settings } from '../../engine/protocol.js';
import type { Run } from '../../lab/run.js';
import type { LabSession } from '../../lab/session.js';

/** Norms of a tensor, or of the tensors of a layer together; null where a number was not finite. */
export interface Norms {
  name: string;
  gradient_norm: number | null;
  weight_norm: number | null;
  update_norm: number | null;
  /** Update over weights. */
  ratio: number | null;
}

/** What can be said of the units of a hidden layer; units count from 0. */
export interface HiddenLayer {
  name: string;
  units: number;
  /** Smallest and largest difference between two units; null where there is one unit only. */
  difference: [number | null, number | null] | null;
  /** Nearly equal pairs, the groups they join, and how many units stand in these. */
  pairs: number;
  groups: number[][];
  equal: number;
  dead: number[];
}

/** Answer to `inspect('dynamics')`. */
export interface Dynamics {
  step: number;
  loss: number | null;
  /** Loss of answering with the shares of the classes. */
  guessing_loss: number;
  /** Whether the loss is no better. */
  guessing: boolean;
  rows: number;
  classes: number;
  tensors: Norms[];
  /** From the first hidden layer to the output. */
  layers: Norms[];
  hidden: HiddenLayer[];
  remedies: { name: string; settings: Settings }[];
}

const tracks = new WeakMap<Run, Dynamics[]>();

/** What was found of a run so far, in order of step. */
export function trackOf(run: Run): readonly Dynamics[] {
  return tracks.get(run) ?? [];
}

/** Asks for the state at this step and keeps it with the run; null while there is none. */
export function askForDynamics(session: LabSession): Promise<Dynamics> | null {
  const run = session.runs.current;
  if (!run) return null;
  const answer = session.request('inspect', { what: 'dynamics', options: {} }) as Promise<unknown>;
  return (answer as Promise<Dynamics>).then((state) => {
    // A run that was taken back has left the steps beyond.
    tracks.set(run, [...trackOf(run).filter(({ step }) => step < state.step), state]);
    return state;
  });
}
