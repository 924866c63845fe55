/** What nodes and relations are called. */

import { html, type TemplateResult } from 'lit';
import type { NodeName } from '../../generated/sequences.js';
import { lineSign } from '../../kit/legend.js';
import { words, type Language } from '../../kit/words.js';
import type { CodeFaces } from './code_faces.js';
import type { ItemBook } from './item_book.js';
import { RELATIONS, relationColor } from './relations.js';

/** What stands behind the names. */
export interface Names {
  readonly book: ItemBook;
  readonly faces: CodeFaces;
}

/** A node by its name: a title, or a code with what it looks like or is about. */
export function nodeText(language: Language, { book, faces }: Names, { kind, number }: NodeName): string {
  if (kind === 'item') return book.title(number, language);
  const face = kind === 'image' ? faces.itemOf(number) : null;
  const about =
    kind === 'image' ? (face === null ? null : book.title(face, language)) : faces.tagOf(number, language);
  const key = about === null ? `ui.graph.codes.${kind}` : `ui.graph.codes.${kind}_like`;
  return words(language, key, { number, about });
}

/** A relation by its number and its name. */
export const relationText = (language: Language, relation: number): string =>
  words(language, 'ui.graph.relation', {
    number: relation,
    name: words(language, `ui.graph.relations.${relation}`),
  });

/** Steps as a reader counts them. */
export const stepsText = (language: Language, positions: readonly number[]): string =>
  words(language, positions.length === 1 ? 'ui.graph.at_step' : 'ui.graph.at_steps', {
    steps: positions.map((position) => position + 1).join(words(language, 'ui.graph.comma')),
  });

/** The ten relations with their colours. */
export function relationLegend(language: Language, dark: boolean): TemplateResult {
  return html`<ul class="legend" aria-label=${words(language, 'ui.graph.legend')}>
    ${RELATIONS.map(
      (relation) =>
        html`<li>
          ${lineSign(relationColor(dark, relation) ?? 'currentColor', 'solid')}
          ${relationText(language, relation)}
        </li>`,
    )}
  </ul>`;
}
