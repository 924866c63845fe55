import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EngineClient } from '../engine/client.js';
import type { Settings, TableLook } from '../engine/protocol.js';
import type { Opening } from './opening.js';
import { OwnDataBook } from './own_data.js';
import type { LabState } from './state.js';

const CONTROLS = [
  { name: 'dataset', type: 'choice', of_data: true },
  { name: 'label_column', type: 'choice', of_data: true },
  { name: 'features', type: 'subset', of_data: true },
  { name: 'train_size', type: 'integer', of_data: true },
  { name: 'epochs', type: 'integer', of_data: false },
];

const LOOK = { columns: [{ name: 'size' }, { name: 'weight' }, { name: 'kind' }] } as TableLook;

const asked = (config: Settings): Settings => {
  const options = { config, seed: null, preset: null, lock: [], ownsAddress: false };
  const state = { options, controls: CONTROLS } as unknown as LabState;
  return new OwnDataBook(state, {} as Opening, {} as EngineClient).askedOf(LOOK);
};

test('columns that a page names are taken where the table has them', () => {
  assert.deepEqual(asked({ label_column: 'kind', features: 'size, weight', train_size: 9, epochs: 3 }), {
    label_column: 'kind',
    features: 'size, weight',
  });
  assert.deepEqual(asked({ features: ['size'] }), { features: ['size'] });
});

test('what names a column of another table is not taken', () => {
  assert.deepEqual(asked({ label_column: 'kind', features: ['height'] }), {});
  assert.deepEqual(asked({ dataset: 'own', epochs: 3 }), {});
});
