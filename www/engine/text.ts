/** Text in the encodings that readers' files have, brought to UTF-8. */

import { EmberError, failure } from './failure.js';

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';

/** Text as UTF-8 bytes, and the encoding it was found in. */
export interface DecodedText {
  /** May begin with a byte-order mark. */
  bytes: Uint8Array;
  encoding: TextEncoding;
}

/**
 * Finds the encoding: UTF-16 where a byte-order mark says so, else UTF-8, else GB18030 (which GBK and GB2312 are
 * part of). Throws `bad_table` with reason `not_text` and the row up to which the best of them could be read.
 */
export function decodeText(file: string, bytes: Uint8Array): DecodedText {
  const encodings = encodingsOf(bytes);
  for (const encoding of encodings) {
    const text = decodeWhole(encoding, bytes);
    if (text === null) continue;
    return { bytes: encoding === 'utf-8' ? bytes : new TextEncoder().encode(text), encoding };
  }
  const row = Math.max(...encodings.map((encoding) => firstBadRow(encoding, bytes)));
  const message = `Row ${row} of ${file} is neither UTF-8 nor GB18030 text.`;
  throw new EmberError(failure('bad_table', message, { file, row, reason: 'not_text' }));
}

function encodingsOf([first, second]: Uint8Array): TextEncoding[] {
  if (first === 0xff && second === 0xfe) return ['utf-16le'];
  if (first === 0xfe && second === 0xff) return ['utf-16be'];
  return ['utf-8', 'gb18030'];
}

function decodeWhole(encoding: TextEncoding, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** The 1-based row of the first sign that is none; a line end is never swallowed by a broken sign before it. */
function firstBadRow(encoding: TextEncoding, bytes: Uint8Array): number {
  const text = new TextDecoder(encoding).decode(bytes);
  const good = text.slice(0, Math.max(text.indexOf('\ufffd'), 0));
  return good.split('\n').length;
}
