import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Control } from '../../engine/protocol.js';
import { fractionOf, moved, stepOf, valueAt } from './scale.js';

type NumberControl = Parameters<typeof fractionOf>[0];
const control = (type: 'integer' | 'number', min: number, max: number, logarithmic = false): NumberControl =>
  ({ type, min, max, logarithmic }) as unknown as Control as NumberControl;

const SLIDERS = [
  control('integer', 1, 100),
  control('integer', -5, 5),
  control('integer', 3, 3),
  control('number', 0, 1),
  control('number', -2, 0.5),
  control('number', 1e-5, 1, true),
  control('number', 0.1, 1e6, true),
  // A logarithm of 0 there is not.
  control('number', 0, 10, true),
];

test('the ends of a slider are the least and the most a setting may be', () => {
  for (const slider of SLIDERS) {
    assert.equal(valueAt(slider, 0), slider.min);
    assert.equal(valueAt(slider, 1), slider.max);
    assert.equal(fractionOf(slider, slider.min - 1), 0);
    assert.equal(fractionOf(slider, -Infinity), 0);
    if (slider.max > slider.min) assert.equal(fractionOf(slider, slider.max + 1), 1);
  }
});

test('a value keeps its place: what stands at the place of a value is that value', () => {
  for (let value = 1; value <= 100; value++)
    assert.equal(valueAt(SLIDERS[0]!, fractionOf(SLIDERS[0]!, value)), value);
  for (const value of [1e-5, 2e-5, 0.00037, 0.01, 0.1, 0.99]) {
    assert.equal(valueAt(SLIDERS[5]!, fractionOf(SLIDERS[5]!, value)), value);
  }
  for (const value of [0, 0.005, 0.37, 0.995, 1])
    assert.equal(valueAt(SLIDERS[3]!, fractionOf(SLIDERS[3]!, value)), value);
});

test('each position along a slider has a value of its own between the ends, written as a reader would', () => {
  for (const slider of SLIDERS) {
    const step = stepOf(slider);
    const values = new Set<number>();
    for (let at = 0; at * step <= 1 + 1e-9; at++) values.add(valueAt(slider, Math.min(1, at * step)));
    if (!(slider.type === 'number' && slider.logarithmic && slider.min > 0)) {
      assert.equal(
        values.size,
        slider.max > slider.min ? Math.round(1 / step) + 1 : 1,
        JSON.stringify(slider),
      );
    }
    for (const value of values) {
      assert.ok(value >= slider.min && value <= slider.max);
      assert.equal(Number(value.toPrecision(3)), value);
    }
  }
});

test('on a logarithmic slider each decade is as long', () => {
  const places = [1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1].map((value) => fractionOf(SLIDERS[5]!, value));
  places.forEach((place, decade) => assert.ok(Math.abs(place - decade / 5) < 1e-12));
});

test('every arrow key leads to another value until the end of the range, and the way back ends where it began', () => {
  const keys = (slider: NumberControl, value: number, key: string): number[] => {
    const way: number[] = [];
    for (let next = moved(slider, value, key)!; next !== way.at(-1) && way.length < 5000;) {
      way.push(next);
      next = moved(slider, next, key)!;
    }
    return way;
  };
  for (const slider of SLIDERS.filter(({ min, max }) => max > min)) {
    const up = keys(slider, slider.min, 'ArrowUp');
    assert.equal(up.at(-1), slider.max);
    assert.ok(up.every((value, place) => place === 0 || value > up[place - 1]!));
    assert.equal(keys(slider, slider.max, 'ArrowLeft').at(-1), slider.min);
  }
  assert.equal(moved(control('integer', 0, 4_294_967_295), 7, 'ArrowRight'), 8, 'the next seed');
});

test('pages leap, ends are ends, and other keys lead nowhere', () => {
  const slider = SLIDERS[0]!;
  assert.equal(moved(slider, 50, 'PageUp'), 60);
  assert.equal(moved(slider, 98, 'PageUp'), 100);
  assert.equal(moved(slider, 50, 'Home'), 1);
  assert.equal(moved(slider, 50, 'End'), 100);
  assert.equal(moved(slider, 50, 'a'), null);
});
