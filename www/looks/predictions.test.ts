import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json } from '../engine/protocol.js';
import { picturesPredicted, rowsPredicted } from './predictions.js';

test('a probability that is not finite stays in its place', () => {
  const answer = { classes: ['a', 'b'], probabilities: [[0.25, null, 0.75], []] };
  assert.deepEqual(rowsPredicted(answer), answer);
});

test('a model without probabilities has a decision value for each pair of classes', () => {
  const answer = {
    classes: ['a'],
    decisions: [[1.5, -0.25]],
    pairs: [
      ['a', 'b'],
      ['a', 'c'],
    ],
  };
  assert.deepEqual(rowsPredicted(answer), answer);
});

test('pictures are predicted with what the model has seen of them', () => {
  const seen = [{ width: 2, height: 1, channels: 3, pixels: 'AAAA' }];
  const answer = { classes: ['cat'], probabilities: [[1]], seen };
  assert.deepEqual(picturesPredicted(answer), answer);
  assert.deepEqual(picturesPredicted({ classes: ['cat'], probabilities: [[1]] }).seen, []);
});

test('what another lesson predicts is refused', () => {
  const others: Json[] = [
    null,
    7,
    [],
    {},
    { predictions: [0.5] },
    { classes: ['a'], decisions: [[1]], pairs: [['a']] },
  ];
  for (const answer of others) {
    assert.throws(() => rowsPredicted(answer), TypeError);
    assert.throws(() => picturesPredicted(answer), TypeError);
  }
  const seen = [{ width: 2, height: 1, channels: 3 }];
  assert.throws(() => picturesPredicted({ classes: ['cat'], probabilities: [[1]], seen }), TypeError);
});
