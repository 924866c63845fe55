// Draws the two sprite sheets of the vision lesson from icon packages:
//
//     npm ci --ignore-scripts && npm run sprites      (in data/vision/tools)
//
// A sheet is a PNG (8 bits, RGBA, not interlaced) of square cells, sixteen in a row; its index is a text file with a
// line for each cell: class, set, icon. Skin tones of one icon share a name, so that they are never split between
// training and test. The same packages give the same bytes.

import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { Resvg } from '@resvg/resvg-js';
import { facesOf, horsesAndHumansOf } from './icons.mjs';
import { encodePng } from './png.mjs';

const SIDE = 96;
const COLUMNS = 16;
/** The figure fills the cell but for so many pixels on each side, so that its edge can be sampled softly. */
const MARGIN = 2;

const require = createRequire(import.meta.url);
const packages = new Map();

function iconsOf(set) {
  if (!packages.has(set)) {
    packages.set(set, JSON.parse(readFileSync(require.resolve(`@iconify-json/${set}/icons.json`), 'utf8')));
  }
  return packages.get(set);
}

/** The drawing of an icon, cut to what is drawn, as large as fits into a cell, in the middle. */
function cell(set, name) {
  const icons = iconsOf(set);
  const icon = icons.icons[name] ?? icons.icons[icons.aliases?.[name]?.parent];
  if (!icon) throw new Error(`${set} has no icon ${name}`);
  const width = icon.width ?? icons.width ?? 16;
  const height = icon.height ?? icons.height ?? 16;
  const svg = (box, size) =>
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="${box.join(' ')}" ` +
    `width="${size[0]}" height="${size[1]}">${icon.body}</svg>`;
  const draw = (box, size) =>
    new Resvg(svg(box, size), { shapeRendering: 2, font: { loadSystemFonts: false } }).render();

  const scale = 4;
  const whole = draw([0, 0, width, height], [SIDE * scale, (SIDE * scale * height) / width]);
  const bounds = inkOf(whole);
  if (!bounds) throw new Error(`${set} ${name} is empty`);
  const unit = width / (SIDE * scale);
  const box = [bounds.left * unit, bounds.top * unit, bounds.width * unit, bounds.height * unit];
  const longest = Math.max(box[2], box[3]);
  const room = SIDE - 2 * MARGIN;
  const margin = (MARGIN / room) * longest;
  const side = longest + 2 * margin;
  const square = [box[0] - (side - box[2]) / 2, box[1] - (side - box[3]) / 2, side, side];
  return straight(draw(square, [SIDE, SIDE]).pixels);
}

/** The rectangle of pixels that are not almost transparent. */
function inkOf({ pixels, width, height }) {
  let [left, right, top, bottom] = [width, -1, height, -1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (pixels[(y * width + x) * 4 + 3] < 16) continue;
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
    }
  }
  return right < 0 ? null : { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/** resvg gives colours multiplied by alpha; a PNG holds them straight. */
function straight(pixels) {
  const out = Buffer.from(pixels);
  for (let at = 0; at < out.length; at += 4) {
    const alpha = out[at + 3];
    for (let channel = 0; channel < 3; channel++) {
      out[at + channel] = alpha === 0 ? 0 : Math.min(255, Math.round((out[at + channel] * 255) / alpha));
    }
  }
  return out;
}

function sheet(file, cells) {
  const rows = Math.ceil(cells.length / COLUMNS);
  const width = COLUMNS * SIDE;
  const pixels = Buffer.alloc(width * rows * SIDE * 4);
  cells.forEach(({ set, name }, index) => {
    const drawn = cell(set, name);
    const [left, top] = [(index % COLUMNS) * SIDE, Math.floor(index / COLUMNS) * SIDE];
    for (let y = 0; y < SIDE; y++) {
      drawn.copy(pixels, ((top + y) * width + left) * 4, y * SIDE * 4, (y + 1) * SIDE * 4);
    }
  });
  const png = encodePng(width, rows * SIDE, pixels);
  const at = (ending) => new URL(`../${file}.${ending}`, import.meta.url);
  writeFileSync(at('png'), png);
  writeFileSync(at('txt'), cells.map((one) => `${one.label} ${one.set} ${one.icon}\n`).join(''));
  console.log(
    `${file}.png: ${cells.length} cells, ${png.length} bytes, sha256 ${createHash('sha256').update(png).digest('hex')}`,
  );
}

sheet('horses_humans', horsesAndHumansOf());
sheet('faces', facesOf());
