import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EdgeShown, NodeShown } from '../../generated/sequences.js';
import { attentionOf, countsOf, isEdge, isNode, joined } from './graph_pairs.js';

const node = (kind: NodeShown['kind'], number: number): NodeShown => ({
  kind,
  number,
  positions: [0],
  gate: null,
});
const edge = (node: number, neighbour: number, relation: number, within: number | null): EdgeShown => ({
  node,
  neighbour,
  relation,
  within,
  between: null,
});
const nodes = [node('item', 4), node('item', 9), node('image', 4)];
const edges = [
  edge(0, 0, 1, 0.5),
  edge(0, 1, 2, 0.25),
  edge(0, 2, 5, null),
  edge(1, 0, 3, 0.75),
  edge(1, 1, 1, 0.1),
  edge(2, 0, 6, null),
  edge(2, 2, 1, 1),
];

test('two nodes are one line with both directions, and each node has its loop', () => {
  const { pairs, loops } = joined({ nodes, edges });
  assert.deepEqual(
    pairs.map(({ there, back }) => [there.relation, back.relation]),
    [
      [2, 3],
      [5, 6],
    ],
  );
  assert.deepEqual([...loops.keys()], ['item 4', 'item 9', 'image 4']);
  assert.equal(loops.get('item 9')!.within, 0.1);
});

test('attention is within a kind or between kinds, of a loop the larger, and there may be none', () => {
  assert.equal(attentionOf({ ...edges[0]!, within: 0.2, between: 0.9 }), 0.9);
  assert.equal(attentionOf({ ...edges[0]!, within: null, between: 0 }), 0);
  assert.equal(attentionOf(edges[2]!), null);
});

test('an edge is the same from both sides, and a code is no item of its number', () => {
  const [one, other, code] = nodes as [NodeShown, NodeShown, NodeShown];
  assert.ok(isEdge({ edge: [one, other] }, other, one));
  assert.ok(!isEdge({ edge: [one, other] }, one, code));
  assert.ok(isNode({ node: one }, one) && !isNode({ node: one }, code) && !isNode(null, one));
});

test('edges are counted by sort, both directions', () => {
  assert.deepEqual(countsOf({ edges }), { loops: 3, order: 2, between: 2 });
});
