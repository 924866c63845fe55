/** Emberbook's engine on the digits, as its own worker uses it. */

import './gpu_work.mjs';
import { lossesIn } from '../lib/losses.mjs';
import { ADAM, CLASSES, FILTERS, KERNEL, readDigits, SIDE, TENSORS, UNITS } from '../lib/digits.mjs';
import { readPack } from '../lib/packs.mjs';

/** More milliseconds than any block takes: the engine then makes exactly the steps asked for. */
const NO_LIMIT = 1e9;
/** A run longer than any that is timed, which no accuracy ends. */
const SETTINGS = { task: 'mnist', train_size: 10_000, epochs: 200, stop_at_accuracy: 1 };

/**
 * @param {'cpu' | 'webgpu'} device
 * @param {number} batchSize
 * @returns {import('./serve.mjs').Contestant}
 */
export function emberbookDigits(device, batchSize) {
  let module;
  let memory;
  let files;
  let engine;
  let siteUrl;

  const open = async (settings) => {
    engine?.free();
    const layers = [{ source: 'config', values: { ...SETTINGS, batch_size: batchSize, ...settings } }];
    engine = await module.Engine.plan('vision', layers, undefined).open(files.share(), device);
  };

  return {
    async open({ site }) {
      siteUrl = site;
      const folder = new URL(`pkg/${device === 'cpu' ? 'cpu' : 'gpu'}/`, site);
      module = await import(new URL('emberbook.js', folder).href);
      const exports = await module.default({ module_or_path: new URL('emberbook_bg.wasm', folder) });
      memory = exports.memory;
      files = new module.EngineFiles();
      files.add_bytes('mnist_10k.bin', await readPack(site, 'mnist_10k.bin'));
      await open({ seed: 1 });
    },

    restart: (seed) => open({ seed }),
    openWith: open,

    async train(count, reading) {
      const losses = [];
      const slice = reading === 'each' ? 1 : count;
      const from = engine.progress().step;
      for (let made = 0; made < count; made += slice) {
        const progress = await engine.train(slice, NO_LIMIT);
        if (reading === 'each') losses.push(progress.metrics.loss);
      }
      if (reading === 'each') return losses;
      return lossesIn(engine.history(from));
    },

    async replay(weights, batches) {
      const { pictures, labels } = await readDigits(siteUrl);
      const size = SIDE * SIDE;
      const rows = batches.flat();
      let next = 0;
      const { losses } = await engine.inspect(
        'replay',
        {
          network: {
            height: SIDE,
            width: SIDE,
            channels: 1,
            filters: [FILTERS],
            kernel_size: KERNEL,
            dense_units: UNITS,
            outputs: CLASSES,
          },
          classes: CLASSES,
          pictures: rows.flatMap((row) => [...pictures.subarray(row * size, (row + 1) * size)]),
          labels: rows.map((row) => labels[row]),
          initial: weights.map((values, index) => ({
            name: TENSORS[index].name,
            shape: TENSORS[index].shape,
            values,
          })),
          batches: batches.map((batch) => batch.map(() => next++)),
          optimizer: 'adam',
          learning_rate: ADAM.learningRate,
        },
        [],
      );
      return losses;
    },

    /** Milliseconds of so many epochs with their evaluations, and the test accuracy after them. */
    async epochs({ seed, epochs, trainSize = SETTINGS.train_size }) {
      if (trainSize > SETTINGS.train_size)
        files.add_bytes('mnist_all.bin', await readPack(siteUrl, 'mnist_all.bin'));
      await open({ seed, epochs, train_size: trainSize });
      const begin = performance.now();
      while (!engine.progress().finished) await engine.train(1e6, 100);
      const milliseconds = performance.now() - begin;
      return { milliseconds, accuracy: (await engine.evaluate('test')).accuracy };
    },

    testAccuracy: async () => (await engine.evaluate('test')).accuracy,
    wasmBytes: () => memory.buffer.byteLength,
  };
}
