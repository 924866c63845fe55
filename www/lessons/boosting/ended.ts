/** Why a run of the boosting lesson ended before its last round. */

import { formatCount, words } from '../../kit/words.js';
import type { LabSession } from '../../lab/session.js';

/**
 * By early stopping, or because no split is left, which alone can end it where early stopping is off; a loaded model has as
 * many rounds as it has.
 */
export function ended({ language, runs }: LabSession): string | null {
  const run = runs.current;
  if (!run || run.imported) return null;
  const { early_stopping_round: patience, num_iterations: most } = run.settings;
  const rounds = run.progress.step;
  if (typeof patience !== 'number' || typeof most !== 'number' || rounds >= most) return null;
  return words(language, patience > 0 ? 'ended.early' : 'ended.no_split', {
    rounds: formatCount(language, rounds),
    most: formatCount(language, most),
    patience: formatCount(language, patience),
  });
}
