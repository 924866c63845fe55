/** Which settings have a meaning with the others as they are. */

import { jsonText } from '../engine/json.js';
import type { Control, Settings } from '../engine/protocol.js';

type OnlyWith = Control['only_with'][number];

/** The settings of a lab, declared and as they are. */
interface Settled {
  controls: readonly Control[];
  settings: Settings;
}

/** Whether a setting has a meaning with the others as they are: a kernel has none for a network. */
export function hasMeaning({ only_with: needed }: Control, lab: Settled): boolean {
  return needed.every(({ setting, options }) => {
    const other = lab.controls.find(({ name }) => name === setting);
    const value = lab.settings[setting];
    return (
      other !== undefined &&
      value !== undefined &&
      options.includes(jsonText(value)) &&
      hasMeaning(other, lab)
    );
  });
}

/** What is first to be chosen for a setting to have a meaning; null where it has one. */
export function firstNeed({ only_with: needed }: Control, lab: Settled): OnlyWith | null {
  for (const need of needed) {
    const other = lab.controls.find(({ name }) => name === need.setting);
    const value = lab.settings[need.setting];
    const before = other ? firstNeed(other, lab) : null;
    if (before) return before;
    if (value === undefined || !need.options.includes(jsonText(value))) return need;
  }
  return null;
}
