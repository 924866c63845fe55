import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LabState } from './state.js';
import { isUntrained } from './untrained.js';

function lab(tensors: boolean, step: number, imported = false): LabState {
  return {
    opened: { description: { tensors } },
    runs: { current: { progress: { step }, imported } },
  } as unknown as LabState;
}

test('a network is untrained before its first step, unless its weights came from a file', () => {
  assert.equal(isUntrained(lab(true, 0)), true);
  assert.equal(isUntrained(lab(true, 1)), false);
  assert.equal(isUntrained(lab(true, 0, true)), false);
  assert.equal(isUntrained(lab(false, 0)), false);
  assert.equal(isUntrained({ opened: null, runs: { current: null } } as unknown as LabState), false);
});
