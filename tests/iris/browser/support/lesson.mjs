/** The iris lesson, which is also the example for what holds in every lesson. */

import { address } from '../../../browser/support/lessons.mjs';

/** The default run: 120 training rows in minibatches of 16 are 8 steps an epoch, for 150 epochs. */
export const STEPS_PER_EPOCH = 8;
export const TOTAL_STEPS = 1200;
/** Points of its history: one for each step, one for each epoch, and an evaluation every 50 steps. */
export const TOTAL_POINTS = TOTAL_STEPS + TOTAL_STEPS / STEPS_PER_EPOCH + TOTAL_STEPS / 50;

/** A run long enough to be interrupted in the middle on any machine: 16,000 steps. */
export const LONG_RUN = { epochs: 2000, eval_steps: 500 };

/** A run that lasts half a minute at the pace at which one looks on, and is made at full speed in a moment. */
export const WATCHED_RUN = { epochs: 300, eval_steps: 100 };
export const WATCHED_STEPS = 2_400;

/** The address of the lesson with settings: `{lang: 'en', seed: 3}`. */
export const lesson = (parameters) => address('iris', parameters);
