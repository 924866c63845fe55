/**
 * A short name of some bytes by their content: the first 12 hexadecimal digits of their SHA-256.
 *
 * `crypto.subtle` exists in secure contexts only, and a class may well read the book over plain http from a
 * machine in the same room; the library serves there, and is fetched only there.
 */

/** The first 12 hexadecimal digits of the SHA-256 of `bytes`. */
export async function shortHash(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = globalThis.crypto?.subtle
    ? new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
    : (await import('./sha256.js')).sha256(bytes);
  return Array.from(digest.subarray(0, 6), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
