/** Puts the engine where a kept run stood. */

import type { EngineClient } from '../../engine/client.js';
import { failureOf } from '../../engine/failure.js';
import type { HistoryColumns, Opened, Progress } from '../../engine/protocol.js';
import { canGoOn, type KeptRun } from './kept_run.js';
import type { Run } from '../run.js';

/**
 * Lets a run that has just begun stand where a kept one stood, with all that was recorded until then. Gives false,
 * with engine and run at step 0, where another build, other settings or a damaged checkpoint stand against it.
 */
export async function restoreKept(
  client: EngineClient,
  kept: KeptRun,
  opened: Opened,
  run: Run,
): Promise<boolean> {
  const restored = canGoOn(kept, opened) ? await restore(client, kept, run.checkpoints[0]!.bytes) : null;
  if (!restored) return false;
  const { progress, history } = restored;
  run.imported = kept.imported;
  run.devices = kept.devices;
  run.computeOn(opened.device, progress.step);
  // Step 0 of a run from imported weights is not where the engine has begun.
  if (kept.imported) run.checkpoints = [];
  run.add(history);
  run.progress = progress;
  run.keep({ step: progress.step, epoch: progress.epoch, bytes: kept.checkpoint });
  // Not a step more, but the worker tells of the goals as they stand here.
  await client.train(0, 0);
  return true;
}

async function restore(
  client: EngineClient,
  kept: KeptRun,
  first: Uint8Array,
): Promise<{ progress: Progress; history: HistoryColumns[] } | null> {
  try {
    const progress = await client.restore(kept.checkpoint);
    const history = await client.request('history', { from: 0 });
    const points = history.reduce((sum, { steps }) => sum + steps.length, 0);
    if (progress.step === kept.step && points === kept.points) return { progress, history };
  } catch (thrown) {
    if (failureOf(thrown, 'unknown').code !== 'bad_checkpoint') throw thrown;
  }
  await client.restore(first);
  return null;
}
