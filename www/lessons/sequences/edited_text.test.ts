import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NodeName } from '../../generated/sequences.js';
import { editedText, handIn, ownIn, userIn } from './edited_text.js';
import {
  edgeToggled,
  handOf,
  nodeToggled,
  related,
  sameHand,
  stepRemoved,
  stepsSwapped,
  withItem,
  withoutModality,
} from './hand.js';

const item = (number: number): NodeName => ({ kind: 'item', number });
const text = (number: number): NodeName => ({ kind: 'text', number });
const whole = handOf([4, 7, 4, 9], 2, { user: 3, first: 0 });
const edge = { one: item(4), other: item(7), relation: 2 };
const shown = {
  nodes: [4, 7].map((number) => ({ ...item(number), positions: [], gate: null })),
  edges: [{ node: 0, neighbour: 1, relation: 2, within: null, between: null }],
};

test('changes of a history are words, and come back as the same hand', () => {
  const swapped = stepsSwapped(whole, 1);
  for (const [hand, expected] of [
    [swapped, 'u3.s0.s2.s1.s3'],
    [withItem(stepRemoved(whole, 0), 12, 50), 'u3.s1.s2.s3.n12'],
    [withoutModality(withoutModality(swapped, 'picture', 1, false), 'words', 1, false), 'u3.s0.s2pw.s1.s3'],
    [nodeToggled(whole, text(5)), 'u3.dw5'],
    [edgeToggled(whole, edge), 'u3.ci4-i7'],
    [related(nodeToggled(whole, item(9)), { ...edge, relation: 4 }), 'u3.di9.ri4-i7-4'],
  ] as const) {
    assert.equal(editedText(hand, whole), expected);
    assert.ok(sameHand(handIn(expected, whole, shown), hand), expected);
  }
  assert.equal(userIn('u12.dw5'), 12);
  assert.equal(userIn('n4.n5'), null);
});

test('where nothing is changed there is nothing to say, whatever comes next', () => {
  assert.equal(editedText(whole, whole), '');
  assert.equal(editedText({ ...whole, next: 8 }, whole), '');
});

test('of a long history the steps before those shown stay', () => {
  const last = handOf([4, 7], 2, { user: 0, first: 30 });
  assert.equal(editedText(stepsSwapped(last, 0), last), 'u0.f30.s31.s30');
  assert.ok(sameHand(handIn('u0.f30.s31.s30', last, shown), stepsSwapped(last, 0)));
});

test("a history that is nobody's is learned from with what comes next as its last step", () => {
  const own = withoutModality(handOf([4, 7], 2), 'words', 0, false);
  assert.equal(editedText(own, handOf([], null)), 'n4w.n7.n2');
  assert.ok(sameHand(ownIn('n4w.n7.n2'), own));
  assert.equal(editedText(handOf([4], null), handOf([], null)), null);
  assert.equal(editedText(handOf([4], 4), handOf([], null)), 'n4.n4');
});
