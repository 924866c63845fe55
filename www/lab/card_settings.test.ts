import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Control, Settings } from '../engine/protocol.js';
import type { Language } from '../kit/words.js';
import { changedSettings } from './card_settings.js';

const language = (code: 'en' | 'zh'): Language => ({
  code,
  words: [
    {
      controls: {
        model: { label: 'Model', options: { tree: 'Decision tree' } },
        rate: { label: 'Learning rate' },
        hidden: { label: 'Hidden layers' },
        columns: { label: 'Columns' },
        limit: { label: 'Limit' },
      },
      units: { seconds: 's' },
      ui: { settings: { none: 'none' } },
    },
  ],
});

const control = (
  name: string,
  type: Control['type'],
  value: Settings[string],
  more: Partial<Control> = {},
): Control => ({ name, type, default: value, unit: null, only_with: [], ...more }) as Control;

const CONTROLS = [
  control('model', 'choice', 'net'),
  control('rate', 'number', 0.1, { only_with: [{ setting: 'model', options: ['net'] }] }),
  control('hidden', 'integer_list', [8]),
  control('columns', 'subset', ['a']),
  control('limit', 'integer', 10, { unit: 'seconds' }),
];

const texts = (settings: Settings, code: 'en' | 'zh' = 'en'): string[] =>
  changedSettings(language(code), CONTROLS, settings).map(({ label, value }) => `${label}: ${value}`);

test('only settings that differ from their defaults are named, in the order declared, with their units', () => {
  assert.deepEqual(texts({ model: 'net', rate: 0.1, hidden: [8], columns: ['a'], limit: 10 }), []);
  assert.deepEqual(texts({ limit: 20, columns: ['a', 'b'], hidden: [], rate: 0.0001, model: 'net' }), [
    'Learning rate: 0.0001',
    'Hidden layers: none',
    'Columns: a, b',
    'Limit: 20 s',
  ]);
  assert.deepEqual(texts({ columns: ['a', 'b'], hidden: [8, 4] }, 'zh'), [
    'Hidden layers: 8 · 4',
    'Columns: a、b',
  ]);
});

test('a setting without a meaning beside the others is left out', () => {
  assert.deepEqual(texts({ model: 'tree', rate: 0.5 }), ['Model: Decision tree']);
});

test('a text is named where there is one', () => {
  const controls = [control('hidden', 'text', '')];
  const of = (hidden: Settings[string]): string[] =>
    changedSettings(language('en'), controls, { hidden }).map(({ value }) => value);
  assert.deepEqual([of('u3.s1'), of(''), of(3)], [['u3.s1'], [], []]);
});

test('settings from outside that are not of their kind are left out', () => {
  assert.deepEqual(texts({ model: 7, hidden: [8, 'x'], columns: 'a', limit: '20' }), []);
});
