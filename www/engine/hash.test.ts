import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { shortHash } from './hash.js';

const bytes = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(text));

test('a short hash is the beginning of the SHA-256', async () => {
  // FIPS 180-2, appendix B.1.
  assert.equal(await shortHash(bytes('abc')), 'ba7816bf8f01');
  assert.equal(await shortHash(bytes('')), 'e3b0c44298fc');
});

test('a page without a secure context has the same names for the same bytes', async () => {
  const texts = ['', 'abc', 'x'.repeat(1000)];
  const own = Object.getOwnPropertyDescriptor(globalThis, 'crypto')!;
  Object.defineProperty(globalThis, 'crypto', { value: {}, configurable: true });
  try {
    for (const text of texts) {
      const expected = createHash('sha256').update(text).digest('hex').slice(0, 12);
      assert.equal(await shortHash(bytes(text)), expected);
    }
  } finally {
    Object.defineProperty(globalThis, 'crypto', own);
  }
});
