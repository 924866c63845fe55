/** PNG files with pixels that are known without decoding them. */

import { crc32, deflateSync } from 'node:zlib';

/** Kinds of PNG: the number of the colour type, bits of a value, and what of a pixel is written. */
const KINDS = {
  rgba: [6, 8, ([red, green, blue, alpha]) => [red, green, blue, alpha]],
  rgb: [2, 8, ([red, green, blue]) => [red, green, blue]],
  gray: [0, 8, ([red]) => [red]],
};

/** What stands in a file of a kind for a pixel. */
const KEPT = {
  rgba: (pixel) => pixel,
  rgb: ([red, green, blue]) => [red, green, blue, 255],
  gray: ([red]) => [red, red, red, 255],
};

/**
 * A file of a kind, `width` by `height`, whose pixel at (x, y) is `colorAt(x, y)`: `{name, bytes, rows}`, with red,
 * green, blue and opacity of each pixel as it stands in the file.
 */
export function pngOf(name, kind, width, height, colorAt) {
  const [type, bits, values] = KINDS[kind];
  const rows = Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => KEPT[kind](colorAt(x, y))),
  );
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([bits, type], 8);
  // Each row begins with its filter: none.
  const data = Buffer.from(rows.flatMap((row) => [0, ...row.flatMap(values)]));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const chunks = [chunk('IHDR', header), chunk('IDAT', deflateSync(data)), chunk('IEND', Buffer.alloc(0))];
  return { name, bytes: Buffer.concat([signature, ...chunks]), rows };
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
