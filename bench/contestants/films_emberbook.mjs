/** Emberbook's engine on the ratings, as its own worker uses it. */

import './gpu_work.mjs';
import { ratingsFiles } from '../../tests/movies/browser/support/ratings.mjs';
import { lossesIn } from '../lib/losses.mjs';
import { readPack } from '../lib/packs.mjs';
import { readSafetensors, toText } from '../lib/safetensors.mjs';

/** More milliseconds than any block takes: the engine then makes exactly the steps asked for. */
const NO_LIMIT = 1e9;
/** A run longer than any that is timed, judged by nothing in between; everything else is the lesson's default. */
const SETTINGS = { model: 'fusion', passes: 200, valid: 'none', eval_steps: 10_000 };
/** Minibatches in the order of the file, without what the last tenth of all ratings is. */
const IN_ORDER = { split: 'one_date', shuffle_buffer: 1 };
const PACK = 'latest-small.bin';

/**
 * @param {'cpu' | 'webgpu'} device
 * @returns {import('./serve.mjs').Contestant}
 */
export function emberbookFilms(device) {
  let module;
  let memory;
  let files;
  let engine;

  const open = (settings, own) => openAs({ ...SETTINGS, ...settings }, own);
  const openAs = async (values, own) => {
    engine?.free();
    const layers = [{ source: 'config', values }];
    engine = await module.Engine.plan('movies', layers, own).open(files.share(), device);
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
  const milliseconds = async (work) => {
    const begin = performance.now();
    await work();
    return performance.now() - begin;
  };

  return {
    async open({ site }) {
      const folder = new URL(`pkg/${device === 'cpu' ? 'recommenders' : 'gpu'}/`, site);
      module = await import(new URL('emberbook.js', folder).href);
      const exports = await module.default({ module_or_path: new URL('emberbook_bg.wasm', folder) });
      memory = exports.memory;
      files = new module.EngineFiles();
      files.add_bytes(PACK, await readPack(site, PACK));
      await open({ seed: 1 });
    },

    restart: (seed) => open({ seed }),
    openWith: (settings) => open(settings),
    train,

    /**
     * The first steps of a run whose minibatches are known, with all that is needed to make them elsewhere: the file of
     * the weights before them, and what was invented of each user.
     */
    async firstSteps({ steps }) {
      await open({ seed: 1, ...IN_ORDER });
      const file = toText(await engine.export_model('safetensors'));
      const { users } = await engine.inspect('tables', {}, []);
      const [, ...lines] = users.trim().split('\n');
      const rows = lines.map((line) => line.split(',').slice(1).map(Number));
      const known = [0, 1, 2].map((place) => rows.map((row) => row[place]));
      return { file, known, losses: await train(steps) };
    },

    /** Opens a run on a made-up table of the reader's own; answers how many numbers are learned. */
    async openTable({ shape, settings }) {
      const table = ratingsFiles(shape);
      const paths = Object.keys(table).filter((path) => path.endsWith('.dat'));
      const contents = paths.map((path) => table[path]);
      const picked = [
        ...module.EngineOwn.pick_ratings(
          'movies',
          'ml-1m',
          paths,
          Float64Array.from(contents, ({ length }) => length),
        ),
      ];
      const own = module.EngineOwn.ratings(
        'movies',
        'ml-1m',
        picked.map((at) => paths[at]),
        picked.map((at) => contents[at]),
      );
      await open(settings, own);
      const tensors = Object.values(readSafetensors(await engine.export_model('safetensors')));
      return { parameters: tensors.reduce((sum, { values }) => sum + values.length, 0) };
    },

    /** Milliseconds of lists for some users: the first after a step, which computes all vectors, and the others. */
    async lists({ users, top }) {
      await train(1);
      const times = [];
      for (const user of users) times.push(await milliseconds(() => engine.predict({ user, top }, [])));
      return { first: times[0], others: times.slice(1) };
    },

    /** Milliseconds until all stars of a user are answered anew without one rating, after the default run of a method. */
    async without({ model, users }) {
      await openAs({ model });
      while (!engine.progress().finished) await engine.train(1e6, NO_LIMIT);
      const times = [];
      for (const user of users) {
        const { rated } = await engine.inspect('user', { user }, []);
        const [[movie]] = rated;
        times.push(await milliseconds(() => engine.inspect('without', { user, movie }, [])));
      }
      return times;
    },

    testAccuracy: () => Promise.reject(new Error('the ratings are timed only')),
    wasmBytes: () => memory.buffer.byteLength,
  };
}
