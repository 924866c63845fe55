/** Which settings have a meaning with the others as they are. */

import { jsonText } from '../engine/json.js';
import type { Control, Settings } from '../engine/protocol.js';

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
