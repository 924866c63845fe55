/** What the peers have in common: a run over minibatches made here, because only the network itself is theirs. */

import { accuracy, DOCUMENT_SPREAD, initialWeights, Minibatches, split } from '../lib/task.mjs';
import { trainOn } from './training.mjs';

/**
 * A library's part of the work.
 *
 * @typedef {object} Library
 * @property {() => Promise<void>} load
 * @property {(weights: import('../lib/task.mjs').Weights) => void} setWeights
 * @property {(batch: { examples: import('../lib/task.mjs').Examples, rows: number[] }) => unknown} step
 *   Forward, loss, backward, update; answers the loss as the library's own scalar, not yet read.
 * @property {(loss: unknown) => number | Promise<number>} read Reads a loss and frees it.
 * @property {(batch: { examples: import('../lib/task.mjs').Examples, rows: number[] }) => Promise<ArrayLike<number>>} logits
 */

/**
 * @param {Library} library
 * @returns {import('./serve.mjs').Contestant}
 */
export function peer(library) {
  let examples;
  let minibatches;
  let testRows;
  const nextBatch = () => ({ examples, rows: minibatches.next() });

  return {
    async open(options) {
      examples = options.examples;
      await library.load();
      await this.restart(1);
    },

    async restart(seed) {
      const parts = split(examples.rows.length, seed);
      testRows = parts.test;
      minibatches = new Minibatches(parts.train, seed);
      library.setWeights(initialWeights(seed, DOCUMENT_SPREAD));
    },

    train: (count, reading) => trainOn(library, nextBatch, count, reading),

    async testAccuracy() {
      return accuracy(examples, testRows, await library.logits({ examples, rows: testRows }));
    },

    async replay(weights, batches) {
      library.setWeights(weights);
      const waiting = batches.map((rows) => ({ examples, rows }));
      return trainOn(library, () => waiting.shift(), batches.length, 'each');
    },

    wasmBytes: () => null,
  };
}
