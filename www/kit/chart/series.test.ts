import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Series } from './series.js';

function seriesOf(values: readonly (number | null)[], stride = 1): Series {
  const series = new Series();
  values.forEach((value, index) => series.push(index * stride, value));
  return series;
}

test('a short series is drawn whole', () => {
  const values = Array.from({ length: 512 }, (_, index) => Math.sin(index));
  assert.deepEqual(seriesOf(values).thinned().y, values);
});

test('a long series is drawn with few points, among them the first, the last, and every spike', () => {
  const values: (number | null)[] = Array.from({ length: 200_000 }, (_, index) => 1 + index / 1e6);
  const spikes: [number, number | null][] = [
    [777, 50],
    [123_456, -50],
    [150_001, null],
    [199_998, 60],
  ];
  for (const [step, value] of spikes) values[step] = value;
  const { x, y } = seriesOf(values).thinned();
  assert.ok(x.length <= 4 * 512 && x.length >= 512, `${x.length}`);
  assert.deepEqual([x[0], x.at(-1)], [0, 199_999]);
  for (const [step, value] of spikes) assert.equal(y[x.indexOf(step)], value);
  assert.ok(x.every((step, index) => index === 0 || step > x[index - 1]!));
  assert.ok(x.every((step, index) => values[step] === y[index]));
});

test('the drawn form that grows with a run is that of the whole run: its extremes are those of all values', () => {
  let state = 1;
  const values = Array.from({ length: 5000 }, () => (state = (state * 48271) % 0x7fffffff));
  const series = new Series();
  values.forEach((value, step) => {
    series.push(step, value);
    if (step % 617 !== 0) return;
    const { x, y } = series.thinned();
    const before = values.slice(0, step + 1);
    assert.deepEqual(
      [Math.min(...(y as number[])), Math.max(...(y as number[]))],
      [Math.min(...before), Math.max(...before)],
    );
    assert.equal(x.at(-1), step);
  });
});

test('beside a value that was not finite the extremes of the finite ones are still drawn', () => {
  const values: (number | null)[] = Array(2000).fill(1);
  for (const [step, value] of [
    [1000, null],
    [1001, -5],
    [1002, 5],
    [1500, 7],
    [1501, null],
    [1502, -7],
  ] as const)
    values[step] = value;
  const { y } = seriesOf(values).thinned();
  for (const value of [-5, 5, -7, 7, null]) assert.ok(y.includes(value), `${value}`);
});

test('the nearest step is found, and of two as near the later', () => {
  const series = seriesOf([10, 11, 12], 10);
  const at = (step: number): number => series.nearest(step)!.step;
  assert.deepEqual([-5, 0, 4, 5, 14, 16, 20, 1e9].map(at), [0, 0, 0, 10, 10, 20, 20, 20]);
  assert.deepEqual(series.nearest(9), { step: 10, value: 11 });
  assert.equal(new Series().nearest(3), null);
});

test('the mean of a noisy curve follows its fall without a shift, and its ends', () => {
  let state = 1;
  const noise = (): number => (state = (state * 48271) % 0x7fffffff) / 0x7fffffff - 0.5;
  const trend = (step: number): number => 1.1 * Math.exp(-step / 3000);
  const values = Array.from({ length: 12_000 }, (_, step) => trend(step) + 0.4 * noise());
  const { x, y, window } = seriesOf(values).mean()!;
  assert.ok(x.length <= 512 && window > 100 && window < 1200, `${window}`);
  assert.deepEqual([x[0], x.at(-1)], [0, 11_999]);
  for (const [index, step] of x.entries()) {
    if (step > 100) assert.ok(Math.abs(y[index]! - trend(step)) < 0.06, `${step}: ${y[index]}`);
  }
});

test('a smooth curve and a short one are read as they are', () => {
  assert.equal(seriesOf(Array.from({ length: 5000 }, (_, step) => Math.exp(-step / 900))).mean(), null);
  assert.equal(seriesOf([3, 1, 2, 5, 0]).mean(), null);
});

test('values that were not finite have no part in the mean, and a stretch of them has none', () => {
  const values = Array.from({ length: 2000 }, (_, step) =>
    step > 800 && step < 1400 ? null : 1 + (step % 2),
  );
  const { x, y } = seriesOf(values).mean()!;
  const at = (step: number): number | null => y[x.findIndex((found) => found >= step)]!;
  assert.ok(Math.abs(at(400)! - 1.5) < 0.1 && Math.abs(at(1700)! - 1.5) < 0.1);
  assert.equal(at(1100), null);
});
