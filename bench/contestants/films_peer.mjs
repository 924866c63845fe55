/** A peer on the ratings: the run over minibatches, of which only the network itself is the library's. */

import {
  drawnDemographics,
  initialWeights,
  readRatings,
  shapesOf,
  shuffledMinibatches,
} from '../lib/films.mjs';
import { readPack } from '../lib/packs.mjs';
import { fromText, readSafetensors } from '../lib/safetensors.mjs';
import { trainOn } from './training.mjs';

/**
 * A library's part of the work; `step` answers the loss as the library's own scalar, not yet read.
 *
 * @typedef {{ ratings: import('../lib/films.mjs').Ratings, known: number[][], rows: number[] }} Batch
 * @typedef {Record<string, { shape: number[], values: number[] }>} Weights
 * @typedef {object} Library
 * @property {() => Promise<void>} load
 * @property {(weights: Weights) => void} setWeights the optimiser begins anew
 * @property {(batch: Batch) => unknown} step
 * @property {(loss: unknown) => number | Promise<number>} read Reads a loss and frees it.
 */

/**
 * @param {Library} library
 * @returns {import('./serve.mjs').Contestant}
 */
export function filmsPeer(library) {
  let ratings;
  let known;
  let nextRows;

  return {
    async open({ site }) {
      ratings = readRatings(await readPack(site, 'latest-small.bin'));
      await library.load();
      await this.restart(1);
    },

    async restart(seed) {
      known = drawnDemographics(ratings.userCount, seed);
      nextRows = shuffledMinibatches(ratings.users.length, seed);
      const shapes = shapesOf(ratings);
      const values = initialWeights(shapes, seed);
      library.setWeights(
        Object.fromEntries(
          Object.entries(shapes).map(([name, shape]) => [name, { shape, values: values[name] }]),
        ),
      );
    },

    train: (count, reading) => trainOn(library, () => ({ ratings, known, rows: nextRows() }), count, reading),

    async replay({ file, known: given }, batches) {
      library.setWeights(readSafetensors(fromText(file)));
      const waiting = batches.map((rows) => ({ ratings, known: given, rows }));
      return trainOn(library, () => waiting.shift(), batches.length, 'each');
    },

    testAccuracy: () => Promise.reject(new Error('the ratings are timed only')),
    wasmBytes: () => null,
  };
}
