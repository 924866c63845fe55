/** How long a step takes, found by making a few. */

import type { Device } from './protocol.js';
import { SLICE_MS } from './training.js';
import type { Engine } from './wasm.js';

/** Milliseconds of steps after which a mean can be trusted. */
const ENOUGH_MS = 300;
/** Steps that are always enough. */
const MOST_STEPS = 30;

/**
 * Milliseconds per step of a lab that is at its beginning, and of no use afterwards. The first step is not counted:
 * a GPU compiles its programs in it. Slices are those of a training, because each waits for the GPU at its end.
 */
export async function millisecondsPerStep(engine: Engine, kind: Device['kind']): Promise<number> {
  const begin = performance.now();
  let progress = await engine.train(1, SLICE_MS);
  const firstStep = performance.now() - begin;
  // Nothing is compiled on the CPU, and a step this long need not be made twice.
  if (kind === 'cpu' && firstStep >= ENOUGH_MS) return firstStep;
  const first = progress.step;
  const from = performance.now();
  let milliseconds = 0;
  while (!progress.finished && milliseconds < ENOUGH_MS && progress.step - first < MOST_STEPS) {
    progress = await engine.train(MOST_STEPS - (progress.step - first), SLICE_MS);
    milliseconds = performance.now() - from;
  }
  const steps = progress.step - first;
  return steps > 0 ? milliseconds / steps : firstStep;
}
