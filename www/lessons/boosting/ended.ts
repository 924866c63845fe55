/** Why a run of the boosting lesson ended before its last round. */

import { formatCount, words } from '../../kit/words.js';
import type { LabSession } from '../../lab/session.js';

/** By early stopping; a loaded model has as many rounds as it has. */
export function ended({ language, runs }: LabSession): string | null {
  const run = runs.current;
  if (!run || run.imported) return null;
  const { early_stopping_round: patience, num_iterations: most } = run.settings;
  const rounds = run.progress.step;
  if (typeof patience !== 'number' || typeof most !== 'number' || patience === 0 || rounds >= most)
    return null;
  return words(language, 'ended.early', {
    rounds: formatCount(language, rounds),
    most: formatCount(language, most),
    patience: formatCount(language, patience),
  });
}
