import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { decodePng } from './png.js';

const SIGNATURE = [137, 80, 78, 71, 13, 10, 26, 10];
const CHANNELS = { gray: 1, rgb: 3, rgba: 4 };
const TYPES = { gray: 0, rgb: 2, rgba: 6 };

function chunk(name: string, content: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  return Buffer.concat([length, Buffer.from(name, 'latin1'), content, Buffer.alloc(4)]);
}

function head(width: number, height: number, type: number, depth = 8, interlaced = 0): Buffer {
  const content = Buffer.alloc(13);
  content.writeUInt32BE(width, 0);
  content.writeUInt32BE(height, 4);
  content.set([depth, type, 0, 0, interlaced], 8);
  return chunk('IHDR', content);
}

const pngOf = (...chunks: Buffer[]): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(Buffer.concat([Buffer.from(SIGNATURE), ...chunks, chunk('IEND', new Uint8Array())]));

/** Lines filtered as the PNG specification has it (section 9.2), `filters` taken in turn. */
function filtered(pixels: Uint8Array, width: number, channels: number, filters: number[]): Buffer {
  const stride = width * channels;
  const height = pixels.length / stride;
  const lines = Buffer.alloc(height * (stride + 1));
  const raw = (row: number, index: number): number =>
    row < 0 || index < 0 ? 0 : pixels[row * stride + index]!;
  for (let row = 0; row < height; row++) {
    const filter = filters[row % filters.length]!;
    lines[row * (stride + 1)] = filter;
    for (let index = 0; index < stride; index++) {
      const [a, b, c] = [raw(row, index - channels), raw(row - 1, index), raw(row - 1, index - channels)];
      const p = a + b - c;
      const [pa, pb, pc] = [Math.abs(p - a), Math.abs(p - b), Math.abs(p - c)];
      const paeth = pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
      const predicted = [0, a, b, Math.floor((a + b) / 2), paeth][filter]!;
      lines[row * (stride + 1) + 1 + index] = (raw(row, index) - predicted + 256) % 256;
    }
  }
  return lines;
}

/** Bytes that jump about, the same at every run. */
function noise(count: number): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length: count }, () => (state = (state * 48271) % 0x7fffffff) >> 8);
}

for (const kind of ['gray', 'rgb', 'rgba'] as const) {
  test(`a PNG in ${kind} comes back to the bit, whichever filters its lines have`, async () => {
    const [width, height, channels] = [7, 10, CHANNELS[kind]];
    const pixels = noise(width * height * channels);
    for (const filters of [[0], [1], [2], [3], [4], [4, 3, 2, 1, 0]]) {
      const data = deflateSync(filtered(pixels, width, channels, filters));
      const bytes = pngOf(
        head(width, height, TYPES[kind]),
        // Where data are broken into chunks means nothing.
        chunk('IDAT', data.subarray(0, 5)),
        chunk('IDAT', data.subarray(5)),
      );
      const picture = await decodePng(bytes);
      const expected = Array.from({ length: width * height }, (_, pixel) => {
        const own = [...pixels.subarray(pixel * channels, (pixel + 1) * channels)];
        return kind === 'gray' ? [own[0], own[0], own[0], 255] : [...own, 255].slice(0, 4);
      }).flat();
      assert.deepEqual({ ...picture, rgba: [...picture!.rgba] }, { width, height, rgba: expected });
    }
  });
}

test('a half-transparent pixel keeps its colour to the bit', async () => {
  const pixel = Uint8Array.of(201, 3, 77, 1);
  const bytes = pngOf(head(1, 1, 6), chunk('IDAT', deflateSync(filtered(pixel, 1, 4, [0]))));
  assert.deepEqual([...(await decodePng(bytes))!.rgba], [201, 3, 77, 1]);
});

test('other kinds of PNG are left to the browser: palette, 16 bits, interlaced, a transparent colour', async () => {
  const data = chunk('IDAT', deflateSync(Buffer.alloc(4)));
  const others = [
    pngOf(head(1, 1, 3), data),
    pngOf(head(1, 1, 4), data),
    pngOf(head(1, 1, 2, 16), data),
    pngOf(head(1, 1, 2, 8, 1), data),
    pngOf(head(1, 1, 2), chunk('tRNS', new Uint8Array(6)), data),
    pngOf(head(1, 1, 2)),
    Uint8Array.of(0xff, 0xd8, 0xff, 0xe0),
    new Uint8Array(),
  ];
  for (const bytes of others) assert.equal(await decodePng(bytes), null);
  assert.deepEqual([...(await decodePng(pngOf(head(1, 1, 2), data)))!.rgba], [0, 0, 0, 255]);
});

test('a PNG with more or fewer lines than its head says is not decoded', async () => {
  const data = chunk('IDAT', deflateSync(filtered(noise(12), 2, 3, [0])));
  for (const [width, height] of [
    [2, 3],
    [2, 1],
    [3, 2],
    [0xffffffff, 0xffffffff],
  ] as const) {
    assert.equal(await decodePng(pngOf(head(width, height, 2), data)), null, `${width} × ${height}`);
  }
});

test('a PNG that breaks off in its head is not decoded', async () => {
  const whole = pngOf(head(1, 1, 0), chunk('IDAT', deflateSync(Buffer.alloc(2))));
  for (let length = 8; length < 33; length++) assert.equal(await decodePng(whole.slice(0, length)), null);
});

test('a line with a filter that does not exist is not decoded', async () => {
  const data = chunk('IDAT', deflateSync(Uint8Array.of(5, 200)));
  assert.equal(await decodePng(pngOf(head(1, 1, 0), data)), null);
});
