/** How settings and runs are named in words. */

import { jsonText, listIn, numbersIn } from '../engine/json.js';
import type { Control, Json } from '../engine/protocol.js';
import { differingSettings, type Run } from './run.js';
import { findWords, formatCount, formatNumber, words, type Language } from '../kit/words.js';

/** The name of an option; a column of the reader's own table has none but its own. */
export function optionText(language: Language, control: string, option: string): string {
  return findWords(language, `controls.${control}.options.${option}`) ?? option;
}

/** The value of a setting as a reader would write it. */
export function valueText(language: Language, control: Control, value: Json): string {
  const option = (name: Json): string => optionText(language, control.name, jsonText(name));
  switch (control.type) {
    case 'choice':
      return option(value);
    case 'subset':
      return listIn(value)
        .map(option)
        .join(language.code === 'zh' ? '、' : ', ');
    case 'integer_list':
    case 'number_list':
      return listIn(value).length === 0
        ? words(language, 'ui.settings.none')
        : numbersIn(value)
            .map((item) => formatNumber(language, item, 6))
            .join(' · ');
    case 'integer':
      // A buffer of as many rows as there may be holds all of them.
      return (
        findWords(language, `controls.${control.name}.values.${jsonText(value)}`) ??
        formatCount(language, Number(value))
      );
    case 'number':
      return formatNumber(language, Number(value), 6);
    case 'text':
      return value === '' ? words(language, 'ui.settings.none') : jsonText(value);
    default:
      return control satisfies never;
  }
}

/** The unit of a setting in words, or an empty string. */
export function unitText(language: Language, unit: string | null): string {
  return unit === null ? '' : (findWords(language, `units.${unit}`) ?? unit);
}

/**
 * The unit that stands beside a name, or an empty string: "Epochs" are counted in epochs, and a Chinese name that ends in
 * 数 is a count already.
 */
export function unitBeside(language: Language, name: string, unit: string | null): string {
  const text = unitText(language, unit);
  if (text === '') return '';
  if (language.code === 'zh') {
    const bare = text.replace(/^个/, '');
    return name.includes(bare) || /数(\s*[A-Z])?$/.test(name) ? '' : text;
  }
  const said = name.toLowerCase().split(/\P{L}+/u);
  return said.includes(text.toLowerCase()) ? '' : text;
}

/** The name of a figure that `evaluate` gives: `loss` there is that of a split, not of a training step. */
export function figureText(language: Language, metric: string): string {
  return findWords(language, `ui.figures.${metric}`) ?? words(language, `metrics.${metric}`);
}

/** Names a run among others by its number and by the settings in which they are not all alike. */
export function runLabel(
  language: Language,
  controls: readonly Control[],
  run: Run,
  all: readonly Run[],
): string {
  const differing = differingSettings(all);
  const parts = controls
    .filter(({ name }) => differing.includes(name))
    .map((control) => {
      const label = words(language, `controls.${control.name}.label`);
      return `${label} ${valueText(language, control, run.settings[control.name]!)}`;
    });
  if (run.imported) parts.push(words(language, 'ui.runs.imported'));
  const number = words(language, 'ui.runs.number', { number: run.id });
  return parts.length === 0 ? number : `${number}: ${parts.join(language.code === 'zh' ? '，' : ', ')}`;
}
