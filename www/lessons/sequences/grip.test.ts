import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EdgeShown, NodeName, NodeShown } from '../../generated/sequences.js';
import { Grip } from './grip.js';
import { editsOf, handOf, isEdited, nodeToggled, withoutModality } from './hand.js';

const node = (kind: NodeName['kind'], number: number): NodeShown => ({
  kind,
  number,
  positions: [0],
  gate: 0.5,
});
const edge = (node: number, neighbour: number, relation: number): EdgeShown => ({
  node,
  neighbour,
  relation,
  within: null,
  between: null,
});
const item = (number: number): NodeName => ({ kind: 'item', number });
const image = (number: number): NodeName => ({ kind: 'image', number });
const shown = {
  history: [
    { item: 4, images: [3], texts: [1] },
    { item: 7, images: [3], texts: [] },
  ],
  nodes: [node('item', 4), node('item', 7), node('image', 3)],
  edges: [edge(0, 1, 2), edge(1, 0, 3), edge(0, 2, 5), edge(2, 0, 6)],
};
const hand = handOf([4, 7], null);

test('an edge is cut with the relation it had, from the side it was taken by, and named by its nodes alone', () => {
  const cut = new Grip(hand).toggle({ edge: [shown.nodes[1]!, shown.nodes[0]!] }, shown);
  assert.deepEqual(cut?.cuts, [{ one: item(7), other: item(4), relation: 3 }]);
  const without = { ...shown, edges: [] };
  assert.equal(isEdited(new Grip(cut).toggle({ edge: [item(4), item(7)] }, without)!), false);
  assert.equal(new Grip(hand).toggle({ edge: [item(7), image(3)] }, shown), null, 'there is no such edge');
});

test('the last item stays', () => {
  const one = new Grip(hand).toggle({ node: item(4) }, shown);
  assert.deepEqual(one?.nodes, [item(4)]);
  assert.equal(new Grip(one).toggle({ node: item(7) }, shown), null);
});

test('a code that went by itself comes back by itself, one that went with its pictures comes back with them', () => {
  const gone = { ...shown, nodes: shown.nodes.slice(0, 2) };
  assert.equal(isEdited(new Grip(nodeToggled(hand, image(3))).toggle({ node: image(3) }, gone)!), false);
  const bare = withoutModality(hand, 'picture', null, false);
  const back = new Grip(bare).toggle({ node: image(3) }, gone)!;
  assert.deepEqual(editsOf(back).without_images, []);
  assert.deepEqual(editsOf(back).without_nodes, []);
});
