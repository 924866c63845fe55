/**
 * Decodes the lesson's own PNG files to the bit. A canvas keeps its pixels multiplied by their opacity, which costs
 * half-transparent ones some bits, and not the same ones in every browser.
 */

import type { Pixels } from './canvas.js';

const SIGNATURE = [137, 80, 78, 71, 13, 10, 26, 10];
/** The signature and the chunk IHDR. */
const HEAD_LENGTH = 33;
/** Filters are numbered from 0. */
const LAST_FILTER = 4;
/** Channels by colour type: gray, red green blue, and red green blue with opacity. */
const CHANNELS: { [type: number]: number } = { 0: 1, 2: 3, 6: 4 };

/** The pixels of a PNG with 8 bits a channel, not interlaced, without a palette; null for any other file and for a damaged head or line. */
export async function decodePng(bytes: Uint8Array<ArrayBuffer>): Promise<Pixels | null> {
  if (bytes.length < HEAD_LENGTH || !SIGNATURE.every((byte, index) => bytes[index] === byte)) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const width = view.getUint32(16);
  const height = view.getUint32(20);
  const [depth, type, , , interlaced] = bytes.subarray(24, 29);
  const channels = CHANNELS[type!];
  const parts = dataOf(bytes, view);
  if (depth !== 8 || channels === undefined || interlaced !== 0 || !parts) return null;
  const inflated = new Blob(parts).stream().pipeThrough(new DecompressionStream('deflate'));
  const lines = new Uint8Array(await new Response(inflated).arrayBuffer());
  const stride = width * channels;
  if (lines.length !== height * (stride + 1)) return null;
  const pixels = new Uint8Array(height * stride);
  for (let row = 0; row < height; row++) {
    const from = row * (stride + 1);
    if (lines[from]! > LAST_FILTER) return null;
    undoFilter(lines[from]!, lines.subarray(from + 1, from + 1 + stride), pixels, row * stride, channels);
  }
  return { width, height, rgba: toRgba(pixels, channels) };
}

/** The contents of the IDAT chunks; null where something stands in the file that gives colours another meaning. */
function dataOf(bytes: Uint8Array<ArrayBuffer>, view: DataView): Uint8Array<ArrayBuffer>[] | null {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = view.getUint32(at);
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (name === 'tRNS') return null;
    if (name === 'IDAT') parts.push(bytes.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  return parts.length > 0 ? parts : null;
}

/** Adds to each byte of a line what its filter predicts it from; `pixels` holds the lines above. */
function undoFilter(
  filter: number,
  line: Uint8Array,
  pixels: Uint8Array,
  offset: number,
  channels: number,
): void {
  const stride = line.length;
  for (let index = 0; index < stride; index++) {
    const at = offset + index;
    const left = index >= channels ? pixels[at - channels]! : 0;
    const above = offset > 0 ? pixels[at - stride]! : 0;
    const aboveLeft = offset > 0 && index >= channels ? pixels[at - stride - channels]! : 0;
    // A byte of the list keeps the sum's last 8 bits, as the format wants it.
    pixels[at] = line[index]! + predicted(filter, left, above, aboveLeft);
  }
}

function predicted(filter: number, left: number, above: number, aboveLeft: number): number {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return above;
    case 3:
      return (left + above) >> 1;
    case 4:
      return nearest(left, above, aboveLeft);
    default:
      return 0;
  }
}

/** Paeth's predictor: whichever of the three lies nearest to left + above − above left. */
function nearest(left: number, above: number, aboveLeft: number): number {
  const estimate = left + above - aboveLeft;
  const [toLeft, toAbove, toAboveLeft] = [left, above, aboveLeft].map((value) => Math.abs(estimate - value));
  if (toLeft! <= toAbove! && toLeft! <= toAboveLeft!) return left;
  return toAbove! <= toAboveLeft! ? above : aboveLeft;
}

function toRgba(pixels: Uint8Array, channels: number): Uint8Array {
  if (channels === 4) return pixels;
  const count = pixels.length / channels;
  const rgba = new Uint8Array(count * 4).fill(255);
  for (let pixel = 0; pixel < count; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      rgba[pixel * 4 + channel] = pixels[pixel * channels + (channels === 3 ? channel : 0)]!;
    }
  }
  return rgba;
}
