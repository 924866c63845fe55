/** Changes of the learning rate in mid-run, as the text of a setting; src/controls/rate_changes.rs says how it reads. */

import { jsonText } from './json.js';
import type { Settings } from './protocol.js';

/** The setting's name. */
export const RATE_CHANGES = 'learning_rate_changes';

interface RateChange {
  /** Counted from 0. */
  step: number;
  rate: number;
}

/** The changes that settings hold, in order of step. */
export function rateChanges(settings: Settings): RateChange[] {
  const words = jsonText(settings[RATE_CHANGES] ?? '')
    .split(/[ ,]+/)
    .filter(Boolean);
  return words.map((word) => {
    const [step, rate] = word.split(':').map(Number);
    return { step: step!, rate: rate! };
  });
}

/** The learning rate of a step. */
export function rateAt(settings: Settings, step: number): number {
  const last = rateChanges(settings)
    .filter((change) => change.step <= step)
    .at(-1);
  return last?.rate ?? Number(settings['learning_rate']);
}

/** The text with another rate from a step on: what was to come after it is gone. */
export function changesWith(settings: Settings, step: number, rate: number): string {
  const before = rateChanges(settings).filter((change) => change.step < step);
  const changes = rateAt(settings, step - 1) === rate ? before : [...before, { step, rate }];
  return changes.map((change) => `${change.step}:${change.rate}`).join(' ');
}
