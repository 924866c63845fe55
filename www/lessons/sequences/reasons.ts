/** What spoke for an item, as sentences. */

import type { NodeName, Reason } from '../../generated/sequences.js';
import { words, type Fill, type Language } from '../../kit/words.js';
import type { Channel } from './channels.js';
import { codeText, nodeText } from './graph_words.js';
import type { Names } from './names.js';

/** What sentences about a history need to know of it. */
export interface Told {
  language: Language;
  names: Names;
  /** Items of the history with this code, each once. */
  sharers: (channel: Channel, code: number) => readonly number[];
}

/**
 * What a node is called: an item by its title, a code of words by what it is about, and a code that items of the history
 * share by whose it is.
 */
export function nodeName(node: NodeName, { language, names, sharers }: Told): string {
  const { kind, number } = node;
  if (kind === 'item') {
    return words(language, 'ui.reasons.item', { title: names.book.title(number, language) });
  }
  const code = kind === 'text' ? nodeText(language, names, node) : codeText(language, names, kind, number);
  const shared = sharers(kind, number);
  if (shared.length < 2) return code;
  const titles = new Intl.ListFormat(language.code, { type: 'conjunction' }).format(
    shared.map((item) => names.book.title(item, language)),
  );
  return words(language, 'ui.reasons.shared', { code, titles });
}

/** Under which key the words of a relation between nodes of a kind, or of two kinds, stand. */
const RELATION_KEYS = ['2', '3', '4', 'own', 'item', 'own', 'item', 'pair', 'pair'] as const;

/** One reason as a sentence, without what it weighs. */
export function reasonSentence({ from, to, relation }: Reason, told: Told): string {
  const fill: Fill = { from: nodeName(from, told) };
  if (to === null || relation === null) return words(told.language, 'ui.reasons.step', fill);
  return words(told.language, `ui.reasons.relations.${RELATION_KEYS[relation - 2] ?? relation}`, {
    ...fill,
    to: nodeName(to, told),
  });
}

/** Below this share of the heaviest a reason is not worth its line. */
const LEAST = 0.05;

/** The reasons that count for something beside the heaviest. */
export function heavyOf(reasons: readonly Reason[]): Reason[] {
  const most = Math.max(0, ...reasons.map(({ weight }) => Math.abs(weight)));
  return reasons.filter(({ weight }) => most > 0 && Math.abs(weight) >= LEAST * most);
}

/** The items of a history with a code, by the codes of its steps, each once. */
export function sharersOf(
  steps: readonly { item: number; images: readonly number[]; texts: readonly number[] }[],
  channel: Channel,
  code: number,
): number[] {
  const codes = (step: (typeof steps)[number]): readonly number[] =>
    channel === 'image' ? step.images : step.texts;
  return [...new Set(steps.filter((step) => codes(step).includes(code)).map(({ item }) => item))];
}
