import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NodeName } from '../../generated/sequences.js';
import {
  cutBetween,
  edgeToggled,
  editsOf,
  handOf,
  isEdited,
  itemsLeft,
  nodeToggled,
  optionsOf,
  related,
  sameHand,
  stepsSwapped,
  turnedTo,
  withItem,
  withoutModality,
  stepRemoved,
} from './hand.js';
import { RELATIONS, relationBack } from './relations.js';
import { Turns } from './turns.js';

const item = (number: number): NodeName => ({ kind: 'item', number });
const image = (number: number): NodeName => ({ kind: 'image', number });
const hand = handOf([4, 7, 4, 9], 2);
const items = (of: typeof hand): number[] => of.steps.map((step) => step.item);

test('a step takes along what was taken from it, wherever it goes', () => {
  const bare = withoutModality(hand, 'picture', 1, false);
  assert.deepEqual(editsOf(bare).without_images, [1]);
  assert.deepEqual(editsOf(stepsSwapped(bare, 1)).without_images, [2]);
  assert.deepEqual(editsOf(stepRemoved(bare, 0)).without_images, [0]);
  assert.deepEqual(editsOf(stepRemoved(bare, 1)).without_images, []);
  assert.deepEqual(editsOf(bare).without_texts, []);
});

test('neighbours change places, and the last step has none behind it', () => {
  assert.deepEqual(items(stepsSwapped(hand, 0)), [7, 4, 4, 9]);
  assert.ok(sameHand(stepsSwapped(hand, 3), hand));
});

test('a longer history than the model looks at loses its oldest step', () => {
  assert.deepEqual(items(withItem(hand, 5, 4)), [7, 4, 9, 5]);
  assert.deepEqual(items(withItem(hand, 5, 50)), [4, 7, 4, 9, 5]);
});

test('what was taken away is put back by the same hand: nodes, edges from either side, all pictures', () => {
  const without = nodeToggled(hand, image(3));
  assert.deepEqual(editsOf(without).without_nodes, [image(3)]);
  assert.ok(sameHand(nodeToggled(without, image(3)), hand));
  const cut = edgeToggled(hand, { one: item(4), other: item(7), relation: 2 });
  assert.deepEqual(editsOf(cut).without_edges, [[item(4), item(7)]]);
  assert.equal(cutBetween(cut, item(7), item(4))?.relation, 2);
  assert.ok(sameHand(edgeToggled(cut, { one: item(7), other: item(4), relation: 3 }), hand));
  const bare = withoutModality(hand, 'picture', null, false);
  assert.deepEqual(editsOf(bare).without_images, [0, 1, 2, 3]);
  assert.ok(sameHand(withoutModality(bare, 'picture', null, true), hand));
});

test('two nodes have one relation, which is read from both sides', () => {
  const once = related(hand, { one: item(4), other: item(7), relation: 4 });
  const twice = related(once, { one: item(7), other: item(4), relation: 2 });
  assert.deepEqual(editsOf(twice).relations, [[item(7), item(4), 2]]);
  assert.equal(turnedTo(twice, item(7), item(4)), 2);
  assert.equal(turnedTo(twice, item(4), item(7)), 3);
  assert.equal(turnedTo(twice, item(4), image(7)), null);
});

test('the way back of the way back is the way there, and only loops and both are their own', () => {
  for (const relation of RELATIONS) assert.equal(relationBack(relationBack(relation)), relation);
  assert.deepEqual(
    RELATIONS.filter((relation) => relationBack(relation) === relation),
    [1, 4],
  );
  assert.deepEqual(RELATIONS.map(relationBack), [1, 3, 2, 4, 6, 5, 8, 7, 10, 9]);
});

test('an item that comes twice leaves with both its steps', () => {
  assert.equal(itemsLeft(hand), 4);
  assert.equal(itemsLeft(nodeToggled(hand, item(4))), 2);
  assert.equal(itemsLeft(nodeToggled(hand, image(4))), 4);
});

test('a question names items by their ids, and speaks of changes and of what comes next only where there are some', () => {
  const idOf = (number: number): string => `id${number}`;
  assert.deepEqual(optionsOf(handOf([4], null), idOf), { history: ['id4'] });
  assert.deepEqual(optionsOf(hand, idOf), { history: ['id4', 'id7', 'id4', 'id9'], next: 'id2' });
  const cut = edgeToggled(hand, { one: item(4), other: item(7), relation: 2 });
  assert.deepEqual(optionsOf(cut, idOf).edits, editsOf(cut));
  assert.deepEqual(
    [hand, cut, nodeToggled(hand, image(0)), withoutModality(hand, 'words', 0, false)].map(isEdited),
    [false, true, true, true],
  );
});

test('what was undone is done again, until something else is done', () => {
  const third = Turns.at(1).to(2).to(3);
  assert.deepEqual([third.undo().now, third.undo().undo().now, third.undo().redo().now], [2, 1, 3]);
  const other = third.undo().to(5);
  assert.deepEqual([other.now, other.canRedo, other.undo().now, other.first], [5, false, 2, 1]);
  const start = Turns.at(1);
  assert.deepEqual([start.canUndo, start.canRedo, start.undo(), start.redo()], [false, false, start, start]);
});
