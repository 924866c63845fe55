/**
 * What the bytes of a WebP say of it before it is decoded: its size, and whether its end is there. A browser's decoder
 * takes memory for whatever size is claimed, and may show half a picture without a word.
 */

/** Width and height in pixels, and whether the file is there up to its end. */
export interface PictureHeader {
  width: number;
  height: number;
  complete: boolean;
}

const BROKEN: PictureHeader = { width: 0, height: 0, complete: false };

/** Reads chunks inside a RIFF, of which the first tells the size, in three ways; null for bytes that are no WebP. A header that breaks off has size 0. */
export function webpHeader(bytes: Uint8Array): PictureHeader | null {
  if (!begins(bytes, 0, 'RIFF') || !begins(bytes, 8, 'WEBP')) return null;
  if (bytes.length < 30) return BROKEN;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
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
