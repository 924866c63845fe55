/** Where the nodes of a history's graph stand: a row for each kind, columns by the first step of each, codes of one step under one another. */

import type { NodeKind, NodeName, StepShown } from '../../generated/sequences.js';
import { KINDS, nodeKey } from './relations.js';

/** Pixels of a node, of the room between two codes of one step, and between rows. */
export const NODE = 40;
const SLOT = 54;
const GAP = 52;
/** Above the first row, where the arcs of items go, and below the last. */
const EDGE = 36;
/** At the left and the right. */
const SIDE = 16;

/** A node in its place. */
export interface PlacedNode {
  readonly name: NodeName;
  /** Steps it belongs to, from 0. */
  readonly positions: readonly number[];
  /** Middle. */
  readonly x: number;
  readonly y: number;
}

/** A graph laid out. */
export interface GraphLayout {
  /** By key. */
  readonly nodes: ReadonlyMap<string, PlacedNode>;
  /** Pixels from a step to the next; the first begins at `side`. */
  readonly column: number;
  readonly side: number;
  /** Upper ends of the rows by kind; of a kind without nodes there is none. */
  readonly rows: ReadonlyMap<NodeKind, number>;
  readonly width: number;
  readonly height: number;
}

/** Steps of a history as the layout needs them: those of which a node was taken away keep its place. */
type Steps = readonly StepShown[];

const numbersOf = (step: StepShown, kind: NodeKind): readonly number[] => {
  switch (kind) {
    case 'item':
      return [step.item];
    case 'image':
      return step.images;
    case 'text':
      return step.texts;
  }
};

/** Nodes of one kind, each at its first step, and how many of them stand under one another. */
function rowOf(steps: Steps, kind: NodeKind): { found: Map<number, number[]>; most: number } {
  const found = new Map<number, number[]>();
  let most = 1;
  steps.forEach((step, position) => {
    let fresh = 0;
    for (const number of new Set(numbersOf(step, kind))) {
      const positions = found.get(number);
      if (positions) positions.push(position);
      else {
        found.set(number, [position]);
        fresh += 1;
      }
    }
    most = Math.max(most, fresh);
  });
  return { found, most };
}

/** Lays a history out in columns of `column` pixels. */
export function layGraph(steps: Steps, column: number): GraphLayout {
  const nodes = new Map<string, PlacedNode>();
  const rows = new Map<NodeKind, number>();
  let top = EDGE;
  for (const kind of KINDS) {
    const { found, most } = rowOf(steps, kind);
    if (found.size === 0) continue;
    rows.set(kind, top);
    const used = new Map<number, number>();
    for (const [number, positions] of found) {
      const first = positions[0]!;
      const slot = used.get(first) ?? 0;
      used.set(first, slot + 1);
      const name = { kind, number };
      // Codes of pictures a little to the left, so that the edges from items to words pass beside them.
      const shift = kind === 'image' ? -column / 6 : kind === 'text' ? column / 12 : 0;
      nodes.set(nodeKey(name), {
        name,
        positions,
        x: SIDE + (first + 0.5) * column + shift,
        y: top + NODE / 2 + slot * SLOT,
      });
    }
    top += NODE + (most - 1) * SLOT + GAP;
  }
  return {
    nodes,
    column,
    side: SIDE,
    rows,
    width: steps.length * column + 2 * SIDE,
    height: top - GAP + EDGE,
  };
}

/** Both halves of an edge as paths: from each node to the middle. What a half shows is the attention of the node beside it. */
export interface EdgePath {
  readonly one: string;
  readonly other: string;
  /** From node to node. */
  readonly whole: string;
}

/** Most pixels that an arc bends aside. */
const MOST_BEND = 30;

/** How far the middle of an edge stands aside from the straight line. */
function bend(one: PlacedNode, other: PlacedNode, column: number): [x: number, y: number] {
  if (one.name.kind === other.name.kind) {
    const columns = Math.abs(one.x - other.x) / column;
    // Neighbours are joined straight; what lies between farther ones is passed by above, below words.
    if (columns < 1.5) return [0, 0];
    const aside = Math.min(MOST_BEND, 14 + 5 * columns);
    return [0, one.name.kind === 'text' ? aside : -aside];
  }
  const kinds = [one.name.kind, other.name.kind];
  // Items and words stand two rows apart.
  return kinds.includes('image') ? [0, 0] : [column * 0.3, 0];
}

const round = (value: number): number => Math.round(10 * value) / 10;
const point = (x: number, y: number): string => `${round(x)} ${round(y)}`;

/** The line between two nodes. */
export function edgePath(one: PlacedNode, other: PlacedNode, column: number): EdgePath {
  const [aside, up] = bend(one, other, column);
  const [x, y] = [(one.x + other.x) / 2 + aside, (one.y + other.y) / 2 + up];
  // A quadratic curve whose middle is at (x, y), and its halves.
  const [cx, cy] = [2 * x - (one.x + other.x) / 2, 2 * y - (one.y + other.y) / 2];
  const half = (node: PlacedNode): string =>
    `M${point(node.x, node.y)}Q${point((node.x + cx) / 2, (node.y + cy) / 2)} ${point(x, y)}`;
  return {
    one: half(one),
    other: half(other),
    whole: `M${point(one.x, one.y)}Q${point(cx, cy)} ${point(other.x, other.y)}`,
  };
}

/** The node that an arrow key leads to: left and right within a row, up and down to the nearest of another. */
export function neighbourOf(layout: GraphLayout, from: string, key: string): string | null {
  const here = layout.nodes.get(from);
  if (!here) return null;
  const others = [...layout.nodes].filter(([other]) => other !== from);
  const row = (node: PlacedNode): number => KINDS.indexOf(node.name.kind);
  const sideways = key === 'ArrowLeft' || key === 'ArrowRight';
  const sign = key === 'ArrowLeft' || key === 'ArrowUp' ? -1 : 1;
  const fitting = others.filter(([, node]) => {
    if (sideways) return row(node) === row(here) && sign * (node.x - here.x) > 0;
    return sign * (node.y - here.y) > 0;
  });
  const distance = (node: PlacedNode): number =>
    sideways
      ? Math.abs(node.x - here.x) + Math.abs(node.y - here.y) / 100
      : Math.abs(node.y - here.y) + Math.abs(node.x - here.x) / 2;
  const sorted = fitting.sort(([, one], [, other]) => distance(one) - distance(other));
  return sorted[0]?.[0] ?? null;
}
