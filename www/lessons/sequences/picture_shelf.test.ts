import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeBase64 } from '../../kit/picture_data.js';
import { imageOfRgba, MOST_AT_ONCE, PictureShelf } from './picture_shelf.js';

class FakeImageData {
  readonly data: Uint8ClampedArray;

  constructor(
    readonly width: number,
    readonly height: number,
  ) {
    this.data = new Uint8ClampedArray(width * height * 4);
  }
}
Object.assign(globalThis, { ImageData: FakeImageData });

/** Four pixels that name their item. */
const pixels = (item: number): string => encodeBase64(Uint8Array.from({ length: 16 }, () => item % 256));

/** A shelf whose items with a multiple of ten as number have no picture, and what was asked. */
function shelf(): { pictures: PictureShelf; asked: number[][] } {
  const asked: number[][] = [];
  const pictures = new PictureShelf((items) => {
    asked.push(items);
    return Promise.resolve({ pictures: items.map((item) => (item % 10 === 0 ? null : pixels(item))) });
  });
  return { pictures, asked };
}

test('bytes of base64 are the pixels of a square, alpha among them', () => {
  const bytes = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
  const image = imageOfRgba(encodeBase64(bytes));
  assert.deepEqual([image.width, image.height], [2, 2]);
  assert.deepEqual([...image.data], [...bytes]);
});

test('pictures wanted at once are one question, and each is asked for once', async () => {
  const { pictures, asked } = shelf();
  const [three, none, again] = await Promise.all([pictures.of(3), pictures.of(20), pictures.of(3)]);
  assert.equal(three?.data[0], 3);
  assert.equal(none, null, 'an item without a picture');
  assert.equal(again, three);
  assert.equal(await pictures.of(3), three);
  assert.deepEqual(asked, [[3, 20]]);
});

test('no question is longer than a lab allows, and each item gets its own picture', async () => {
  const { pictures, asked } = shelf();
  const all = await Promise.all(Array.from({ length: MOST_AT_ONCE + 5 }, (_, item) => pictures.of(item)));
  assert.deepEqual(
    asked.map(({ length }) => length),
    [MOST_AT_ONCE, 5],
  );
  assert.equal(all[403]?.data[0], 403 % 256);
});

test('what has failed is asked for again', async () => {
  let fails = true;
  const pictures = new PictureShelf((items) =>
    fails ? Promise.reject(new Error('not open')) : Promise.resolve({ pictures: items.map(pixels) }),
  );
  await assert.rejects(pictures.of(7), /not open/);
  fails = false;
  assert.equal((await pictures.of(7))?.data[0], 7);
});
