import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TreeChild, TreeNode } from '../../generated/boosting.js';
import { layTree } from './tree_layout.js';

const split = (
  node: number,
  feature: string,
  place: number | null,
  left: TreeChild,
  right: TreeChild,
  rows: number,
): TreeNode => ({
  node,
  feature,
  place,
  threshold: '1',
  categories: null,
  more_categories: 0,
  missing: 'none',
  missing_left: false,
  gain: 1,
  left,
  right,
  rows,
  value: 0,
});
const leaf = (number: number, rows: number) => ({ leaf: number, rows, value: 0 });

void test('leaves stand one below the other, a split in the middle of what hangs below it', () => {
  const nodes = [
    split(0, 'a', 0.5, { node: 1 }, { leaf: 1 }, 100),
    split(1, 'a', 0.25, { leaf: 0 }, { leaf: 2 }, 60),
  ];
  const { placed, flows, height, depth } = layTree(nodes, [leaf(0, 20), leaf(1, 40), leaf(2, 40)]);
  assert.deepEqual([height, depth], [3, 2]);
  const at = (of: TreeChild) => placed.find((one) => JSON.stringify(one.of) === JSON.stringify(of))!;
  assert.deepEqual([at({ leaf: 0 }).at, at({ leaf: 2 }).at, at({ leaf: 1 }).at], [0, 1, 2]);
  assert.deepEqual([at({ node: 1 }).at, at({ node: 0 }).at], [0.5, 1.25]);
  assert.deepEqual([at({ node: 1 }).from, at({ node: 1 }).to], [0, 0.5], 'what the root leaves over');
  const of = flows.filter(({ from }) => 'node' in from.of && from.of.node === 0);
  assert.deepEqual(
    of.map(({ yes, before, share }) => [yes, before, share]),
    [
      [true, 0, 0.6],
      [false, 0.6, 0.4],
    ],
  );
});

void test('a tree without a split is one leaf, and rows are not divided by none', () => {
  assert.deepEqual(layTree([], [leaf(0, 0)]), {
    placed: [{ of: { leaf: 0 }, rows: 0, depth: 0, at: 0, from: 0, to: 1 }],
    flows: [],
    height: 1,
    depth: 0,
  });
});
