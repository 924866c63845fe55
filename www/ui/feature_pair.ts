/** Two selects that choose the columns of a scatter chart. */

import { html, type TemplateResult } from 'lit';
import { featureText, type Table } from './table_data.js';
import { words, type Language } from './words.js';

/** The columns shown; the first two where a choice is no longer there. */
export function validPair(features: readonly string[], [x, y]: readonly [string, string]): [string, string] {
  const first = features.includes(x) ? x : (features[0] ?? '');
  const second = features.includes(y) && y !== first ? y : (features.find((name) => name !== first) ?? first);
  return [first, second];
}

/** The selects, with the classes' legend left to the caller. */
export function featurePairInputs(
  language: Language,
  table: Table,
  features: readonly string[],
  [x, y]: readonly [string, string],
  onChange: (pair: [string, string]) => void,
): TemplateResult {
  const select = (key: string, chosen: string, choose: (name: string) => void): TemplateResult =>
    html`<label class="row"
      ><span class="muted">${words(language, key)}</span
      ><select @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>
        ${features.map(
          (name) =>
            html`<option value=${name} .selected=${name === chosen}>
              ${featureText(language, table, name)}
            </option>`,
        )}
      </select></label
    >`;
  // Choosing the other axis' column exchanges the two.
  return html`<div class="row">
    ${select('ui.axes.x', x, (name) => onChange(name === y ? [y, x] : [name, y]))}
    ${select('ui.axes.y', y, (name) => onChange(name === x ? [y, x] : [x, name]))}
  </div>`;
}
