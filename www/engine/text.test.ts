import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EngineFailure } from './protocol.js';
import { decodeText } from './text.js';

const utf16 = (text: string, big = false): Buffer => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return big ? bytes.swap16() : bytes;
};

const decoded = (bytes: Uint8Array): [string, string] => {
  const { bytes: utf8, encoding } = decodeText('a.csv', bytes);
  return [Buffer.from(utf8).toString(), encoding];
};

test('text comes out as UTF-8 in whatever encoding a spreadsheet has written it', () => {
  assert.deepEqual(decoded(Buffer.from('长,宽\n1,2')), ['长,宽\n1,2', 'utf-8']);
  assert.deepEqual(decoded(utf16('长,宽\n1,2')), ['长,宽\n1,2', 'utf-16le']);
  assert.deepEqual(decoded(utf16('长,宽\n1,2', true)), ['长,宽\n1,2', 'utf-16be']);
  // 长 is B3A4 and 宽 is BFED in GB18030.
  const gb = Uint8Array.of(0xb3, 0xa4, 0x2c, 0xbf, 0xed);
  assert.deepEqual(decoded(gb), ['长,宽', 'gb18030']);
  assert.deepEqual(decoded(new Uint8Array()), ['', 'utf-8']);
});

test('bytes that are UTF-8 already are handed on as they are, their byte-order mark with them', () => {
  const bytes = Buffer.from('\ufeffa,b');
  assert.equal(decodeText('a.csv', bytes).bytes, bytes);
});

test('an encoding that was chosen is taken', () => {
  const bytes = Uint8Array.of(0x47, 0x72, 0xf6, 0xdf, 0x65);
  assert.deepEqual(decoded(bytes), ['Größe', 'windows-1252']);
  const { bytes: utf8, sure } = decodeText('a.csv', bytes, 'gb18030');
  assert.deepEqual([Buffer.from(utf8).toString(), sure], ['Gr鲞e', true]);
});

test('what is no text is refused with the row up to which it could be read', () => {
  const row = (bytes: Uint8Array): unknown => {
    try {
      decodeText('a.csv', bytes);
    } catch (thrown) {
      const { code, details } = thrown as EngineFailure;
      assert.deepEqual([code, details['reason'], details['file']], ['bad_table', 'not_text', 'a.csv']);
      return details['row'];
    }
    return assert.fail('it was read');
  };
  assert.equal(row(Uint8Array.of(0xff)), 1);
  assert.equal(
    row(Buffer.concat([Buffer.from('a,b\n1,2\n'), Uint8Array.of(0xff), Buffer.from('\n3,4\n')])),
    3,
  );
  // Half a sign at the end of UTF-16.
  assert.equal(row(utf16('a\nb\nc').subarray(0, -1)), 3);
});
