import assert from 'node:assert/strict';
import { test } from 'node:test';
import { otherFormatByName, otherFormatOf } from './other_formats.js';

const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));

/** A first box with a major brand and those it is compatible with, and what comes after it. */
function box(major: string, ...compatible: string[]): Uint8Array {
  const content = `ftyp${major}\0\0\0\0${compatible.join('')}`;
  return bytes(`\0\0\0${String.fromCharCode(content.length + 4)}${content}\0\0\0\x08metaavif`);
}

test('a photo of a phone is known by its brands, whichever of them comes first', () => {
  for (const brand of ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'mif2', 'msf1', 'miaf'])
    assert.equal(otherFormatOf(box(brand, 'mif1')), 'HEIC', brand);
  assert.equal(otherFormatOf(box('iso8', 'mif1', 'heic')), 'HEIC');
  assert.equal(otherFormatOf(box('avif', 'mif1', 'miaf')), 'AVIF');
  assert.equal(otherFormatOf(box('avis', 'msf1')), 'AVIF');
  assert.equal(otherFormatOf(box('mif1', 'avif', 'miaf')), 'AVIF');
  assert.equal(otherFormatOf(box('crx ', 'isom')), 'RAW');
});

test('a film is not taken for a photo, and what stands behind the first box is not a brand', () => {
  for (const brand of ['qt  ', 'isom', 'mp42', 'M4V ']) assert.equal(otherFormatOf(box(brand, 'mp41')), null);
});

test('other pictures are known by their first bytes', () => {
  const rest = '\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0';
  for (const [format, start] of [
    ['TIFF', 'II*\0'],
    ['TIFF', 'MM\0*'],
    ['TIFF', 'II+\0'],
    ['RAW', 'II*\0\x10\0\0\0CR\x02\0'],
    ['RAW', 'IIRO\x08\0'],
    ['RAW', 'IIU\0\x18'],
    ['RAW', 'FUJIFILMCCD-RAW 0201'],
    ['GIF', 'GIF89a'],
    ['BMP', 'BM\x36\x10'],
    ['JPEG XL', '\xff\x0a\xfa'],
    ['JPEG XL', '\0\0\0\x0cJXL \r\n\x87\n'],
    ['JPEG 2000', '\0\0\0\x0cjP  \r\n\x87\n'],
    ['Photoshop', '8BPS\0\x01'],
  ] as const)
    assert.equal(otherFormatOf(bytes(start + rest)), format, JSON.stringify(start));
  for (const start of ['', 'II', '\0\0\0', '\0\0\0\x18ftyp', 'no picture at all', '\xff\xd8\xff', '\x89PNG'])
    assert.equal(otherFormatOf(bytes(start)), null, JSON.stringify(start));
});

test('photos are known by the endings of their names, and other files are not', () => {
  for (const [name, format] of [
    ['IMG_0001.HEIC', 'HEIC'],
    ['pets/cats/1.heif', 'HEIC'],
    ['1.HIF', 'HEIC'],
    ['1.avif', 'AVIF'],
    ['1.tif', 'TIFF'],
    ['1.TIFF', 'TIFF'],
    ['1.dng', 'RAW'],
    ['1.CR3', 'RAW'],
    ['1.nef', 'RAW'],
    ['1.jxl', 'JPEG XL'],
  ] as const)
    assert.equal(otherFormatByName(name), format, name);
  for (const name of ['1.jpg', 'heic', 'heic/1.png', '1.heic.jpg', '1.mov', '1.gif'])
    assert.equal(otherFormatByName(name), null, name);
});
