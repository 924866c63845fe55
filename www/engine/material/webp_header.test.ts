import assert from 'node:assert/strict';
import { test } from 'node:test';
import { webpHeader } from './webp_header.js';

const text = (value: string): number[] => [...Buffer.from(value, 'latin1')];
const little = (value: number): number[] => [0, 8, 16, 24].map((shift) => (value >>> shift) & 255);

const riff = (content: number[]): number[] => [
  ...text('RIFF'),
  ...little(content.length + 4),
  ...text('WEBP'),
  ...content,
];
const webpChunk = (name: string, content: number[]): number[] => [
  ...text(name),
  ...little(content.length),
  ...content,
];
/** A frame tag, the start code, and 14 bits for each side under 2 bits of scale. */
const VP8 = riff(webpChunk('VP8 ', [1, 2, 3, 0x9d, 0x01, 0x2a, 0x80, 0x42, 0xe0, 0x81, 0, 0]));
/** A signature, then 14 bits each for width − 1 and height − 1. */
const VP8L = riff(webpChunk('VP8L', [0x2f, ...little((639 | (479 << 14)) >>> 0), 0, 0, 0, 0, 0, 0]));
/** Flags, then 24 bits each for width − 1 and height − 1. */
const VP8X = riff(webpChunk('VP8X', [0x10, 0, 0, 0, 0xff, 0xff, 0xff, 0x00, 0x00, 0x01]));

const headerOf = (bytes: readonly number[]): ReturnType<typeof webpHeader> =>
  webpHeader(Uint8Array.from(bytes));

test('each of the three kinds of WebP says its own size', () => {
  assert.deepEqual(headerOf(VP8), { width: 640, height: 480, complete: true });
  assert.deepEqual(headerOf(VP8L), { width: 640, height: 480, complete: true });
  assert.deepEqual(headerOf(VP8X), { width: 0x1000000, height: 0x10001, complete: true });
});

test('of every picture, no beginning is taken for the whole', () => {
  for (const whole of [VP8, VP8L, VP8X]) {
    for (let length = 0; length < whole.length; length++) {
      assert.notEqual(headerOf(whole.slice(0, length))?.complete, true, `${length} of ${whole.length}`);
    }
  }
});

test('a picture is read where it lies inside a larger buffer', () => {
  const buffer = Uint8Array.from([9, 9, 9, ...VP8, 9]);
  assert.deepEqual(webpHeader(buffer.subarray(3, 3 + VP8.length)), {
    width: 640,
    height: 480,
    complete: true,
  });
});

test('other files are no WebP: GIF, PNG, RIFF of sound, nothing', () => {
  for (const file of ['GIF89a', '\x89PNG\r\n\x1a\n', 'RIFF\x04\0\0\0WAVE', 'WEBP', ''])
    assert.equal(headerOf(text(file)), null);
});

test('any bytes after a signature are read to an end', () => {
  let state = 7;
  const next = (): number => (state = (state * 48271) % 0x7fffffff) & 255;
  for (let round = 0; round < 2000; round++) {
    const start = [...text('RIFF'), 0, 0, 0, 0, ...text('WEBPVP8')];
    const rest = Array.from({ length: next() }, () => [0, 0xff, 32, 76, 88, next()][next() % 6]!);
    const header = headerOf([...start, ...rest])!;
    assert.ok(Number.isInteger(header.width) && Number.isInteger(header.height));
  }
});
