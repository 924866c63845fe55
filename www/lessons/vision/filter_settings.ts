/**
 * The filter on the bench as the lab's settings hold it, which is how it stands in the page's address: taken from
 * there, and written there once the reader pauses. Until then it changes here alone, because a setting opens the lab
 * anew, and that is not for every key pressed.
 */

import { jsonText } from '../../engine/json.js';
import type { ReactiveController } from 'lit';
import type { Settings } from '../../engine/protocol.js';
import type { FilterQuestion } from './filtered.js';
import type { Orientation } from '../../generated/vision.js';
import { isFilter } from './filters.js';
import { oneOf } from '../../kit/events.js';
import type { LabPart } from '../../lab/part.js';
import { sameValue } from '../../lab/run.js';

/** Names of the settings: src/lessons/vision/settings.rs. */
export const FILTER_SETTINGS = {
  filter: 'filter',
  weight: 'filter_weight',
  orientation: 'filter_orientation',
} as const satisfies { [part in keyof FilterQuestion]: string };

export const ORIENTATIONS: readonly Orientation[] = ['as_written', 'corrected'];

/** Milliseconds without a change after which the settings follow. */
const PAUSE_MS = 500;

/** The filter of a part that listens to the topic `opened`. */
export class FilterSettings implements ReactiveController {
  /** What is asked now; null before the lab is open. */
  question: FilterQuestion | null = null;
  /** The settings in which this and the lab last agreed, or which are on their way to the lab. */
  private agreed: Settings | null = null;
  /** The lab's settings as they were last looked at. */
  private seen: Settings | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly host: LabPart) {
    host.addController(this);
  }

  /** Takes up settings that were changed elsewhere; what comes back of its own writing may be older than what is typed. */
  hostUpdate(): void {
    const settings = this.host.session.opened?.settings ?? null;
    if (!settings || settings === this.seen) return;
    this.seen = settings;
    const now = filterSettings(questionOf(settings));
    if (this.agreed && sameValue(now, this.agreed)) return;
    clearTimeout(this.timer);
    this.agreed = now;
    this.question = questionOf(settings);
  }

  hostDisconnected(): void {
    clearTimeout(this.timer);
  }

  /** Changes what is asked, at once. */
  change(changes: Partial<FilterQuestion>): void {
    if (!this.question) return;
    this.question = { ...this.question, ...changes };
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.write(), PAUSE_MS);
  }

  private write(): void {
    const settings = filterSettings(this.question!);
    if (sameValue(settings, this.agreed)) return;
    this.agreed = settings;
    // The session tells the reader of an error; the bench goes back to the filter in force.
    this.host.session.changeSettings(settings).catch(() => {
      this.seen = this.agreed = null;
      this.host.requestUpdate();
    });
  }
}

function questionOf(settings: Settings): FilterQuestion {
  const [filter, weight, orientation] = [
    settings[FILTER_SETTINGS.filter],
    settings[FILTER_SETTINGS.weight],
    settings[FILTER_SETTINGS.orientation],
  ];
  // The engine gives all settings of a lesson, each of its own type.
  if (!isFilter(filter) || typeof weight !== 'number') throw new TypeError('The settings hold no filter.');
  return { filter, weight, orientation: oneOf(ORIENTATIONS, jsonText(orientation)) };
}

function filterSettings({ filter, weight, orientation }: FilterQuestion): Settings {
  const names = FILTER_SETTINGS;
  return { [names.filter]: [...filter], [names.weight]: weight, [names.orientation]: orientation };
}
