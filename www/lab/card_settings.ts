/** The settings that set a run apart from the lesson's default, in words. */

import type { Control, Json, Settings } from '../engine/protocol.js';
import { hasMeaning } from './meaning.js';
import { sameValue } from './run.js';
import { unitText, valueText } from './run_label.js';
import { words, type Language } from '../kit/words.js';

/** A setting as a reader would say it: "Learning rate", "0.1". */
export interface SettingInWords {
  label: string;
  value: string;
}

/** The settings that differ from their defaults, in the order declared. */
export function changedSettings(
  language: Language,
  controls: readonly Control[],
  settings: Settings,
): SettingInWords[] {
  return controls.flatMap((control) => {
    const value = settings[control.name];
    if (value === undefined || !hasMeaning(control, { controls, settings }) || !isOfKind(control, value))
      return [];
    if (sameValue(value, control.default)) return [];
    const unit = unitText(language, control.unit);
    const text = valueText(language, control, value);
    return [
      { label: words(language, `controls.${control.name}.label`), value: unit ? `${text} ${unit}` : text },
    ];
  });
}

/** Settings that come from outside may hold anything under a name. */
function isOfKind({ type }: Control, value: Json): boolean {
  switch (type) {
    case 'integer':
    case 'number':
      return typeof value === 'number';
    case 'integer_list':
    case 'number_list':
      return Array.isArray(value) && value.every((item) => typeof item === 'number');
    case 'subset':
      return Array.isArray(value) && value.every((item) => typeof item === 'string');
    case 'choice':
    case 'text':
      return typeof value === 'string';
  }
}
