import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LabSession } from '../../lab/session.js';
import { askForMaps, deviations, fieldOf, type Chosen, type SeenLayer } from './maps_data.js';

const PICTURE = { width: 28, height: 28, channels: 1, pixels: '' };

/** Two maps of 2 × 3, the second dead. */
const BYTES = Uint8Array.of(0, 64, 128, 192, 255, 128, 0, 0, 0, 0, 0, 0);

async function seen(
  chosen: Chosen = { split: 'train', index: 5 },
): Promise<{ layer: SeenLayer; asked: unknown }> {
  let asked: unknown;
  const field = { size: 5, step: 2, offset: -2 };
  const maps = Buffer.from(BYTES).toString('base64');
  const layer = {
    name: 'conv1',
    kind: 'conv',
    height: 2,
    width: 3,
    channels: 8,
    shown: 2,
    maps,
    dead: 1,
    zeros: 0,
    field,
  };
  const inspect = (...question: unknown[]): Promise<unknown> => {
    asked = question;
    return Promise.resolve({ picture: PICTURE, classes: [], probabilities: [], layers: [layer] });
  };
  const { layers } = await askForMaps({ inspect } as unknown as LabSession, chosen, 2);
  return { layer: layers[0]!, asked };
}

test('the maps of a layer are tiles of its pixels, and those that are 0 everywhere are empty', async () => {
  const { tiles } = (await seen()).layer;
  assert.deepEqual([tiles.count, tiles.rows, tiles.columns, tiles.empty], [2, 2, 3, [false, true]]);
  assert.equal(tiles.pixels.length, 4 * BYTES.length);
});

test('a pixel is told in deviations from the mean of its map', async () => {
  const { layer } = await seen();
  const at = (tile: number, row: number, column: number): number => deviations(layer, { tile, row, column });
  assert.deepEqual([at(0, 0, 0), at(0, 0, 1), at(0, 0, 2), at(0, 1, 0), at(1, 1, 2)], [-2, -1, 0, 1, -2]);
});

test('a pixel sees its field of the picture, cut off at the border, and one of a dense layer all of it', async () => {
  const { layer } = await seen();
  const field = (row: number, column: number, kind = 'conv'): number[] =>
    ['top', 'bottom', 'left', 'right'].map(
      (side) => fieldOf({ ...layer, kind }, { tile: 0, row, column }, PICTURE)[side as 'top'],
    );
  assert.deepEqual(field(0, 0), [0, 3, 0, 3]);
  assert.deepEqual(field(3, 1), [4, 9, 0, 5]);
  assert.deepEqual(field(13, 13), [24, 28, 24, 28]);
  assert.deepEqual(field(1, 1, 'dense'), [0, 28, 0, 28]);
});

test('a picture of the lesson is asked for by its place, and one of the reader’s own goes along', async () => {
  assert.deepEqual((await seen()).asked, ['vision', 'maps', { split: 'train', index: 5, most: 2 }]);
  const own = { name: 'mine.png', blob: new Blob() };
  assert.deepEqual((await seen({ own })).asked, ['vision', 'maps', { most: 2 }, [own]]);
});
