/** What nodes and relations are called. */

import { html, type TemplateResult } from 'lit';
import type { NodeName } from '../../generated/sequences.js';
import type { Settings } from '../../engine/protocol.js';
import { lineSign } from '../../kit/legend.js';
import { words, type Language } from '../../kit/words.js';
import { channelKey, type Channel } from './channels.js';
import type { CodeFaces } from './code_faces.js';
import type { ItemBook } from './item_book.js';
import { RELATIONS, relationColor } from './relations.js';

/** What stands behind the names. */
export interface Names {
  readonly book: ItemBook;
  readonly faces: CodeFaces;
  readonly settings: Settings;
}

/** A code by its number alone. */
export const codeText = (language: Language, { settings }: Names, channel: Channel, number: number): string =>
  words(language, `ui.channels.code.${channelKey(settings, channel)}`, { number });

/** A node by its name: a title, or a code with what it looks like or is about. */
export function nodeText(language: Language, names: Names, { kind, number }: NodeName): string {
  const { book, faces } = names;
  if (kind === 'item') return book.title(number, language);
  const face = faces.itemOf(number);
  const looks = kind === 'image' && face !== null ? book.title(face, language) : null;
  const about = kind === 'image' ? looks : faces.tagOf(number, language);
  const code = codeText(language, names, kind, number);
  return about === null ? code : words(language, `ui.graph.like.${kind}`, { code, about });
}

/** What the nodes of a kind are called. */
export const kindText = (language: Language, { settings }: Names, kind: NodeName['kind']): string =>
  words(language, kind === 'item' ? 'ui.graph.items' : `ui.channels.codes.${channelKey(settings, kind)}`);

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
