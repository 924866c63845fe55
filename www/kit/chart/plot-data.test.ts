import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csv, csvOf, tableOf } from './plot-data.js';
import type { PlotContent } from './plot-spec.js';

/** Reads CSV by the letter of RFC 4180. */
function parsed(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    let field = '';
    if (text[at] === '"') {
      for (at += 1; text[at] !== '"' || text[at + 1] === '"'; at += text[at] === '"' ? 2 : 1)
        field += text[at];
      at += 1;
    } else {
      while (!',\r'.includes(text[at]!)) field += text[at++];
    }
    row.push(field);
    if (text[at] === ',') {
      at += 1;
      continue;
    }
    assert.equal(text.slice(at, at + 2), '\r\n');
    at += 2;
    rows.push(row);
    row = [];
  }
  return rows;
}

const line = (series: { label: string; x: number[]; y: (number | null)[] }[], x_label = ''): PlotContent => ({
  kind: 'line',
  x_label,
  series: series.map((one) => ({ ...one, color: '#000000' })),
});

test('fields with commas, quotes, line ends and blanks at their ends come out of a CSV file as they went in', () => {
  const fields = ['a,b', 'say "hi"', 'two\nlines', 'two\r\nlines', ' blank ', '', '"', '花萼'];
  assert.deepEqual(parsed(csvOf({ columns: fields, rows: [[...fields].reverse()] })), [
    fields,
    [...fields].reverse(),
  ]);
});

test('numbers stand in a CSV file in full, and those that are not finite as nothing', () => {
  const numbers = [0.1 + 0.2, 1e-300, -0.5, 123456789.123, 2 ** 53];
  const [, row] = parsed(csvOf({ columns: numbers.map(() => 'x'), rows: [numbers] }));
  assert.deepEqual(row!.map(Number), numbers);
  const text = csv(line([{ label: 'loss', x: [0, 1, 2], y: [1, null, NaN] }]));
  assert.equal(text, 'series,step,value\r\nloss,0,1\r\nloss,1,\r\nloss,2,\r\n');
});

test('every number of each kind of chart is in its CSV file', () => {
  const charts: [PlotContent, string[][]][] = [
    [
      {
        kind: 'scatter',
        x_label: 'length',
        points: { x: [1, 2], y: [3, 4], class: [1, 0] },
        classes: [
          { label: 'a', color: '' },
          { label: 'b', color: '' },
        ],
      },
      [
        ['length', 'y', 'class'],
        ['1', '3', 'b'],
        ['2', '4', 'a'],
      ],
    ],
    [
      {
        kind: 'network',
        layers: [
          { label: 'in', units: ['p', 'q'] },
          { label: 'out', units: [''] },
        ],
        weights: [[[0.5], [null]]],
        biases: [[-1]],
      },
      [
        ['from_layer', 'from', 'to_layer', 'to', 'value'],
        ['in', 'p', 'out', '1', '0.5'],
        ['in', 'q', 'out', '1', ''],
        ['', 'bias', 'out', '1', '-1'],
      ],
    ],
    [
      {
        kind: 'heatmap',
        rows: 2,
        columns: 2,
        values: [1, 2, 3, null],
        row_labels: ['r', 's'],
        scale: 'sequential',
      },
      [
        ['row', 'column', 'value'],
        ['r', '1', '1'],
        ['r', '2', '2'],
        ['s', '1', '3'],
        ['s', '2', ''],
      ],
    ],
    [
      { kind: 'dots', rows: [{ label: 'one', color: '', values: [1, null] }] },
      [
        ['row', 'value'],
        ['one', '1'],
        ['one', ''],
      ],
    ],
    [
      {
        kind: 'pairs',
        features: [
          { label: 'f', range: [0, 1], values: [1, 2] },
          { label: 'g', range: [0, 1], values: [3, 4] },
        ],
        class: [0, 5],
        classes: [{ label: 'a', color: '' }],
      },
      [
        ['f', 'g', 'class'],
        ['1', '3', 'a'],
        ['2', '4', ''],
      ],
    ],
  ];
  for (const [content, expected] of charts) assert.deepEqual(parsed(csv(content)), expected, content.kind);
});

test('the table of a line chart has a column for each curve, empty where it has no point', () => {
  const content = line(
    [
      { label: 'loss', x: [0, 1, 2], y: [3, null, 1] },
      { label: 'dev', x: [2], y: [5] },
    ],
    'epoch',
  );
  assert.deepEqual(tableOf(content), {
    columns: ['epoch', 'loss', 'dev'],
    rows: [
      [0, 3, null],
      [1, null, null],
      [2, 1, 5],
    ],
  });
});

test('a long table is cut to evenly chosen rows with the first and the last, at the steps of the evaluations', () => {
  const steps = Array.from({ length: 1000 }, (_, step) => step);
  const evaluations = steps.filter((step) => step % 100 === 99);
  const both = line([
    { label: 'loss', x: steps, y: steps },
    { label: 'dev', x: evaluations, y: evaluations },
  ]);
  const { rows } = tableOf(both);
  assert.deepEqual(
    rows.map(([step]) => step),
    [0, ...evaluations],
  );
  assert.deepEqual(rows.at(-1), [999, 999, 999]);
  const alone = tableOf(line([{ label: 'loss', x: steps, y: steps }]), 5).rows.map(([step]) => step);
  assert.deepEqual(alone, [0, 250, 500, 749, 999]);
});

test('no table has more rows than asked for', () => {
  const steps = Array.from({ length: 100 }, (_, step) => step);
  const heat: PlotContent = {
    kind: 'heatmap',
    rows: 100,
    columns: 100,
    values: Array(10_000).fill(1),
    scale: 'diverging',
  };
  for (const most of [0, 1, 2, 3, 99, 100, 500]) {
    assert.equal(tableOf(line([{ label: 'l', x: steps, y: steps }]), most).rows.length, Math.min(100, most));
    assert.equal(tableOf(heat, most).rows.length, Math.min(100, most));
  }
  assert.deepEqual(tableOf(line([])), { columns: ['step'], rows: [] });
});
