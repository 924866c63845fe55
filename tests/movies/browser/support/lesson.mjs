/** Addresses of the movies lesson. */

import { address } from '../../../browser/support/lessons.mjs';

/** The lesson with MovieLens latest-small. */
export const movies = (parameters = {}) => address('movies', parameters);

/** A small made world, which needs no file and is learned in a moment. */
export const made = (parameters = {}) =>
  movies({ dataset: 'made', users: 80, films: 100, density: 0.2, passes: 2, batch_size: 64, ...parameters });
