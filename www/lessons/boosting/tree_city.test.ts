import assert from 'node:assert/strict';
import { test } from 'node:test';
import { housesOf } from './tree_city.js';

const outline = (leaves: number, depth: number, gain: number) => ({ leaves, depth, gain });

test('houses stand side by side in the picture, the deepest is the highest, and what gained more is brighter', () => {
  for (const count of [1, 3, 100, 2000]) {
    const depthOf = (tree: number) => 4 + (tree % 9);
    const trees = Array.from({ length: count }, (_, tree) => outline(31, depthOf(tree), 1000 / (tree + 1)));
    const { houses, height } = housesOf(trees);
    assert.equal(houses.length, count);
    for (const [tree, { x, top, ground, width, light }] of houses.entries()) {
      assert.ok(x >= 0 && x + width <= 720 && top >= 0 && top < ground && ground <= height);
      assert.ok(light > 0 && light <= (houses[tree - 1]?.light ?? 1));
      const next = houses[tree + 1];
      assert.ok(!next || next.ground > ground || next.x >= x + width, `house ${tree} stands in the next one`);
    }
    const heights = houses.map(({ top, ground }) => ground - top);
    const deepest = Math.max(...trees.map(({ depth }) => depth));
    assert.ok(heights.every((one, tree) => one < Math.max(...heights) || depthOf(tree) === deepest));
  }
});

test('a window for each leaf lies within its house, and a tree without a split has one', () => {
  const { houses } = housesOf([outline(31, 7, 5), outline(1, 0, 0), outline(2, 1, 3)]);
  for (const { x, top, ground, width, windows } of houses) {
    for (const pane of windows) {
      assert.ok(pane.x >= x && pane.x + pane.size <= x + width);
      assert.ok(pane.y >= top && pane.y + pane.size <= ground);
    }
  }
  assert.deepEqual(
    houses.map(({ windows }) => windows.length),
    [31, 1, 2],
  );
  const usual = Array.from({ length: 100 }, () => outline(31, 12, 5));
  assert.ok(
    housesOf(usual).houses.every(({ windows }) => windows.length === 31),
    'windows of the usual model',
  );
  const [none] = housesOf([outline(1, 0, 0)]).houses;
  assert.ok(none!.light > 0 && none!.light < 0.5, 'nothing was gained');
});
