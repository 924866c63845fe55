/** The ten relations of a history's graph, by the numbers of the authors' program. */

import type { NodeKind, NodeName } from '../../generated/sequences.js';
import { classColor } from '../../kit/colors.js';

/** All of them in order. */
export const RELATIONS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;

/** Those that can stand between two nodes of a kind. */
export const WITHIN = [2, 3, 4] as const;

/** The same from the other side. */
export function relationBack(relation: number): number {
  if (relation === 1 || relation === 4) return relation;
  // 2 and 3, 5 and 6, 7 and 8, 9 and 10.
  if (relation < 4) return 5 - relation;
  return relation % 2 === 1 ? relation + 1 : relation - 1;
}

/** Places in the palette: order in two blues and black or yellow, and a colour for each pair of kinds. */
const COLORS = [0, 4, 5, 1, 1, 2, 2, 3, 3] as const;

/** The colour of a relation; of a loop none, it is drawn in the colour of frames. */
export function relationColor(dark: boolean, relation: number): string | null {
  const place = COLORS[relation - 2];
  return place === undefined ? null : classColor(dark, place);
}

/** A node by name, as text that is a key. */
export const nodeKey = ({ kind, number }: NodeName): string => `${kind} ${number}`;

/** The name of a node, without what else is known of it. */
export const nodeName = ({ kind, number }: NodeName): NodeName => ({ kind, number });

export const sameNode = (one: NodeName, other: NodeName): boolean =>
  one.kind === other.kind && one.number === other.number;

/** The kinds, in the order of the rows. */
export const KINDS: readonly NodeKind[] = ['item', 'image', 'text'];
