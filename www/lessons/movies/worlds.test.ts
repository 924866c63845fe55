import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verdict } from './worlds.js';

test('a model that ranks by popularity has found no taste', () => {
  assert.equal(verdict(3, { taste: 0.01, popularity: 0.9 }), 'popularity');
  assert.equal(verdict(3, { taste: 0.01, popularity: 0.1 }), 'nothing');
});

test('tastes are found in part or wholly, however popular the films are', () => {
  assert.equal(verdict(3, { taste: 0.3, popularity: 0.9 }), 'some');
  assert.equal(verdict(3, { taste: 0.7, popularity: 0.9 }), 'tastes');
});

test('where there are no tastes there is nothing to find', () => {
  assert.equal(verdict(0, { taste: 0, popularity: 0.9 }), 'no_tastes');
});
