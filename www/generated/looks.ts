// Written from the Rust types by `cargo xtask types` (src/typescript.rs). Do not edit.

import type { IrisLooks } from './iris.js';
import type { VisionLooks } from './vision.js';
import type { BoostingLooks } from './boosting.js';

/** Looks inside of every lesson. */
export interface Looks {
  iris: IrisLooks;
  vision: VisionLooks;
  boosting: BoostingLooks;
}
