import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  cellGuide,
  lineGuide,
  networkGuide,
  pointGuide,
  walk,
  walkGrid,
  type NetworkPlace,
} from './guide.js';
import type { PlotLayout } from './plot-spec.js';
import { Series } from './series.js';

/** A plot of 100 × 100 pixels at (10, 20). */
const layout = (more: Partial<PlotLayout>): PlotLayout =>
  ({ plot: { left: 10, right: 110, top: 20, bottom: 120 }, nodes: [], edges: [], ...more }) as PlotLayout;

const told = (value: unknown): { title: string; entries: [] } => ({
  title: JSON.stringify(value),
  entries: [],
});

test('arrows walk by one, pages by a tenth, and the ends hold', () => {
  const keys = [
    'ArrowRight',
    'ArrowUp',
    'ArrowLeft',
    'ArrowDown',
    'PageUp',
    'PageDown',
    'Home',
    'End',
    'Enter',
  ];
  assert.deepEqual(
    keys.map((key) => walk(key, 50, 100)),
    [51, 51, 49, 49, 60, 40, 0, 99, null],
  );
  assert.deepEqual(
    keys.map((key) => walk(key, 0, 3)),
    [1, 1, 0, 0, 1, 0, 0, 2, null],
  );
  assert.deepEqual(
    keys.map((key) => walk(key, 2, 3)),
    [2, 2, 1, 1, 2, 1, 0, 2, null],
  );
});

test('in a grid an arrow leads to the neighbour, and beyond an edge nowhere', () => {
  // Of 2 rows and 3 columns: 0 1 2 over 3 4 5.
  const from = (cell: number): (number | null)[] =>
    ['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp', 'End'].map((key) => walkGrid(key, cell, 2, 3));
  assert.deepEqual(from(0), [1, null, 3, null, null]);
  assert.deepEqual(from(2), [null, 1, 5, null, null]);
  assert.deepEqual(from(4), [5, 3, null, 1, null]);
});

test('on a line chart the nearest step of any curve is found, a little beside the plot too', () => {
  const [loss, dev] = [new Series(), new Series()];
  for (const step of [0, 10, 100]) loss.push(step, 1);
  for (const step of [10, 50]) dev.push(step, 1);
  const guide = lineGuide([loss, dev], told);
  const here = layout({ x_range: [0, 100] });
  assert.equal(guide.count(here), 4);
  const titles = [10, 14, 16, 39, 41, 109, 125].map((x) => guide.readout(here, guide.at(here, x, 0)!).title);
  assert.deepEqual(titles, ['0', '0', '10', '10', '50', '100', '100']);
  assert.deepEqual([guide.at(here, -15, 0), guide.at(here, 140, 0)], [null, null]);
  assert.equal(lineGuide([], told).empty, true);
  assert.equal(guide.at(layout({ x_range: null }), 50, 50), null);
});

test('on a scatter chart the nearest point within reach is found, and points are walked from left to right', () => {
  const guide = pointGuide([5, 1, 5, 9], [5, 9, 2, 1], told);
  const here = layout({ x_range: [0, 10], y_range: [0, 10] });
  const walked = [0, 1, 2, 3].map((position) => guide.readout(here, position).title);
  assert.deepEqual(walked, ['1', '2', '0', '3']);
  const at = (x: number, y: number): string | null => {
    const position = guide.at(here, x, y);
    return position === null ? null : guide.readout(here, position).title;
  };
  // Pixels grow downwards, values upwards: (1, 9) stands at (20, 30).
  assert.deepEqual(
    [at(20, 30), at(62, 71), at(60, 95), at(105, 112), at(20, 110)],
    ['1', '0', '2', '3', null],
  );
});

test('in a network the units come before the weights, under the pointer as by keys', () => {
  const guide = networkGuide((place: NetworkPlace) => told([place.layer, place.unit, place.to]));
  const here = layout({
    nodes: [
      { layer: 0, unit: 0, x: 10, y: 50, radius: 5 },
      { layer: 1, unit: 2, x: 110, y: 50, radius: 5 },
    ] as PlotLayout['nodes'],
    edges: [{ layer: 0, from: 0, to: 2, x1: 10, y1: 50, x2: 110, y2: 50 }] as PlotLayout['edges'],
  });
  assert.equal(guide.count(here), 3);
  assert.deepEqual(
    [0, 1, 2].map((position) => guide.readout(here, position).title),
    ['[0,0,null]', '[1,2,null]', '[0,0,2]'],
  );
  assert.deepEqual(
    [guide.at(here, 12, 52), guide.at(here, 60, 55), guide.at(here, 60, 75), guide.at(here, 130, 50)],
    [0, 2, null, null],
  );
});

test('a heat map finds the cell of each pixel, and none beside it', () => {
  const guide = cellGuide(2, 4, (row, column) => told([row, column]));
  const here = layout({});
  const at = (x: number, y: number): number | null => guide.at(here, x, y);
  assert.deepEqual([at(10, 20), at(109, 20), at(10, 119), at(109, 119), at(36, 69)], [0, 3, 4, 7, 1]);
  assert.deepEqual([at(9, 50), at(110, 50), at(50, 19), at(50, 120)], [null, null, null, null]);
  assert.equal(guide.readout(here, 6).title, '[1,2]');
  assert.equal(cellGuide(0, 4, () => told(0)).empty, true);
});
