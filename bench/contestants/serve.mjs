/**
 * The worker's side of the bench, the same for every contestant: answers the calls of the host page.
 *
 * @typedef {import('../lib/task.mjs').Examples} Examples
 * @typedef {import('../lib/task.mjs').Weights} Weights
 * @typedef {'each' | 'together'} Reading
 *   Whether a loss is in JavaScript's hands before the next step begins, or all of a block's at its end.
 *
 * @typedef {object} Contestant
 * @property {(options: { examples: Examples, site: string }) => Promise<void>} open Loads the library.
 * @property {(seed: number) => Promise<void>} restart A new run: the document's initial weights, a new split.
 * @property {(count: number, reading: Reading) => Promise<number[]>} train Makes steps; answers their losses.
 * @property {() => Promise<number>} testAccuracy
 * @property {(weights: Weights, batches: number[][]) => Promise<number[]>} replay Losses over given minibatches.
 * @property {(settings: object) => Promise<void>} [openWith] A run with other settings, for this project's contestants.
 * @property {(options: { seed: number, epochs: number, trainSize?: number }) => Promise<{ milliseconds: number, accuracy: number }>} [epochs]
 *   Whole epochs of a run of its own, for this project's contestants on the digits.
 * @property {(options: { steps: number }) => Promise<object>} [firstSteps]
 *   The first steps of a run, with what is needed to make them again, for this project's contestants on ratings and histories.
 * @property {(options: object) => Promise<object | void>} [openTable]
 *   A run on a made-up table: of ratings of a shape, for this project's contestants; of histories, for all.
 * @property {(options: { users: number[], top: number }) => Promise<{ first: number, others: number[] }>} [lists]
 *   Milliseconds of lists of films for some users, for this project's contestants on the ratings.
 * @property {(options: { model: string, users: number[] }) => Promise<number[]>} [without]
 *   Milliseconds of answers without one rating of each of some users, for this project's contestants on the ratings.
 * @property {() => number | null} wasmBytes Size of the WebAssembly memory, where it is known.
 */

import { STEPS_PER_EPOCH } from '../lib/task.mjs';
import { measureKernels } from './gpu_kernels.mjs';
import { gpuAdapter, gpuBufferBytes, gpuWork } from './gpu_work.mjs';

/** @param {Contestant} contestant */
export function serve(contestant) {
  const calls = callsOn(contestant);
  globalThis.onmessage = async ({ data: { id, name, args } }) => {
    try {
      globalThis.postMessage({ id, result: await calls[name](args) });
    } catch (thrown) {
      const message = thrown instanceof Error ? (thrown.stack ?? thrown.message) : JSON.stringify(thrown);
      globalThis.postMessage({ id, error: message });
    }
  };
  globalThis.postMessage({ id: 0, result: null });
}

/** @param {Contestant} contestant */
function callsOn(contestant) {
  return {
    open: (options) => contestant.open(options),
    restart: ({ seed }) => contestant.restart(seed),
    train: async ({ steps, reading }) => checked(await contestant.train(steps, reading), steps),
    replay: ({ weights, batches }) => contestant.replay(weights, batches),
    epochs: (options) => contestant.epochs(options),
    firstSteps: (options) => contestant.firstSteps(options),
    openTable: (options) => contestant.openTable(options),
    lists: (options) => contestant.lists(options),
    without: (options) => contestant.without(options),
    adapter: () => gpuAdapter(),
    wasmBytes: () => contestant.wasmBytes(),
    gpuBufferBytes: () => gpuBufferBytes(),
    openWith: ({ settings }) => contestant.openWith(settings),

    /** Milliseconds of each of `blocks` blocks of `steps` steps. */
    async blocks({ blocks, steps, reading }) {
      const times = [];
      for (let block = 0; block < blocks; block += 1) {
        const begin = performance.now();
        const losses = await contestant.train(steps, reading);
        times.push(performance.now() - begin);
        checked(losses, steps);
        await breath();
      }
      return times;
    },

    /** What `steps` steps hand to the GPU, per step. */
    async gpuWork({ steps, reading }) {
      const before = gpuWork();
      checked(await contestant.train(steps, reading), steps);
      const after = gpuWork();
      return Object.fromEntries(
        Object.entries(after).map(([name, count]) => [name, (count - before[name]) / steps]),
      );
    },

    gpuWorkSoFar: () => gpuWork(),

    /** Nanoseconds of each dispatch of some steps, each timed by itself; null where the adapter has no time stamps. */
    kernels: ({ steps }) => measureKernels(async () => checked(await contestant.train(steps, 'each'), steps)),

    /** Trains, asking for the test accuracy after each epoch, until it is reached or the run is over. */
    async reach({ goal, epochs }) {
      const begin = performance.now();
      for (let epoch = 1; epoch <= epochs; epoch += 1) {
        checked(await contestant.train(STEPS_PER_EPOCH, 'together'), STEPS_PER_EPOCH);
        if ((await contestant.testAccuracy()) >= goal)
          return { epochs: epoch, milliseconds: performance.now() - begin };
        await breath();
      }
      return null;
    },
  };
}

/** Stops a contestant that makes fewer steps than it is timed for, or computes nonsense. */
function checked(losses, steps) {
  if (losses.length !== steps || !losses.every(Number.isFinite))
    throw new Error(`${steps} steps gave ${losses.length} losses, the last ${losses.at(-1)}`);
  return losses;
}

/** Lets messages and the browser's own tasks in between two blocks, outside the time measured. */
function breath() {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
