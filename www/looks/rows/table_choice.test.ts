import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Control, TableLook } from '../../engine/protocol.js';
import {
  labelOf,
  NOTHING_CHOSEN,
  settingsOf,
  usedColumns,
  withKind,
  withWords,
  type TableChoice,
} from './table_choice.js';

const column = (name: string, label: boolean, feature: boolean, used: boolean): object => ({
  name,
  label,
  feature,
  used,
  guess: 'number',
  samples: [],
  doubts: [],
  missing: 0,
});

const LOOK = {
  label: 'species',
  label_sure: true,
  columns: [
    column('species', true, false, false),
    column('island', true, false, false),
    column('bill', false, true, true),
    column('year', true, true, true),
    column('constructor', false, true, false),
  ],
} as unknown as TableLook;

const controls = (...names: string[]): Control[] => names.map((name) => ({ name }) as Control);
const chosen = (choice: Partial<TableChoice>): TableChoice => ({ ...NOTHING_CHOSEN, ...choice });

test('what was guessed is learned from where nothing is chosen', () => {
  assert.deepEqual(settingsOf(LOOK, NOTHING_CHOSEN, controls('label_column', 'features')), {
    label_column: 'species',
    features: ['bill', 'year'],
  });
});

test('a lesson that names the columns it leaves out gets those', () => {
  const choice = chosen({ uses: new Map([['constructor', true]]), gaps: 'train_mean' });
  assert.deepEqual(settingsOf(LOOK, choice, controls('label_column', 'drop_columns')), {
    label_column: 'species',
    drop_columns: ['island'],
    gaps: 'train_mean',
  });
});

test('the label is no feature, and one that can be none is not taken', () => {
  assert.equal(labelOf(LOOK, chosen({ label: 'bill' })), 'species');
  const choice = chosen({ label: 'year' });
  assert.equal(labelOf(LOOK, choice), 'year');
  assert.deepEqual(
    usedColumns(LOOK, choice).map(({ name }) => name),
    ['bill'],
  );
});

test('what a column holds is chosen once, and its use follows', () => {
  const first = withKind(chosen({ uses: new Map([['bill', false]]) }), 'bill', 'date');
  const second = withKind(first, 'bill', 'number');
  assert.deepEqual(second.reading.kinds, [['bill', 'number']]);
  assert.equal(second.uses.has('bill'), false);
  const words = withWords(withWords(second, 'sex', true), 'sex', false);
  assert.deepEqual(words.reading.words_are_values, []);
});
