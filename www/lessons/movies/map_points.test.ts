import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aligned, frameOf, nearest, pixelOf } from './map_points.js';

const POINTS = { x: [-2, 0, 2], y: [-1, 0, 1] };

test('an axis that points the other way is turned back, each by itself', () => {
  const turned = { x: [2, 0.1, -2], y: [-1, 0, 1.1] };
  assert.deepEqual(aligned(POINTS, turned), { x: [-2, -0.1, 2], y: [-1, 0, 1.1] });
  assert.equal(aligned(null, turned), turned);
  assert.equal(aligned({ x: [1], y: [1] }, turned), turned, 'another set of films');
});

test('all points lie within the frame, on one scale', () => {
  const frame = frameOf(POINTS, 220, 200, 10);
  assert.equal(frame.scale, 50);
  assert.deepEqual(
    [0, 1, 2].map((point) => pixelOf(POINTS, frame, point)),
    [
      [10, 150],
      [110, 100],
      [210, 50],
    ],
  );
  const none = frameOf({ x: [], y: [] }, 100, 100, 10);
  assert.ok(Number.isFinite(none.scale));
  const one = frameOf({ x: [3], y: [4] }, 100, 100, 10);
  assert.deepEqual(pixelOf({ x: [3], y: [4] }, one, 0), [50, 50]);
});

test('the nearest point is found among those asked for, and none that is out of reach', () => {
  const frame = frameOf(POINTS, 220, 200, 10);
  assert.equal(nearest(POINTS, frame, [0, 1, 2], [100, 105], 22), 1);
  assert.equal(nearest(POINTS, frame, [0, 2], [100, 105], 22), null);
});
