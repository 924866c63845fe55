import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeBeside, type Spot } from './placement.js';

const FRAME = { width: 400, height: 240 };
const BOX = { width: 120, height: 60 };
const point = (x: number, y: number): Spot => ({ left: x, right: x, top: y, bottom: y });

function covers(
  { left, top }: { left: number; top: number },
  { width, height }: typeof BOX,
  spot: Spot,
): boolean {
  return left < spot.right && left + width > spot.left && top < spot.bottom && top + height > spot.top;
}

test('what is told of a point stands beside it, near it, inside the chart, and on the other side at the edge', () => {
  for (let x = 0; x <= 400; x += 7) {
    for (let y = 0; y <= 240; y += 7) {
      const spot = { left: x - 5, right: x + 5, top: y - 5, bottom: y + 5 };
      const place = placeBeside(spot, y, BOX, FRAME);
      assert.ok(!covers(place, BOX, spot), `${x}, ${y}`);
      assert.ok(place.left >= 0 && place.left + BOX.width <= FRAME.width, `${x}, ${y}`);
      assert.ok(place.top >= 0 && place.top + BOX.height <= FRAME.height, `${x}, ${y}`);
      const away = Math.min(Math.abs(place.left - x), Math.abs(place.left + BOX.width - x));
      assert.ok(away <= 20, `${x}, ${y}: ${away}`);
    }
  }
  assert.ok(placeBeside(point(100, 50), 50, BOX, FRAME).left > 100);
  assert.ok(placeBeside(point(390, 50), 50, BOX, FRAME).left < 390);
});

test('in a chart too narrow for either side it stands above, or below where the screen ends', () => {
  const narrow = { width: 200, height: 240 };
  const spot = point(100, 120);
  assert.deepEqual(placeBeside(spot, 120, BOX, narrow), { left: 40, top: 46 });
  assert.deepEqual(placeBeside(spot, 120, BOX, narrow, 60), { left: 40, top: 134 });
  // Over a line that is walked along it leaves the whole plot free.
  const column = { left: 100, right: 100, top: 20, bottom: 200 };
  assert.equal(placeBeside(column, 100, BOX, narrow).top, 20 - 14 - 60);
});
