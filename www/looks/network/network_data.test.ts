import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Language } from '../../kit/words.js';
import {
  biasesOf,
  layerText,
  networkContent,
  placeText,
  weightsOf,
  type NetworkData,
} from './network_data.js';

const LANGUAGE: Language = {
  code: 'en',
  words: [
    {
      features: { length: 'Petal length' },
      classes: { setosa: 'Iris setosa' },
      ui: { layers: { input: 'Input', hidden: 'Hidden {number}', output: 'Output', unit: 'unit {number}' } },
    },
  ],
};

/** Two features, three hidden units, one class; each weight is its own address: input, then output. */
const NETWORK = {
  layers: [
    { name: 'input', units: 2, unit_names: ['length', 'mine'] },
    { name: 'hidden12', units: 3 },
    { name: 'output', units: 1, unit_names: ['setosa'] },
  ],
  tensors: [
    { name: 'w0', shape: [2, 3], parameters: 6, values: [11, 12, 13, 21, 22, 23] },
    { name: 'b0', shape: [3], parameters: 3, values: [1, 2, null] },
    { name: 'w1', shape: [3, 1], parameters: 3, values: [31, 32, 33] },
    { name: 'b1', shape: [1], parameters: 1, values: [-5] },
  ],
  parameters: 13,
} as NetworkData;

test('the weights of a network are drawn by the unit they lead from and the unit they lead to', () => {
  const content = networkContent(LANGUAGE, NETWORK) as Extract<
    ReturnType<typeof networkContent>,
    { kind: 'network' }
  >;
  assert.deepEqual(content.weights, [
    [
      [11, 12, 13],
      [21, 22, 23],
    ],
    [[31], [32], [33]],
  ]);
  assert.deepEqual(content.biases, [[1, 2, null], [-5]]);
  assert.deepEqual(content.layers, [
    { label: 'Input · 2', units: ['Petal length', 'mine'] },
    { label: 'Hidden 12 · 3', units: ['', '', ''] },
    { label: 'Output · 1', units: ['Iris setosa'] },
  ]);
  assert.deepEqual([weightsOf(NETWORK).length, biasesOf(NETWORK).length], [2, 2]);
});

test('a weight, a bias and an input are told by name and number', () => {
  const text = (layer: number, unit: number, to: number | null): string[] =>
    Object.values(placeText(LANGUAGE, NETWORK, { layer, unit, to }));
  assert.deepEqual(text(0, 1, 2), ['Input: mine → Hidden 12: unit 3', '23', 'weight']);
  assert.deepEqual(text(1, 2, 0), ['Hidden 12: unit 3 → Output: Iris setosa', '33', 'weight']);
  assert.deepEqual(text(1, 1, null), ['Hidden 12: unit 2', '2', 'bias']);
  assert.deepEqual(text(1, 2, null), ['Hidden 12: unit 3', '–', 'bias']);
  assert.deepEqual(text(2, 0, null), ['Output: Iris setosa', '−5', 'bias']);
  assert.deepEqual(text(0, 0, null), ['Input: Petal length', '', 'unit']);
});

test('a layer is named by its kind and its whole number', () => {
  assert.deepEqual(
    ['input', 'hidden1', 'hidden10'].map((name) => layerText(LANGUAGE, name)),
    ['Input', 'Hidden 1', 'Hidden 10'],
  );
});
