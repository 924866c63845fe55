import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tarOf } from './tar.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Reads an archive by the letter of POSIX ustar. */
function untar(archive: Uint8Array): {
  files: { [name: string]: string };
  modes: string[];
  rest: Uint8Array;
} {
  const files: { [name: string]: string } = {};
  const modes: string[] = [];
  let at = 0;
  for (; archive[at] !== 0;) {
    const head = archive.subarray(at, at + 512);
    const field = (from: number, length: number): string =>
      new TextDecoder().decode(head.subarray(from, from + length)).replace(/\0.*$/s, '');
    const sum = head.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 0x20 : byte), 0);
    assert.equal(parseInt(field(148, 8), 8), sum);
    assert.deepEqual([field(257, 6), field(263, 2), field(156, 1)], ['ustar', '00', '0']);
    const size = parseInt(field(124, 12), 8);
    files[field(0, 100)] = new TextDecoder().decode(archive.subarray(at + 512, at + 512 + size));
    modes.push(field(100, 8));
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return { files, modes, rest: archive.subarray(at) };
}

test('files come out of an archive as they went in, whether or not they fill their blocks', () => {
  const files = {
    'model/empty': '',
    'a.txt': 'short',
    full: 'x'.repeat(512),
    'one_more.txt': 'y'.repeat(513),
  };
  const archive = tarOf(Object.entries(files).map(([name, text]) => ({ name, bytes: bytes(text) })));
  const { files: read, modes, rest } = untar(archive);
  assert.deepEqual(read, files);
  assert.ok(modes.every((mode) => mode === '0000644'));
  // Two blocks of zeros are the end.
  assert.equal(rest.length, 1024);
  assert.ok(rest.every((byte) => byte === 0));
});

test('the longest name there may be is kept whole', () => {
  const name = 'n'.repeat(100);
  assert.deepEqual(untar(tarOf([{ name, bytes: bytes('x') }])).files, { [name]: 'x' });
});

test('equal files make equal archives, and no files an empty one', () => {
  const archive = (): Uint8Array => tarOf([{ name: 'a', bytes: bytes('x') }]);
  assert.deepEqual(archive(), archive());
  assert.deepEqual(tarOf([]), new Uint8Array(1024));
});
