// Written from the Rust types by `cargo xtask types` (src/typescript.rs). Do not edit.

import type { IrisInside, IrisLooks } from './iris.js';
import type { VisionInside, VisionLooks } from './vision.js';
import type { BoostingInside, BoostingLooks } from './boosting.js';
import type { MoviesInside, MoviesLooks } from './movies.js';
import type { SequencesInside, SequencesLooks } from './sequences.js';

/** Looks inside of every lesson. */
export interface Looks {
  iris: IrisLooks;
  vision: VisionLooks;
  boosting: BoostingLooks;
  movies: MoviesLooks;
  sequences: SequencesLooks;
}

/** What the description of every lesson can list inside. */
export interface Insides {
  iris: IrisInside;
  vision: VisionInside;
  boosting: BoostingInside;
  movies: MoviesInside;
  sequences: SequencesInside;
}

/** What `predict` of every lesson that predicts answers with. */
export interface Predictions {
  iris: import('./iris.js').Prediction;
  vision: import('./vision.js').Prediction;
  boosting: import('./boosting.js').Predicted;
  movies: import('./movies.js').Prediction;
  sequences: import('./sequences.js').Prediction;
}
