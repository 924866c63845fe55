/** Where the splits and leaves of a tree stand when it is drawn from left to right, and how wide the rows flow between. */

import type { TreeChild, TreeLeaf, TreeNode } from '../../generated/boosting.js';

/** What is drawn of a leaf. */
export type DrawnLeaf = Pick<TreeLeaf, 'leaf' | 'rows' | 'value'>;

/** A split or a leaf in its place. */
export interface Placed {
  of: TreeChild;
  rows: number;
  /** Splits above it. */
  depth: number;
  /** Its place among the leaves from top to bottom, in leaves; a split stands in the middle of what hangs below it. */
  at: number;
  /** The part of the column's range that the splits above leave over; all of it where nothing is known. */
  from: number;
  to: number;
}

/** Rows that go from a split to what hangs below it. */
export interface Flow {
  from: Placed;
  to: Placed;
  /** Whether they answer the question of the split with yes. */
  yes: boolean;
  /** Where they leave the split: the share of its rows that leave above them. */
  before: number;
  /** Their share of all rows of the tree. */
  share: number;
}

/** A tree laid out. */
export interface Layout {
  placed: Placed[];
  flows: Flow[];
  /** Leaves from top to bottom. */
  height: number;
  /** Splits from the root to the deepest leaf. */
  depth: number;
}

/** Lays a tree out; `nodes` without an entry is a tree of one leaf. */
export function layTree(nodes: readonly TreeNode[], leaves: readonly DrawnLeaf[]): Layout {
  const layout: Layout = { placed: [], flows: [], height: 0, depth: 0 };
  const rowsOf = (of: TreeChild): number => ('leaf' in of ? leaves[of.leaf]!.rows : nodes[of.node]!.rows);
  const root: TreeChild = nodes.length > 0 ? { node: 0 } : { leaf: 0 };
  const all = Math.max(rowsOf(root), 1);
  const place = (of: TreeChild, depth: number, ranges: ReadonlyMap<string, [number, number]>): Placed => {
    const rows = rowsOf(of);
    layout.depth = Math.max(layout.depth, depth);
    if ('leaf' in of) {
      const placed = { of, rows, depth, at: layout.height, from: 0, to: 1 };
      layout.height += 1;
      layout.placed.push(placed);
      return placed;
    }
    const node = nodes[of.node]!;
    const [from, to] = ranges.get(node.feature) ?? [0, 1];
    const below = (left: boolean): ReadonlyMap<string, [number, number]> =>
      node.place === null
        ? ranges
        : new Map([...ranges, [node.feature, left ? [from, node.place] : [node.place, to]]]);
    const yes = place(node.left, depth + 1, below(true));
    const no = place(node.right, depth + 1, below(false));
    const placed = { of, rows, depth, at: (yes.at + no.at) / 2, from, to };
    layout.placed.push(placed);
    layout.flows.push(
      { from: placed, to: yes, yes: true, before: 0, share: yes.rows / all },
      { from: placed, to: no, yes: false, before: yes.rows / all, share: no.rows / all },
    );
    return placed;
  };
  place(root, 0, new Map());
  return layout;
}
