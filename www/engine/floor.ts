/** What a browser must have before a lab can load, checked without fetching anything. */

import { failure } from './failure.js';
import type { EngineFailure } from './protocol.js';

/** The smallest module with a 128-bit instruction: `(func (result v128) i32.const 0; i8x16.splat; i8x16.popcnt)`. */
const SIMD_MODULE = Uint8Array.of(
  ...[
    0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98,
    11,
  ],
);

/** What is missing, or null when the lab can run here. */
export function missingFeature(): EngineFailure | null {
  if (typeof WebAssembly !== 'object' || typeof WebAssembly.validate !== 'function') {
    return failure('no_webassembly', 'This browser has no WebAssembly.');
  }
  if (!WebAssembly.validate(SIMD_MODULE)) {
    return failure('no_simd', 'This browser has no 128-bit WebAssembly instructions (SIMD).');
  }
  if (typeof Worker !== 'function') {
    return failure('worker_blocked', 'This browser or page allows no workers.');
  }
  return null;
}
