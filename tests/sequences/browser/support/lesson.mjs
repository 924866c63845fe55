/** Addresses of the sequences lesson. */

import { address } from '../../../browser/support/lessons.mjs';

/** The lesson with its defaults. */
export const sequences = (parameters = {}) => address('sequences', parameters);

/** Few users and a small network: codes are there in a second, and an epoch takes a moment. */
export const small = (parameters = {}) =>
  sequences({
    users: 80,
    dim: 8,
    clusters: 6,
    encoder_epochs: 10,
    epochs: 3,
    batch_size: 64,
    ...parameters,
  });
