/**
 * A short name of some bytes by their content: the first 12 hexadecimal digits of their SHA-256.
 *
 * `crypto.subtle` exists in secure contexts only, and a class may well read the book over plain http from a
 * machine in the same room; the library serves there.
 */

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** The first 12 hexadecimal digits of the SHA-256 of `bytes`. */
export async function shortHash(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = globalThis.crypto?.subtle
    ? new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
    : sha256(bytes);
  return bytesToHex(digest.subarray(0, 6));
}
