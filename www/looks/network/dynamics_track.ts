/** The states of a network's training at the steps at which somebody looked, kept with the run as long as it is. */

import type { AnswerTo } from '../../lab/looks.js';
import type { Run } from '../../lab/run.js';
import type { LabSession } from '../../lab/session.js';

export type Dynamics = AnswerTo<'dynamics'>;
export type HiddenLayer = Dynamics['hidden'][number];

const tracks = new WeakMap<Run, Dynamics[]>();

/** What was found of a run so far, in order of step. */
export function trackOf(run: Run): readonly Dynamics[] {
  return tracks.get(run) ?? [];
}

/** Asks for the state at this step and keeps it with the run; null while there is none. */
export function askForDynamics(session: LabSession): Promise<Dynamics> | null {
  const run = session.runs.current;
  if (!run) return null;
  return session.inspectAny('dynamics', {}).then((state) => {
    // A run that was taken back has left the steps beyond.
    tracks.set(run, [...trackOf(run).filter(({ step }) => step < state.step), state]);
    return state;
  });
}
