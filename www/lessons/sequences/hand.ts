/** A history as the reader has it in hand: its steps, and what was changed in its graph. Each change gives a new one. */

import type { Edits, GraphOptions, NodeName } from '../../generated/sequences.js';
import { swapped, withStep, withoutStep } from './history_edits.js';
import { relationBack, sameNode } from './relations.js';

/** One step. */
export interface Step {
  /** Number of the item. */
  readonly item: number;
  /** Its place in the whole history of the user; null where it was added. */
  readonly at: number | null;
  readonly picture: boolean;
  readonly words: boolean;
}

/** An edge that was taken away, with the relation of the first node to the second as it was. */
export interface Cut {
  readonly one: NodeName;
  readonly other: NodeName;
  readonly relation: number;
}

/** A relation that was changed: how the first node stands to the second now. */
export interface Turned {
  readonly one: NodeName;
  readonly other: NodeName;
  readonly relation: number;
}

/** What is asked about. */
export interface Hand {
  /** Whose history it was, by number among those who can be shown; null where it is nobody's. */
  readonly user: number | null;
  readonly steps: readonly Step[];
  /** Number of the item that comes next, where that is known. */
  readonly next: number | null;
  /** Nodes that were taken away. */
  readonly nodes: readonly NodeName[];
  readonly cuts: readonly Cut[];
  readonly turned: readonly Turned[];
}

/** A history as it is; `of` says whose, and where in the whole of it the first item stands. */
export const handOf = (
  items: readonly number[],
  next: number | null,
  of: { user: number; first: number } | null = null,
): Hand => ({
  user: of && of.user,
  steps: items.map((item, place) => ({ item, at: of && of.first + place, picture: true, words: true })),
  next,
  nodes: [],
  cuts: [],
  turned: [],
});

/** With two neighbouring steps in each other's place; `at` is the first of them. */
export const stepsSwapped = (hand: Hand, at: number): Hand => ({ ...hand, steps: swapped(hand.steps, at) });

/** Without a step. */
export const stepRemoved = (hand: Hand, at: number): Hand => ({
  ...hand,
  steps: withoutStep(hand.steps, at),
});

/** With an item at the end, the oldest left out where there would be more than `most`. */
export const withItem = (hand: Hand, item: number, most: number): Hand => ({
  ...hand,
  steps: withStep(hand.steps, { item, at: null, picture: true, words: true }, most),
});

/** With the picture, or the words, of a step taken away or put back; of all steps where `at` is null. */
export function withoutModality(hand: Hand, what: 'picture' | 'words', at: number | null, on: boolean): Hand {
  const steps = hand.steps.map((step, place) =>
    at === null || place === at ? { ...step, [what]: on } : step,
  );
  return { ...hand, steps };
}

/** With a node taken away, or put back where it was. */
export function nodeToggled(hand: Hand, name: NodeName): Hand {
  const others = hand.nodes.filter((node) => !sameNode(node, name));
  return { ...hand, nodes: others.length < hand.nodes.length ? others : [...hand.nodes, name] };
}

/** Whether an entry is about two nodes, in either order. */
const isOf = (entry: { one: NodeName; other: NodeName }, one: NodeName, other: NodeName): boolean =>
  (sameNode(entry.one, one) && sameNode(entry.other, other)) ||
  (sameNode(entry.one, other) && sameNode(entry.other, one));

/** The edge between two nodes as it was taken away, if it was. */
export const cutBetween = (hand: Hand, one: NodeName, other: NodeName): Cut | null =>
  hand.cuts.find((cut) => isOf(cut, one, other)) ?? null;

/** With the edge between two nodes taken away, or put back; `relation` is how the first stands to the second. */
export function edgeToggled(hand: Hand, cut: Cut): Hand {
  const others = hand.cuts.filter((entry) => !isOf(entry, cut.one, cut.other));
  return { ...hand, cuts: others.length < hand.cuts.length ? others : [...hand.cuts, cut] };
}

/** With another relation between two nodes of a kind; the way back follows from it. */
export function related(hand: Hand, turned: Turned): Hand {
  const others = hand.turned.filter((entry) => !isOf(entry, turned.one, turned.other));
  return { ...hand, turned: [...others, turned] };
}

/** How the first of two nodes stands to the second by what was changed; null where that was not. */
export function turnedTo(hand: Hand, one: NodeName, other: NodeName): number | null {
  const found = hand.turned.find((entry) => isOf(entry, one, other));
  if (!found) return null;
  return sameNode(found.one, one) ? found.relation : relationBack(found.relation);
}

/** Items that would be left of the steps. */
export const itemsLeft = (hand: Hand): number =>
  hand.steps.filter(({ item }) => !hand.nodes.some(({ kind, number }) => kind === 'item' && number === item))
    .length;

/** Whether anything was changed in the graph, beside which steps there are. */
export const isEdited = ({ steps, nodes, cuts, turned }: Hand): boolean =>
  nodes.length + cuts.length + turned.length > 0 || steps.some(({ picture, words }) => !picture || !words);

/** Whether two hands ask the same. */
export const sameHand = (one: Hand, other: Hand): boolean => JSON.stringify(one) === JSON.stringify(other);

const places = (steps: readonly Step[], lacks: (step: Step) => boolean): number[] =>
  steps.flatMap((step, place) => (lacks(step) ? [place] : []));

/** The changes as the lab takes them. */
export const editsOf = ({ steps, nodes, cuts, turned }: Hand): Edits => ({
  without_images: places(steps, ({ picture }) => !picture),
  without_texts: places(steps, ({ words }) => !words),
  without_nodes: [...nodes],
  without_edges: cuts.map(({ one, other }) => [one, other]),
  relations: turned.map(({ one, other, relation }) => [one, other, relation]),
});

/** The question that a hand asks; `idOf` gives the id of an item in the data. */
export const optionsOf = (hand: Hand, idOf: (item: number) => string): GraphOptions => ({
  history: hand.steps.map(({ item }) => idOf(item)),
  ...(hand.next === null ? {} : { next: idOf(hand.next) }),
  ...(isEdited(hand) ? { edits: editsOf(hand) } : {}),
});
