/** What nodes and relations are called. */

import { html, type TemplateResult } from 'lit';
import type { NodeName } from '../../generated/sequences.js';
import { lineSign } from '../../kit/legend.js';
import { words, type Language } from '../../kit/words.js';
import { channelKey, type Channel } from './channels.js';
import type { Names } from './names.js';
import { RELATIONS, relationColor } from './relations.js';

/** Under which key words for what a step has stand: its picture, or genres in its place, and its words. */
export const whatKey = ({ settings }: Names, channel: Channel): string => channelKey(settings, channel);

/** A code by its number alone. */
export const codeText = (language: Language, { settings }: Names, channel: Channel, number: number): string =>
  words(language, `ui.channels.code.${channelKey(settings, channel)}`, { number });

/** A node by its name: a title, or a code with what it looks like or is about. */
export function nodeText(language: Language, names: Names, { kind, number }: NodeName): string {
  const { book, faces } = names;
  if (kind === 'item') return book.title(number, language);
  const key = channelKey(names.settings, kind);
  const code = codeText(language, names, kind, number);
  const face = key === 'image' ? faces.itemOf(number) : null;
  const about = face === null ? faces.tagOf(kind, number, language) : book.title(face, language);
  return about === null ? code : words(language, `ui.graph.like.${key}`, { code, about });
}

/** What the nodes of a kind are called. */
export const kindText = (language: Language, { settings }: Names, kind: NodeName['kind']): string =>
  words(language, kind === 'item' ? 'ui.graph.items' : `ui.channels.codes.${channelKey(settings, kind)}`);

/** The kinds of nodes that relations from 5 on stand between. */
const BETWEEN = [
  ['item', 'image'],
  ['image', 'item'],
  ['item', 'text'],
  ['text', 'item'],
  ['image', 'text'],
  ['text', 'image'],
] as const;

/** A relation by its number and its name. */
export function relationText(language: Language, names: Names, relation: number): string {
  const kinds = BETWEEN[relation - 5];
  const name = kinds
    ? kinds.map((kind) => kindText(language, names, kind)).join(' → ')
    : words(language, `ui.graph.relations.${relation}`);
  return words(language, 'ui.graph.relation', { number: relation, name });
}

/** Steps as a reader counts them. */
export const stepsText = (language: Language, positions: readonly number[]): string =>
  words(language, positions.length === 1 ? 'ui.graph.at_step' : 'ui.graph.at_steps', {
    steps: positions.map((position) => position + 1).join(words(language, 'ui.graph.comma')),
  });

/** The ten relations with their colours. */
export function relationLegend(language: Language, names: Names, dark: boolean): TemplateResult {
  return html`<ul class="legend" aria-label=${words(language, 'ui.graph.legend')}>
    ${RELATIONS.map(
      (relation) =>
        html`<li>
          ${lineSign(relationColor(dark, relation) ?? 'currentColor', 'solid')}
          ${relationText(language, names, relation)}
        </li>`,
    )}
  </ul>`;
}
