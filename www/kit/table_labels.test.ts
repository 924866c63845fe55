import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columnLabels } from './table_labels.js';

const cell = (text: string, colSpan = 1, rowSpan = 1) => ({ text, colSpan, rowSpan });

test('a column is called what stands above it', () => {
  assert.deepEqual(columnLabels([[cell(' Model\n '), cell('Training  set'), cell('')]]), [
    'Model',
    'Training set',
    '',
  ]);
});

test('names over several columns and over several rows reach each of them', () => {
  const head = [
    [cell('Model', 1, 2), cell('Validation', 2), cell('Test', 2)],
    [cell('HR'), cell('MRR'), cell('HR'), cell('MRR')],
  ];
  assert.deepEqual(columnLabels(head), [
    'Model',
    'Validation · HR',
    'Validation · MRR',
    'Test · HR',
    'Test · MRR',
  ]);
});
