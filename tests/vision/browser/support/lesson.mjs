/** The vision lesson. */

import { address } from '../../../browser/support/lessons.mjs';

/** A small network on few digits: a few seconds in any browser. */
export const FEW_DIGITS = { task: 'mnist', filters: '4', dense_units: '32', train_size: '2000', epochs: '4' };

/** The address of the lesson with settings. */
export const vision = (parameters) => address('vision', parameters);
