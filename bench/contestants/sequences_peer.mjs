/** A peer on histories: the run over minibatches, of which only the network itself is the library's. */

import { readSequences, shuffledExamples } from '../lib/sequences.mjs';
import { fromText, readSafetensors } from '../lib/safetensors.mjs';
import { trainOn } from './training.mjs';

/** What the names of Emberbook's weights begin with. */
const PREFIX = 'Graph.';

/**
 * A library's part of the work; `step` answers the loss as the library's own scalar, not yet read.
 *
 * @typedef {{ sequences: import('../lib/sequences.mjs').Sequences, rows: number[] }} Batch
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
export function sequencesPeer(library) {
  let sequences;
  let start;
  let nextRows;

  return {
    open: () => library.load(),

    async openTable({ tables, longest }) {
      sequences = readSequences(tables, longest);
      start = readSafetensors(fromText(tables.start));
      await this.restart(1);
    },

    async restart(seed) {
      nextRows = shuffledExamples(sequences.examples.length, seed);
      library.setWeights(
        Object.fromEntries(Object.entries(start).map(([name, tensor]) => [name.replace(PREFIX, ''), tensor])),
      );
    },

    train: (count, reading) => trainOn(library, () => ({ sequences, rows: nextRows() }), count, reading),

    async replay(opening, batches) {
      await this.openTable(opening);
      const waiting = batches.map((rows) => ({ sequences, rows }));
      return trainOn(library, () => waiting.shift(), batches.length, 'each');
    },

    testAccuracy: () => Promise.reject(new Error('histories are timed only')),
    wasmBytes: () => null,
  };
}
