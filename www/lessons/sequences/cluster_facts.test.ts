import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bySize, examplesOf, sizesOf } from './cluster_facts.js';

const clusters = [[4], [2, 3, 1], [], [0, 5]];

test('clusters are counted, empty ones too', () => {
  assert.deepEqual(sizesOf({ clusters }), { clusters: 4, smallest: 0, largest: 3, empty: 1 });
  assert.equal(sizesOf({ clusters: [] }), null, 'features without codes have none');
});

test('the largest comes first, of equals the one with the smaller number', () => {
  assert.deepEqual(bySize({ clusters }), [1, 3, 0, 2]);
  assert.deepEqual(bySize({ clusters: [[], []] }), [0, 1]);
});

test('examples are the nearest items of different clusters', () => {
  assert.deepEqual(examplesOf({ clusters }, 2), [2, 0]);
  assert.deepEqual(examplesOf({ clusters }, 9), [2, 0, 4]);
});
