/** Emberbook's engine as its own worker uses it: the site's wasm module, loaded from the site. */

import './gpu_work.mjs';
import { lossesIn } from '../lib/losses.mjs';
import { CLASSES, FEATURES, HIDDEN } from '../lib/task.mjs';

/** More milliseconds than any block takes: the engine then makes exactly the steps asked for. */
const NO_LIMIT = 1e9;
/**
 * The longest run, and no look at dev in between: the peers make none either. Everything else is the lesson's
 * default, which is the task.
 */
const SETTINGS = { epochs: 2000, eval_steps: 10_000 };

/**
 * @param {'cpu' | 'webgpu'} device
 * @returns {import('./serve.mjs').Contestant}
 */
export function emberbook(device) {
  let module;
  let memory;
  let engine;
  let step = 0;

  /** Losses of the steps from `from` on, read as the page reads them while training. */
  const lossesFrom = (from) => lossesIn(engine.history(from));

  return {
    async open({ site }) {
      const folder = new URL(`pkg/${device === 'cpu' ? 'cpu' : 'gpu'}/`, site);
      module = await import(new URL('emberbook.js', folder).href);
      const exports = await module.default({ module_or_path: new URL('emberbook_bg.wasm', folder) });
      memory = exports.memory;
      await this.restart(1);
    },

    async restart(seed) {
      engine?.free();
      const layers = [{ source: 'config', values: { ...SETTINGS, seed } }];
      engine = await module.Engine.plan('iris', layers, undefined).open(undefined, device);
      step = 0;
    },

    async train(count, reading) {
      const from = step;
      const slice = reading === 'each' ? 1 : count;
      const losses = [];
      for (let made = 0; made < count; made += slice) {
        const progress = await engine.train(slice, NO_LIMIT);
        step = progress.step;
        if (reading === 'each') losses.push(progress.metrics.loss);
      }
      return reading === 'each' ? losses : lossesFrom(from);
    },

    async testAccuracy() {
      return (await engine.evaluate('test')).accuracy;
    },

    async replay({ w1, b1, w2, b2 }, batches) {
      const tensor = (name, shape, values) => ({ name, shape, values });
      const weights = [
        tensor('fc1.weight', [HIDDEN, FEATURES], transposed(w1, FEATURES, HIDDEN)),
        tensor('fc1.bias', [HIDDEN], b1),
        tensor('fc2.weight', [CLASSES, HIDDEN], transposed(w2, HIDDEN, CLASSES)),
        tensor('fc2.bias', [CLASSES], b2),
      ];
      return (await engine.inspect('replay', { weights, batches }, [])).losses;
    },

    wasmBytes: () => memory.buffer.byteLength,
  };
}

/** Files of weights hold outputs by inputs. */
function transposed(values, rows, columns) {
  return Array.from({ length: values.length }, (_, index) => {
    const [column, row] = [Math.floor(index / rows), index % rows];
    return values[row * columns + column];
  });
}
