import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BRUSH, paint, SIDE, type Stroke } from './strokes.js';

test('strokes are drawn anew on black, and a stroke that leads nowhere is a dot', () => {
  const calls: string[] = [];
  const note =
    (name: string) =>
    (...numbers: number[]): void =>
      void calls.push([name, ...numbers].join(' '));
  const brush = {
    fillRect: note('fill'),
    beginPath: () => undefined,
    moveTo: note('move'),
    lineTo: note('line'),
    stroke: note('stroke'),
    lineWidth: 0,
  };
  const strokes: Stroke[] = [
    [
      [0, 0],
      [0.5, 1],
      [1, 0.25],
    ],
    [[0.5, 0.5]],
  ];
  paint(brush as unknown as CanvasRenderingContext2D, strokes);
  assert.deepEqual(calls, [
    `fill 0 0 ${SIDE} ${SIDE}`,
    ...['move 0 0', 'line 140 280', 'line 280 70', 'stroke'],
    ...['move 140 140', 'line 140 140', 'stroke'],
  ]);
  assert.equal(brush.lineWidth, BRUSH * SIDE);
});
