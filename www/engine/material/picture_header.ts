/**
 * What the bytes of a picture say of it before it is decoded: its format, its size, and whether its end is there.
 * A decoder would take memory for whatever size is claimed, and shows half a picture without a word.
 */

/** Width and height in pixels, and whether the file is there up to its end. */
export interface PictureHeader {
  width: number;
  height: number;
  complete: boolean;
}

/** Reads a PNG, JPEG or WebP; null for bytes that are none of them. A header that breaks off has size 0. */
export function pictureHeader(bytes: Uint8Array): PictureHeader | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (begins(bytes, 0, '\x89PNG\r\n\x1a\n')) return pngHeader(bytes, view);
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return jpegHeader(bytes, view);
  if (begins(bytes, 0, 'RIFF') && begins(bytes, 8, 'WEBP')) return webpHeader(bytes, view);
  return null;
}

const BROKEN: PictureHeader = { width: 0, height: 0, complete: false };

/** Chunks of length, name, content and checksum, from IHDR to IEND. */
function pngHeader(bytes: Uint8Array, view: DataView): PictureHeader {
  if (bytes.length < 33 || !begins(bytes, 12, 'IHDR')) return BROKEN;
  const size = { width: view.getUint32(16), height: view.getUint32(20) };
  for (let at = 8; at + 12 <= bytes.length; at += view.getUint32(at) + 12) {
    if (begins(bytes, at + 4, 'IEND')) return { ...size, complete: true };
  }
  return { ...size, complete: false };
}

/** Markers of a JPEG that stand alone, without a length. */
const isAlone = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);
/** Markers of frames, which tell the size; three others lie among their numbers. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/** Segments of marker, length and content; after each SOS comes coded data up to the next marker, at last EOI. */
function jpegHeader(bytes: Uint8Array, view: DataView): PictureHeader {
  let size = { width: 0, height: 0 };
  let at = 2;
  while (at + 2 <= bytes.length) {
    const marker = bytes[at + 1]!;
    if (bytes[at] !== 0xff) break;
    if (marker === 0xff) {
      // A marker may be preceded by any number of these.
      at += 1;
    } else if (marker === 0xd9) {
      return { ...size, complete: true };
    } else if (isAlone(marker)) {
      at += 2;
    } else {
      if (at + 4 > bytes.length) break;
      if (isFrame(marker) && at + 9 <= bytes.length) {
        size = { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
      }
      at += 2 + view.getUint16(at + 2);
      if (marker === 0xda) at = nextMarker(bytes, at);
    }
  }
  return { ...size, complete: false };
}

/** Where coded data end: at an FF that is followed by neither 0 (an FF of the data) nor a restart marker. */
function nextMarker(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const marker = bytes[at + 1];
    if (marker !== undefined && marker !== 0 && !isAlone(marker)) return at;
  }
  return bytes.length;
}

/** Chunks inside a RIFF; the first tells the size, in three ways. */
function webpHeader(bytes: Uint8Array, view: DataView): PictureHeader {
  if (bytes.length < 30) return BROKEN;
  const complete = bytes.length >= view.getUint32(4, true) + 8;
  const lowBits = (value: number, bits: number): number => value & ((1 << bits) - 1);
  if (begins(bytes, 12, 'VP8 ')) {
    const width = lowBits(view.getUint16(26, true), 14);
    return { width, height: lowBits(view.getUint16(28, true), 14), complete };
  }
  if (begins(bytes, 12, 'VP8L')) {
    const packed = view.getUint32(21, true);
    return { width: lowBits(packed, 14) + 1, height: lowBits(packed >>> 14, 14) + 1, complete };
  }
  if (begins(bytes, 12, 'VP8X')) {
    const width = lowBits(view.getUint32(24, true), 24) + 1;
    return { width, height: lowBits(view.getUint32(26, true) >>> 8, 24) + 1, complete };
  }
  return BROKEN;
}

function begins(bytes: Uint8Array, at: number, text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    if (bytes[at + index] !== text.charCodeAt(index)) return false;
  }
  return true;
}
