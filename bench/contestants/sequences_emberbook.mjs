/** Emberbook's engine on sequences of the reader's own, as its own worker uses it. */

import { lossesIn } from '../lib/losses.mjs';
import { BATCH_SIZE, WIDTH } from '../lib/sequences.mjs';
import { fromText, multiplied, toText } from '../lib/safetensors.mjs';

/** More milliseconds than any block takes: the engine then makes exactly the steps asked for. */
const NO_LIMIT = 1e9;
/** No dropout, and a longer run than any that is timed; what is prepared before the first step is as short as it can be. */
const SETTINGS = {
  model: 'mmsr',
  dim: WIDTH,
  batch_size: BATCH_SIZE,
  dropout: 0,
  attention_dropout: 0,
  encoder_epochs: 10,
  epochs: 200,
  seed: 1,
};

/** @returns {import('./serve.mjs').Contestant} */
export function emberbookSequences() {
  let module;
  let memory;
  let engine;
  let opened;

  const read = (files) => {
    const named = (pick) => Object.keys(files).filter(pick);
    const tables = named((name) => name.endsWith('.csv'));
    const bytes = tables.map((name) => new TextEncoder().encode(files[name]));
    const reading = module.EngineOwn.sequences('sequences', 'made', tables, bytes);
    for (const name of named((name) => name.endsWith('.npy')))
      reading.add_vectors(name, fromText(files[name]));
    return reading.finish();
  };
  const begin = async () => {
    engine?.free();
    const layers = [{ source: 'config', values: { ...SETTINGS, ...opened.settings } }];
    const plan = module.Engine.plan('sequences', layers, opened.own.share());
    engine = await plan.open(opened.prepared.share(), 'cpu');
  };
  const train = async (count, reading = 'each') => {
    if (reading === 'together') {
      const { step } = engine.progress();
      await engine.train(count, NO_LIMIT);
      return lossesIn(engine.history(step));
    }
    const losses = [];
    for (let made = 0; made < count; made += 1) losses.push((await engine.train(1, NO_LIMIT)).metrics.loss);
    return losses;
  };

  return {
    async open({ site }) {
      const folder = new URL('pkg/sequences/', site);
      module = await import(new URL('emberbook.js', folder).href);
      const exports = await module.default({ module_or_path: new URL('emberbook_bg.wasm', folder) });
      memory = exports.memory;
    },

    /** Opens a run on histories; answers what is needed to make it elsewhere, after what comes before the first step. */
    async openTable({ files, settings }) {
      opened = { own: read(files), settings, prepared: new module.EngineFiles() };
      await begin();
      return { tables: await engine.inspect('tables', {}, []) };
    },

    /** The first steps of a run whose layer begins with weights `factor` times the usual, with the same. */
    async firstSteps({ steps, factor, ...opening }) {
      const { tables } = await this.openTable(opening);
      const start = multiplied(fromText(tables.start), (name) => name.includes('.layer.'), factor);
      await engine.import_model(start);
      return { tables: { ...tables, start: toText(start) }, losses: await train(steps) };
    },

    /** Codes of pictures and words are kept: the first step of a further run is a step. */
    restart: () => begin(),
    train,
    testAccuracy: () => Promise.reject(new Error('histories are timed only')),
    wasmBytes: () => memory.buffer.byteLength,
  };
}
