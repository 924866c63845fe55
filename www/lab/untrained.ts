/** Whether a network answers by its initial weights alone. */

import type { LabState } from './state.js';

/** Whether the current run is a network before its first step, with weights that come from no file. */
export function isUntrained({ opened, runs }: Pick<LabState, 'opened' | 'runs'>): boolean {
  const run = runs.current;
  return opened?.description.tensors === true && run?.progress.step === 0 && !run.imported;
}
