/** Text in the encodings that readers' files have, brought to UTF-8. */

import { decodeWith, judgeEncoding, type TextEncoding } from './encoding.js';
import { EmberError, failure } from './failure.js';

/** Text as UTF-8 bytes, and the encoding it was found in. */
export interface DecodedText {
  /** May begin with a byte-order mark. */
  bytes: Uint8Array;
  encoding: TextEncoding;
  /** Whether the encoding is certain. */
  sure: boolean;
  /** The likely encodings, the likeliest first. */
  likely: TextEncoding[];
}

/**
 * Brings text to UTF-8 from the encoding that was chosen, or else from the one it is found to be in: UTF-8 where it can
 * be, else what all of it looks like most. Throws `bad_table` with reason `not_text` and the row up to which it could be
 * read.
 */
export function decodeText(file: string, bytes: Uint8Array, chosen?: TextEncoding): DecodedText {
  const plain = bytes[0] === 0xff || bytes[0] === 0xfe ? null : decodeWith('utf-8', bytes);
  const isPlain = plain !== null && !plain.includes('\0');
  const judged = chosen || isPlain ? null : judgeEncoding(bytes);
  const encoding = chosen ?? (isPlain ? 'utf-8' : judged?.encoding);
  const text = encoding === 'utf-8' ? plain : encoding ? decodeWith(encoding, bytes) : null;
  if (encoding === undefined || text === null) {
    const row = firstBadRow(encoding ?? 'utf-8', bytes);
    const message = `Row ${row} of ${file} is text in no encoding known here.`;
    throw new EmberError(failure('bad_table', message, { file, row, reason: 'not_text' }));
  }
  return {
    bytes: encoding === 'utf-8' ? bytes : new TextEncoder().encode(text),
    encoding,
    sure: judged?.sure ?? true,
    likely: judged?.likely ?? [encoding],
  };
}

/** The 1-based row of the first sign that is none; a line end is never swallowed by a broken sign before it. */
function firstBadRow(encoding: TextEncoding, bytes: Uint8Array): number {
  const text = encoding === 'cp437' ? '' : new TextDecoder(encoding).decode(bytes);
  const good = text.slice(0, Math.max(text.search(/[\ufffd\0]/), 0));
  return good.split('\n').length;
}
