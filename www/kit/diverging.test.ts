import assert from 'node:assert/strict';
import { test } from 'node:test';
import { divergingEnd, divergingGradient, divergingPixels } from './diverging.js';

test('a scale ends at the next of 1, 1.5, 2, 3, 5, 7, whatever the decade', () => {
  const ends: [number, number][] = [
    [1, 1],
    [1.2, 1.5],
    [0.3, 0.3],
    [0.31, 0.5],
    [-640, 700],
    [701, 1000],
    [0.00071, 0.001],
    [1e-38, 1e-38],
    [3.4e38, 5e38],
  ];
  for (const [value, end] of ends) {
    const found = divergingEnd([0, value, -value / 2]);
    assert.ok(Math.abs(found - end) <= 1e-12 * end, `${value}: ${found}`);
  }
});

test('a scale of nothing but zeros, of nothing, or of what is not finite ends at 1', () => {
  for (const values of [[0, -0], [], [NaN, Infinity]]) assert.equal(divergingEnd(values), 1);
  assert.equal(divergingEnd([NaN, -2, Infinity]), 2);
});

test('zero is white, the ends are blue and orange, and what lies beyond has the colour of the end', () => {
  const white = [0xf7, 0xf7, 0xf7, 255];
  const [blue, orange] = [
    [0x00, 0x72, 0xb2, 255],
    [0xd5, 0x5e, 0x00, 255],
  ];
  const pixels = divergingPixels([0, -2, 2, -9, 9, NaN, -0], 2);
  assert.deepEqual([...pixels], [white, blue, orange, blue, orange, white, white].flat());
});

test('between its stops the scale is even', () => {
  // Half way to the end stands the middle stop; a quarter of the way is the mean of it and white.
  assert.deepEqual([...divergingPixels([0.5], 1)], [0xf5, 0xb5, 0x66, 255]);
  const [red, green, blue] = divergingPixels([-0.25], 1);
  const near = (byte: number, value: number): boolean => Math.abs(byte - value) <= 0.5;
  assert.ok(
    near(red!, (0xf7 + 0x7f) / 2) && near(green!, (0xf7 + 0xbf) / 2) && near(blue!, (0xf7 + 0xe6) / 2),
  );
});

test('the gradient of the legend runs from blue over white to orange', () => {
  const stops = divergingGradient().match(/rgb\([^)]+\)/g)!;
  assert.deepEqual(
    [stops[0], stops[2], stops.at(-1)],
    ['rgb(0, 114, 178)', 'rgb(247, 247, 247)', 'rgb(213, 94, 0)'],
  );
  assert.equal(stops.length, 5);
});
