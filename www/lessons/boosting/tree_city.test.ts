import assert from 'node:assert/strict';
import { test } from 'node:test';
import { housesOf } from './tree_city.js';

const outline = (leaves: number, depth: number, gain: number) => ({ leaves, depth, gain });

test('houses stand side by side in the picture, the deepest tree is the highest, and what gained most is brightest', () => {
  for (const count of [1, 3, 100, 2000]) {
    const trees = Array.from({ length: count }, (_, tree) => outline(31, 4 + (tree % 9), 1000 / (tree + 1)));
    const houses = housesOf(trees);
    assert.equal(houses.length, count);
    assert.ok(houses.every(({ x, width, height }) => x >= 0 && x + width <= 720 && height <= 120));
    assert.ok(houses.every(({ light }, tree) => light > 0 && light <= 1 && light <= houses[0]!.light + tree));
    const heights = houses.map(({ height }) => height);
    assert.equal(
      heights.indexOf(Math.max(...heights)),
      trees.findIndex(({ depth }) => depth === Math.min(12, 3 + count)),
    );
  }
});

test('a window for each leaf lies within its house, and a tree without a split has one', () => {
  for (const { x, width, height, windows } of housesOf([
    outline(31, 7, 5),
    outline(1, 0, 0),
    outline(2, 1, 3),
  ])) {
    for (const pane of windows) {
      assert.ok(pane.x >= x && pane.x + pane.size <= x + width);
      assert.ok(pane.y >= 120 - height && pane.y + pane.size <= 120);
    }
  }
  assert.deepEqual(
    housesOf([outline(31, 7, 5), outline(1, 0, 0), outline(2, 1, 3)]).map(({ windows }) => windows.length),
    [31, 1, 2],
  );
  const none = housesOf([outline(1, 0, 0)]);
  assert.ok(none[0]!.light > 0 && none[0]!.light < 0.5, 'nothing was gained');
});
