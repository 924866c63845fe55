import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tileAt, tileRoom, type Tiles } from './tile_room.js';

const tilesOf = (count: number, rows = 28, columns = 28): Tiles => ({
  count,
  rows,
  columns,
  pixels: new Uint8ClampedArray(),
  empty: [],
});

test('tiles stand inside the width and do not overlap, however many and however narrow the page', () => {
  for (const count of [1, 2, 7, 32, 100]) {
    for (const width of [60, 320, 375, 1000]) {
      const room = tileRoom(tilesOf(count), 96, width);
      const corners = Array.from({ length: count }, (_, tile) => room.corner(tile));
      for (const [left, top] of corners) {
        assert.ok(left >= 0 && top >= 0 && left + room.across <= width, `${count} in ${width}: ${left}`);
        assert.ok(top + room.down <= room.height);
      }
      const apart = ([a, b]: [number, number], [c, d]: [number, number]): boolean =>
        Math.abs(a - c) >= room.across || Math.abs(b - d) >= room.down;
      corners.forEach((one, index) =>
        corners.slice(index + 1).forEach((other) => assert.ok(apart(one, other))),
      );
      assert.ok(room.across <= 96);
    }
  }
});

test('tiles are a little smaller where that saves a row', () => {
  // Three of 100 fit into 314; four of 75 do as well, and save the second row.
  assert.equal(tileRoom(tilesOf(4), 100, 318).columns, 4);
  // Five would be less than three quarters of their size.
  assert.equal(tileRoom(tilesOf(5), 100, 318).columns, 3);
});

test('each pixel of each tile is found in its middle, and nothing between the tiles', () => {
  const tiles = tilesOf(7, 3, 5);
  const room = tileRoom(tiles, 50, 200);
  for (let tile = 0; tile < tiles.count; tile++) {
    const [left, top] = room.corner(tile);
    for (let row = 0; row < 3; row++) {
      for (let column = 0; column < 5; column++) {
        const [x, y] = [left + ((column + 0.5) * room.across) / 5, top + ((row + 0.5) * room.down) / 3];
        assert.deepEqual(tileAt(tiles, room, x, y), { tile, row, column });
      }
    }
    assert.equal(tileAt(tiles, room, left + room.across + 1, top + 1), null);
    assert.equal(tileAt(tiles, room, left + 1, top + room.down + 1), null);
  }
});

test('nothing is found beside the tiles or where the last row has none', () => {
  const tiles = tilesOf(4);
  const room = tileRoom(tiles, 100, 230);
  assert.equal(room.columns, 2);
  const three = { ...tiles, count: 3 };
  const [left, top] = room.corner(3);
  assert.notEqual(tileAt(tiles, room, left + 5, top + 5), null);
  assert.equal(tileAt(three, room, left + 5, top + 5), null);
  for (const [x, y] of [
    [0, 50],
    [50, 0],
    [-500, 50],
    [50, -500],
    [1e6, 50],
    [50, 1e6],
    [NaN, 50],
  ] as const) {
    assert.equal(tileAt(tiles, room, x, y), null, `${x}, ${y}`);
  }
});
