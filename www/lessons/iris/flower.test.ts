import assert from 'node:assert/strict';
import { test } from 'node:test';
import { leafPath } from './flower.js';

/** Points of a path of `M`, `C` and `Z`. */
function pointsOf(path: string): [number, number][] {
  const numbers = [...path.matchAll(/-?\d+(?:\.\d+)?(?:e-?\d+)?/g)].map(Number);
  const pairs = numbers.flatMap((value, index) =>
    index % 2 === 0 ? [[value, numbers[index + 1]!] as [number, number]] : [],
  );
  const points: [number, number][] = [];
  for (let at = 0; at + 3 < pairs.length; at += 3) {
    const [a, b, c, d] = pairs.slice(at, at + 4);
    for (let step = 0; step <= 100; step += 1) {
      const [t, s] = [step / 100, 1 - step / 100];
      const of = (axis: 0 | 1): number =>
        s ** 3 * a![axis] + 3 * s * s * t * b![axis] + 3 * s * t * t * c![axis] + t ** 3 * d![axis];
      points.push([of(0), of(1)]);
    }
  }
  return points;
}

test('a leaf is as long and as wide as it was measured', () => {
  for (const [length, width] of [
    [5.1, 3.5],
    [1.4, 0.2],
    [7.9, 4.4],
  ] as const) {
    const points = pointsOf(leafPath({ length, width }));
    const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
    const [long, wide] = [Math.max(...ys) - Math.min(...ys), Math.max(...xs) - Math.min(...xs)];
    assert.ok(Math.abs(long - length) < 1e-9, `${long} cm in place of ${length}`);
    assert.ok(Math.abs(wide - width) < 0.01 * width, `${wide} cm in place of ${width}`);
  }
});
