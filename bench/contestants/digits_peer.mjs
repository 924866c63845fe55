/** A peer on the digits: the run over minibatches, of which only the network itself is the library's. */

import { initialWeights, minibatches, readDigits } from '../lib/digits.mjs';
import { trainOn } from './training.mjs';

/**
 * A library's part of the work; `step` answers the loss as the library's own scalar, not yet read.
 *
 * @typedef {{ digits: import('../lib/digits.mjs').Digits, rows: number[] }} Batch
 * @typedef {object} Library
 * @property {() => Promise<void>} load
 * @property {(weights: number[][]) => void} setWeights in the order of TENSORS; the optimiser begins anew
 * @property {(batch: Batch) => unknown} step
 * @property {(loss: unknown) => number | Promise<number>} read Reads a loss and frees it.
 */

/**
 * @param {Library} library
 * @param {number} batchSize
 * @returns {import('./serve.mjs').Contestant}
 */
export function digitsPeer(library, batchSize) {
  let digits;
  let nextRows;

  return {
    async open({ site }) {
      digits = await readDigits(site);
      await library.load();
      await this.restart(1);
    },

    async restart(seed) {
      nextRows = minibatches(batchSize, seed);
      library.setWeights(initialWeights(seed));
    },

    train: (count, reading) => trainOn(library, () => ({ digits, rows: nextRows() }), count, reading),

    async replay(weights, batches) {
      library.setWeights(weights);
      const waiting = batches.map((rows) => ({ digits, rows }));
      return trainOn(library, () => waiting.shift(), batches.length, 'each');
    },

    testAccuracy: () => Promise.reject(new Error('the digits are timed only')),
    wasmBytes: () => null,
  };
}
