/** Which settings have a meaning with the others as they are. */

import { jsonText } from '../../engine/json.js';
import type { Control, Opened } from '../../engine/protocol.js';

/** Whether a setting has a meaning with the others as they are: a kernel has none for a network. */
export function hasMeaning({ only_with: needed }: Control, opened: Opened): boolean {
  if (needed === null) return true;
  const other = opened.controls.find(({ name }) => name === needed.setting)!;
  return needed.options.includes(jsonText(opened.settings[needed.setting])) && hasMeaning(other, opened);
}
