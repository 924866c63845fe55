/** Why a run of the vision lesson ended before its last epoch. */

import { formatNumber, words } from '../../kit/words.js';
import type { LabSession } from '../../lab/session.js';

/** By its accuracy, which is asked for by `stop_at_accuracy`. */
export function ended({ language, runs }: LabSession): string | null {
  const run = runs.current;
  const bound = run?.settings['stop_at_accuracy'];
  const accuracy = run?.progress.metrics['accuracy'];
  if (!run || typeof bound !== 'number' || typeof accuracy !== 'number' || !(accuracy > bound)) return null;
  const { step, totalSteps, totalEpochs } = run.progress;
  if (step >= totalSteps) return null;
  return words(language, 'ended.by_accuracy', {
    epoch: Math.round((step * totalEpochs) / totalSteps),
    accuracy: formatNumber(language, accuracy, 4),
    bound: formatNumber(language, bound, 4),
  });
}
