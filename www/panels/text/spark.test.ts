import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Series } from '../../kit/chart/series.js';
import { sparkPoints } from './spark.js';

const of = (...values: (number | null)[]): Series => {
  const series = new Series();
  values.forEach((value, step) => series.push(step, value));
  return series;
};

test('a curve runs from edge to edge, the largest value on top', () => {
  assert.equal(sparkPoints(of(3, 1, 2), 12, 22), '1.0,1.0 6.0,21.0 11.0,11.0');
});

test('values that are not finite are left out, and a level curve is a line', () => {
  assert.equal(sparkPoints(of(1, null, 1), 12, 22), '1.0,1.0 11.0,1.0');
  assert.equal(sparkPoints(of(5), 12, 22), '1.0,1.0');
});
