import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pictureHeader } from './picture_header.js';

const text = (value: string): number[] => [...Buffer.from(value, 'latin1')];
const big = (value: number): number[] => [
  value >>> 24,
  (value >>> 16) & 255,
  (value >>> 8) & 255,
  value & 255,
];
const little = (value: number): number[] => big(value).reverse();

const PNG = [...text('\x89PNG\r\n\x1a\n')];
const chunk = (name: string, content: number[]): number[] => [
  ...big(content.length),
  ...text(name),
  ...content,
  ...[0, 0, 0, 0],
];
const ihdr = (width: number, height: number): number[] =>
  chunk('IHDR', [...big(width), ...big(height), 8, 2, 0, 0, 0]);

const segment = (marker: number, content: number[]): number[] => [
  0xff,
  marker,
  (content.length + 2) >> 8,
  (content.length + 2) & 255,
  ...content,
];
const frame = (marker: number, width: number, height: number): number[] =>
  segment(marker, [8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0]);
/** With a thumbnail that has a size of its own, tables, and data in which FF stands. */
const JPEG = [
  ...[0xff, 0xd8],
  ...segment(0xe1, [...text('Exif'), 0xff, 0xd8, ...frame(0xc0, 160, 120), 0xff, 0xd9]),
  ...segment(0xc4, [0, 1, 2, 3, 4, 5, 6, 7, 8]),
  ...[0xff, 0xff],
  ...frame(0xc2, 640, 480),
  ...segment(0xda, [1, 2, 3]),
  ...[1, 0xff, 0x00, 2, 0xff, 0xd3, 3],
  ...segment(0xda, [1, 2, 3]),
  ...[4, 5, 0xff, 0x00, 0xff, 0xd9],
];

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

const headerOf = (bytes: readonly number[]): ReturnType<typeof pictureHeader> =>
  pictureHeader(Uint8Array.from(bytes));

test('each format says its own size: PNG, JPEG with a thumbnail, and the three kinds of WebP', () => {
  const png = [...PNG, ...ihdr(3, 70_000), ...chunk('IDAT', [1, 2]), ...chunk('IEND', [])];
  assert.deepEqual(headerOf(png), { width: 3, height: 70_000, complete: true });
  assert.deepEqual(headerOf(JPEG), { width: 640, height: 480, complete: true });
  assert.deepEqual(headerOf(VP8), { width: 640, height: 480, complete: true });
  assert.deepEqual(headerOf(VP8L), { width: 640, height: 480, complete: true });
  assert.deepEqual(headerOf(VP8X), { width: 0x1000000, height: 0x10001, complete: true });
});

test('of every picture, no beginning is taken for the whole', () => {
  const png = [...PNG, ...ihdr(3, 4), ...chunk('IDAT', [1, 2]), ...chunk('IEND', [])];
  for (const whole of [png, JPEG, VP8, VP8L, VP8X]) {
    for (let length = 0; length < whole.length; length++) {
      assert.notEqual(headerOf(whole.slice(0, length))?.complete, true, `${length} of ${whole.length}`);
    }
  }
});

test('a picture is read where it lies inside a larger buffer', () => {
  const buffer = Uint8Array.from([9, 9, 9, ...JPEG, 9]);
  assert.deepEqual(pictureHeader(buffer.subarray(3, 3 + JPEG.length)), {
    width: 640,
    height: 480,
    complete: true,
  });
});

test('chunks that claim more than there is end the reading', () => {
  assert.deepEqual(
    headerOf([...PNG, ...ihdr(1, 1), ...big(0xffffffff), ...text('IDAT'), ...chunk('IEND', [])]),
    {
      width: 1,
      height: 1,
      complete: false,
    },
  );
  const jpeg = [0xff, 0xd8, ...frame(0xc0, 1, 1), 0xff, 0xe0, 0xff, 0xff, 0xff, 0xd9];
  assert.deepEqual(headerOf(jpeg), { width: 1, height: 1, complete: false });
});

test('other files are no pictures: GIF, text, RIFF of sound, nothing', () => {
  for (const file of ['GIF89a', 'P6 1 1 255', '\x89PNG\n', 'RIFF\x04\0\0\0WAVE', ''])
    assert.equal(headerOf(text(file)), null);
});

test('any bytes after a signature are read to an end', () => {
  let state = 7;
  const next = (): number => (state = (state * 48271) % 0x7fffffff) & 255;
  for (let round = 0; round < 2000; round++) {
    const start = [PNG, [0xff, 0xd8, 0xff], [...text('RIFF'), 0, 0, 0, 0, ...text('WEBPVP8')]][round % 3]!;
    // Few values, so that markers and lengths come up.
    const rest = Array.from({ length: next() }, () => [0, 0xff, 0xd9, 0xda, 0xc0, next()][next() % 6]!);
    const header = headerOf([...start, ...rest])!;
    assert.ok(Number.isInteger(header.width) && Number.isInteger(header.height));
  }
});
