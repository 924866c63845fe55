/** Histories are compared by the SHA-256 of their JSON: equal means bit for bit. */

import { createHash } from 'node:crypto';
import { canonical } from './expect.mjs';

/** The hash of a lab's history. */
export async function historyHash(page, selector = 'ember-lab') {
  const points = await page.callOn(selector, 'history');
  return createHash('sha256').update(canonical(points)).digest('hex');
}

/** Keeps a hash under a name, so that `agreement` can compare it with those of the other browsers. */
export function keepHash(shared, name, browser, hash) {
  const hashes = shared.get(name) ?? {};
  hashes[browser] = hash;
  shared.set(name, hashes);
}
