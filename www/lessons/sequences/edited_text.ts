/** A history in hand as the text of the setting `edited`, and back; src/lessons/sequences/edited.rs says how it reads. */

import type { GraphShown, NodeKind, NodeName } from '../../generated/sequences.js';
import { cutOf } from './grip.js';
import { edgeToggled, handOf, nodeToggled, related, type Hand, type Step } from './hand.js';

const LETTERS = { item: 'i', image: 'p', text: 'w' } as const satisfies Record<NodeKind, string>;
const KIND_OF: Readonly<Record<string, NodeKind>> = { i: 'item', p: 'image', w: 'text' };

const nodeText = ({ kind, number }: NodeName): string => `${LETTERS[kind]}${number}`;

const stepText = ({ item, at, picture, words }: Step): string =>
  `${at === null ? `n${item}` : `s${at}`}${picture ? '' : 'p'}${words ? '' : 'w'}`;

/**
 * What is to be learned from by the changes of a hand to the history it began with; a history that is nobody's is learned
 * from as it is, what comes next as its last step. An empty text where nothing is changed, null where there is too little.
 */
export function editedText(hand: Hand, first: Hand): string | null {
  const ofGraph = [
    ...hand.nodes.map((node) => `d${nodeText(node)}`),
    ...hand.cuts.map(({ one, other }) => `c${nodeText(one)}-${nodeText(other)}`),
    ...hand.turned.map(({ one, other, relation }) => `r${nodeText(one)}-${nodeText(other)}-${relation}`),
  ];
  const steps = hand.steps.map(stepText);
  if (hand.user === null) {
    const all = hand.next === null ? steps : [...steps, `n${hand.next}`];
    return all.length < 2 ? null : [...all, ...ofGraph].join('.');
  }
  const from = first.steps[0]?.at ?? 0;
  const isSame = steps.join() === first.steps.map(stepText).join();
  const changed = [...(isSame ? [] : [...(from > 0 ? [`f${from}`] : []), ...steps]), ...ofGraph];
  return changed.length === 0 ? '' : [`u${hand.user}`, ...changed].join('.');
}

/** The number of the user whose history a text changes; null where it is nobody's. */
export function userIn(text: string): number | null {
  const found = /^u(\d+)/.exec(text);
  return found ? Number(found[1]) : null;
}

/** The hand of a text that the lab has taken: the changes to a history, whose graph is `shown`; `whole` as it was. */
export function handIn(text: string, whole: Hand, shown: Pick<GraphShown, 'edges' | 'nodes'>): Hand {
  const words = text.split('.');
  const steps = whole.user === null ? [] : words.flatMap((word) => stepIn(word, whole));
  let hand: Hand = steps.length > 0 ? { ...whole, steps } : whole;
  for (const word of words) {
    const [one, other, relation] = word.slice(1).split('-');
    const [from, to] = [one, other].map((node) => (node ? nodeIn(node) : null));
    if (word.startsWith('d') && from) hand = nodeToggled(hand, from);
    if (!from || !to) continue;
    const cut = cutOf(shown, from, to) ?? { one: from, other: to, relation: 1 };
    if (word.startsWith('c')) hand = edgeToggled(hand, cut);
    if (word.startsWith('r')) hand = related(hand, { one: from, other: to, relation: Number(relation) });
  }
  return hand;
}

/** The items of a text that speaks of nobody's history: the last one came next. */
export function ownIn(text: string): Hand {
  const items = text.split('.').flatMap((word) => stepIn(word, handOf([], null)));
  const last = items.pop();
  return { ...handOf([], last?.item ?? null), steps: items };
}

function stepIn(word: string, { steps }: Hand): Step[] {
  const found = /^([sn])(\d+)(p?)(w?)$/.exec(word);
  if (!found) return [];
  const [, sort, number, picture, words] = found;
  const lacks = { picture: !picture, words: !words };
  if (sort === 'n') return [{ item: Number(number), at: null, ...lacks }];
  const step = steps.find(({ at }) => at === Number(number));
  return step ? [{ ...step, ...lacks }] : [];
}

function nodeIn(text: string): NodeName | null {
  const kind = KIND_OF[text.slice(0, 1)];
  return kind ? { kind, number: Number(text.slice(1)) } : null;
}
