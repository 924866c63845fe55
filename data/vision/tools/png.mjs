// A PNG writer for sheets of 8-bit RGBA: the filter of each row is the one with the smallest sum of differences.

import { deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const table = Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});

function crc32(bytes) {
  let value = 0xffffffff;
  for (const byte of bytes) value = table[(value ^ byte) & 255] ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

function paeth(left, above, corner) {
  const guess = left + above - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - above), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? above : corner;
}

const FILTERS = [() => 0, (left) => left, (_, above) => above, (left, above) => (left + above) >> 1, paeth];

function filtered(row, above) {
  let best = null;
  FILTERS.forEach((predict, kind) => {
    const out = Buffer.alloc(row.length + 1);
    out[0] = kind;
    let sum = 0;
    for (let at = 0; at < row.length; at++) {
      const before = (line) => (at < 4 ? 0 : line[at - 4]);
      const value = (row[at] - predict(before(row), above[at], before(above))) & 255;
      out[at + 1] = value;
      sum += value < 128 ? value : 256 - value;
    }
    if (!best || sum < best.sum) best = { out, sum };
  });
  return best.out;
}

/** The file of a picture whose pixels are `width × height × 4` bytes. */
export function encodePng(width, height, pixels) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const line = width * 4;
  const rows = [];
  for (let y = 0; y < height; y++) {
    const above = y === 0 ? Buffer.alloc(line) : pixels.subarray((y - 1) * line, y * line);
    rows.push(filtered(pixels.subarray(y * line, (y + 1) * line), above));
  }
  const data = deflateSync(Buffer.concat(rows), { level: 9, memLevel: 9 });
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
