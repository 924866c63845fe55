import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeBase64, encodeBase64, imageOf, imageOfBytes, pictureOf } from './picture_data.js';

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

const noise = (length: number): Uint8Array => Uint8Array.from({ length }, (_, index) => (index * 7919) >> 3);

test('bytes are the same text as everywhere, whatever their number', () => {
  for (const length of [0, 1, 2, 3, 0x8000, 0x8001, 100_000]) {
    const bytes = noise(length);
    assert.equal(encodeBase64(bytes), Buffer.from(bytes).toString('base64'));
    assert.deepEqual(decodeBase64(encodeBase64(bytes)), bytes);
  }
});

test('a grey picture is grey in all channels, and a coloured one keeps them apart', () => {
  assert.deepEqual([...imageOfBytes(2, 1, 1, Uint8Array.of(7, 9)).data], [7, 7, 7, 255, 9, 9, 9, 255]);
  assert.deepEqual(
    [...imageOfBytes(1, 2, 3, Uint8Array.of(1, 2, 3, 4, 5, 6)).data],
    [1, 2, 3, 255, 4, 5, 6, 255],
  );
});

test('bytes that are missing are black', () => {
  assert.deepEqual([...imageOfBytes(1, 2, 3, Uint8Array.of(1)).data], [1, 0, 0, 255, 0, 0, 0, 255]);
});

test('a picture goes to the canvas and back without a change', () => {
  for (const channels of [1, 3] as const) {
    const picture = { width: 5, height: 3, channels, pixels: encodeBase64(noise(15 * channels)) };
    assert.deepEqual(pictureOf(imageOf(picture), channels), picture);
  }
});
