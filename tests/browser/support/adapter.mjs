/** The WebGPU adapter of the tests. */

import { contains } from './expect.mjs';

/** The adapter must be the one the tests ask for, or they would pass on nothing. */
export async function checkAdapter(page) {
  const info = await page.evaluate(async () => {
    const adapter = await navigator.gpu?.requestAdapter();
    return adapter ? `${adapter.info.vendor} ${adapter.info.architecture}` : 'none';
  });
  contains(info, /swiftshader/i, 'the adapter');
}
