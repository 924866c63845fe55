import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Language } from '../../kit/words.js';
import type { LabSession } from '../../lab/session.js';
import { planeContent } from './plane.js';
import {
  askForData,
  classesOf,
  columnOf,
  featureText,
  isSample,
  knownData,
  measurementText,
  rangeOf,
  rowsOfPart,
  rowsText,
  rowTitle,
  scatterOf,
  splitText,
  type TableData,
  type Table,
  valueText,
} from './table_data.js';

const LANGUAGE: Language = {
  code: 'en',
  words: [
    {
      features: { length: 'Petal length' },
      units: { cm: 'cm' },
      classes: { setosa: 'Iris setosa' },
      splits: { train: 'Training', dev: 'Validation', none: 'Left out' },
      ui: {
        data: {
          row: '{row}: {class}, {split}',
          all_rows: '{rows} rows',
          rows_drawn: '{rows} of {total} rows',
        },
      },
    },
  ],
};

const TABLE = {
  features: [
    { name: 'length', unit: 'cm', min: 1, max: 6, mean: 3, decimals: 1 },
    { name: 'mine', unit: '', min: 2, max: 2, mean: 2, decimals: 0 },
  ],
  classes: ['setosa', 'mine', 'c', 'd', 'e'],
  rows: 3,
};

const DATA = {
  features: ['mine', 'length'],
  total: 3,
  row_numbers: [0, 7, 1233],
  rows: [
    [2, 1],
    [2, 6],
    [2, 3],
  ],
  labels: [0, 1, 1],
  split: ['train', 'train+dev', ''],
  counts: { train: [20, 30], all: [50, 100] },
  leaked: 0,
} as TableData;

test('a row is called by its number from 1, its class and the parts of the data it belongs to', () => {
  const titles = [0, 1, 2].map((index) => rowTitle(LANGUAGE, TABLE, DATA, index));
  assert.deepEqual(titles, [
    '1: Iris setosa, Training',
    '8: mine, Training + Validation',
    '1,234: mine, Left out',
  ]);
  assert.equal(splitText(LANGUAGE, 'dev'), 'Validation');
});

test('a column is named with its unit, and one of the reader’s own by its own name', () => {
  assert.equal(featureText(LANGUAGE, TABLE, 'length'), 'Petal length (cm)');
  assert.equal(featureText(LANGUAGE, TABLE, 'mine'), 'mine');
  assert.equal(featureText(LANGUAGE, TABLE, 'stranger'), 'stranger');
  assert.equal(measurementText(LANGUAGE, TABLE, 'length', 1.23456), '1.235 cm');
  assert.equal(measurementText(LANGUAGE, TABLE, 'mine', 2), '2');
});

test('columns are taken by name, in whatever order the answer has them', () => {
  assert.deepEqual(columnOf(DATA, 'length'), [1, 6, 3]);
  assert.deepEqual(columnOf(DATA, 'mine'), [2, 2, 2]);
});

test('a column of one value still has a range', () => {
  assert.deepEqual(rangeOf(TABLE, 'length'), [0.7, 6.3]);
  assert.deepEqual(rangeOf(TABLE, 'mine'), [1.94, 2.06]);
});

test('the rows of a part are those of all its classes, and a part that there is not has none', () => {
  assert.deepEqual(
    [rowsOfPart(DATA, 'train'), rowsOfPart(DATA, 'all'), rowsOfPart(DATA, 'test')],
    [50, 150, 0],
  );
});

test('a sample says how many rows the table has', () => {
  assert.equal(rowsText(LANGUAGE, DATA), '3 rows');
  const sample = { ...DATA, total: 100_000 };
  assert.ok(isSample(sample) && !isSample(DATA));
  assert.equal(rowsText(LANGUAGE, sample), '3 of 100,000 rows');
});

test('each class has a sign that no other class of its colour has', () => {
  const signs = classesOf(false, LANGUAGE, TABLE).map(({ color, shape }) => `${color} ${shape}`);
  assert.equal(new Set(signs).size, 5);
});

test('a scatter chart has a point for each row, and over the regions of a model their ranges', () => {
  const chart = scatterOf(false, LANGUAGE, TABLE, DATA, 'length', 'mine');
  assert.deepEqual(
    [chart.points.x, chart.points.y, chart.points.class],
    [
      [1, 6, 3],
      [2, 2, 2],
      [0, 1, 1],
    ],
  );
  assert.deepEqual([chart.x_label, chart.x_range, chart.regions], ['Petal length (cm)', [0.7, 6.3], null]);
  const answer = {
    x_range: [0, 1],
    y_range: [2, 3],
    columns: 2,
    rows: 1,
    classes: [0, 1],
    confidence: [1, 0.5],
    next: [0, 0.25],
  } as const;
  const plane = planeContent(
    false,
    LANGUAGE,
    TABLE,
    DATA,
    ['length', 'mine'],
    answer as unknown as Parameters<typeof planeContent>[5],
  );
  assert.deepEqual(
    [plane.x_range, plane.y_range],
    [
      [0, 1],
      [2, 3],
    ],
  );
  // Probabilities are compared by their logits; one of 1 has no end.
  const lead = [17, Math.log(2)];
  assert.deepEqual(plane.regions, { columns: 2, rows: 1, classes: [0, 1], confidence: [1, 0.5], lead });
  assert.deepEqual(plane.points, chart.points);
});

test('the rows are asked for once for each opening of a lab, and again after a failure', async () => {
  let asked = 0;
  let fails = true;
  const inspectAny = (): Promise<unknown> => {
    asked += 1;
    return fails ? Promise.reject(new Error('gone')) : Promise.resolve(DATA);
  };
  const session = { opened: { description: { table: TABLE } }, inspectAny } as unknown as LabSession;
  await assert.rejects(askForData(session));
  fails = false;
  assert.equal(knownData(session), null);
  assert.equal(await askForData(session), await askForData(session));
  assert.equal(asked, 2);
  assert.equal(knownData(session), DATA);
  assert.equal(knownData({ opened: null } as LabSession), null);
});

test('values have the decimals of their column', () => {
  const table: Table = {
    ...TABLE,
    features: [
      { name: 'mass', unit: '', min: 12345.678, max: 12355, mean: 12350, decimals: 3 },
      { name: 'noise', unit: '', min: 0.1, max: 0.3, mean: 0.2, decimals: null },
    ],
  };
  assert.equal(valueText(LANGUAGE, table, 'mass', 12345.678), '12,345.678');
  assert.equal(valueText(LANGUAGE, table, 'noise', 0.1 + 0.2), '0.3');
});

test('a table of another kind, which has no rows to draw, is refused', async () => {
  const inspectAny = (): Promise<unknown> => Promise.resolve({ columns: [], sample: [] });
  await assert.rejects(askForData({ opened: null, inspectAny } as unknown as LabSession), /another kind/);
});
