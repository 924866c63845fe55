/**
 * Emberbook beside tfjs and jax-js, in one run, in one browser, one after the other.
 *
 *     node bench/run.mjs --url http://127.0.0.1:8080/ [--out bench/results] [--quick] [--gpu] [--only cpu,startup]
 *
 * `--url` is a served release build of the site. README.md explains the figures.
 */

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { format } from 'prettier';
import { Arena, launch } from './lib/browser.mjs';
import { DIGITS, FILMS, ON_CPU, ON_GPU, SEQUENCES } from './lib/contestants.mjs';
import { load, machine } from './lib/machine.mjs';
import { bundleContestants, serveBench } from './lib/server.mjs';
import { readExamples } from './lib/task.mjs';
import { agreement } from './measures/agreement.mjs';
import { boostingTables } from './measures/boosting.mjs';
import { digitsAgreement } from './measures/digits_agreement.mjs';
import { epochsOfDigits } from './measures/epochs.mjs';
import { firstOfSearch, longTable, twentySeeds } from './measures/experiments.mjs';
import { filmArena } from './measures/film_arena.mjs';
import { filmLists } from './measures/film_lists.mjs';
import { filmsAgreement } from './measures/films_agreement.mjs';
import { filmsGrowth } from './measures/films_growth.mjs';
import { gpuKernels } from './measures/gpu_kernels.mjs';
import { gpuWork } from './measures/gpu_work.mjs';
import { ownRatings } from './measures/own_ratings.mjs';
import { keyPresses, pageMemory, pageSpeed } from './measures/page.mjs';
import { quickPresets } from './measures/presets.mjs';
import { figuresSpeed, reading } from './measures/reading.mjs';
import { timeToAccuracy } from './measures/reach.mjs';
import { sequencesGrowth } from './measures/sequences_growth.mjs';
import { defaultRun, graphEdits } from './measures/sequences_page.mjs';
import { builds, peerSizes, siteSizes } from './measures/sizes.mjs';
import { firstSteps, startup } from './measures/startup.mjs';
import { ratioToFasterPeer, stepTimes } from './measures/steps.mjs';
import { gpuMemory, wasmMemory } from './measures/wasm_memory.mjs';
import { report } from './report.mjs';

const BENCH = fileURLToPath(new URL('.', import.meta.url));
const EMBERBOOK = { cpu: ON_CPU[0], webgpu: ON_GPU[0] };

/** Quick on a software adapter: what grows with the steps grows here too. */
const SMALL_DIGITS = { filters: [4], dense_units: 16 };

const FULL = {
  cpu: { rounds: 5, warmSteps: 10_000, steps: 10_000, blockSteps: 100 },
  webgpu: { rounds: 3, warmSteps: 20, steps: 100, blockSteps: 10 },
  digits: {
    cpu: { rounds: 3, warmSteps: 60, steps: 100, blockSteps: 10 },
    webgpu: { rounds: 1, warmSteps: 10, steps: 20, blockSteps: 5 },
    epochs: 3,
    all: { seeds: [1, 2], epochs: 5, trainSize: 60_000 },
    memory: { warmSteps: 700, furtherSteps: 2_000 },
    gpuMemory: { warmSteps: 700, furtherSteps: 2_000, settings: SMALL_DIGITS },
  },
  films: {
    cpu: { rounds: 3, warmSteps: 60, steps: 100, blockSteps: 10 },
    webgpu: { rounds: 1, warmSteps: 10, steps: 20, blockSteps: 5 },
    growth: { films: [1_000, 9_066, 60_000], rounds: 3, warmSteps: 20, steps: 50, blockSteps: 10 },
    lists: 5,
    arena: [1, 5],
  },
  sequences: {
    seeds: [1, 2, 3],
    lengths: [5, 10, 20, 50],
    rounds: 3,
    warmSteps: 6,
    steps: 20,
    blockSteps: 2,
  },
  boosting: [
    [10_000, 14],
    [50_000, 14],
    [200_000, 14],
    [32_561, 14],
    [100_000, 28],
  ],
  seeds: [1, 2, 3, 4, 5],
  startups: 7,
  pageRuns: 5,
  readings: 3,
  keys: 50,
  memory: {
    cpu: { warmSteps: 4_000, furtherSteps: 10_000 },
    webgpu: { warmSteps: 100, furtherSteps: 2_000 },
  },
};

const QUICK = {
  cpu: { rounds: 2, warmSteps: 2_000, steps: 1_000, blockSteps: 100 },
  webgpu: { rounds: 1, warmSteps: 10, steps: 20, blockSteps: 10 },
  digits: {
    cpu: { rounds: 1, warmSteps: 20, steps: 20, blockSteps: 10 },
    webgpu: { rounds: 1, warmSteps: 5, steps: 5, blockSteps: 5 },
    epochs: 1,
    all: { seeds: [1], epochs: 1, trainSize: 12_000 },
    memory: { warmSteps: 50, furtherSteps: 100 },
    gpuMemory: { warmSteps: 20, furtherSteps: 40, settings: SMALL_DIGITS },
  },
  films: {
    cpu: { rounds: 1, warmSteps: 20, steps: 20, blockSteps: 10 },
    webgpu: { rounds: 1, warmSteps: 5, steps: 5, blockSteps: 5 },
    growth: { films: [1_000, 9_066, 60_000], rounds: 1, warmSteps: 5, steps: 15, blockSteps: 5 },
    lists: 1,
    arena: [1],
  },
  sequences: { seeds: [1], lengths: [5, 10, 20, 50], rounds: 1, warmSteps: 1, steps: 2, blockSteps: 1 },
  boosting: [[4_000, 14]],
  seeds: [1, 2],
  startups: 2,
  pageRuns: 1,
  readings: 1,
  keys: 10,
  memory: {
    cpu: { warmSteps: 1_000, furtherSteps: 2_000 },
    webgpu: { warmSteps: 20, furtherSteps: 50 },
  },
};

const { values: options } = parseArgs({
  options: {
    url: { type: 'string' },
    out: { type: 'string', default: join(BENCH, 'results') },
    quick: { type: 'boolean', default: false },
    gpu: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
});
if (!options.url) {
  console.error('The address of the site is missing: node bench/run.mjs --url http://127.0.0.1:8080/');
  process.exit(2);
}
const site = new URL('.', options.url).href;
const plan = options.quick ? QUICK : FULL;
const say = (line) => console.log(line);

/**
 * The parts in the order they are measured; names as in the report.
 *
 * @param {Arena} arena
 * @param {Awaited<ReturnType<typeof bundleContestants>>} bundles
 */
const parts = (arena, bundles) => ({
  agreement: async () => [...(await agreement(arena, ON_CPU)), ...(await agreement(arena, ON_GPU))],
  cpu: () => stepPart(arena, ON_CPU, plan.cpu),
  webgpu: async () => ({
    adapter: await arena.withContestant(EMBERBOOK.webgpu, (call) => call('adapter')),
    ...(await stepPart(arena, ON_GPU, plan.webgpu)),
  }),
  gpuWork: () => gpuWork(arena, ON_GPU),
  digits: async () => ({
    agreement: await digitsAgreement(arena, DIGITS.cpu32),
    cpu32: await stepPart(arena, DIGITS.cpu32, plan.digits.cpu, ['each']),
    cpu128: await stepPart(arena, DIGITS.cpu128, plan.digits.cpu, ['each']),
    epochs: await epochsOfDigits(arena, DIGITS.cpu32[0], plan.seeds, plan.digits.epochs),
  }),
  digitsGpu: async () => ({
    agreement: await digitsAgreement(arena, [DIGITS.cpu32[0], ...DIGITS.gpu32]),
    gpu32: await stepPart(arena, DIGITS.gpu32, plan.digits.webgpu, ['each']),
    work: await gpuWork(arena, DIGITS.gpu32),
  }),
  // tfjs brings time stamps of its own into its passes.
  digitsKernels: () => gpuKernels(arena, DIGITS.gpu32.slice(0, 2)),
  digitsLong: async () => ({
    all: await epochsOfDigits(
      arena,
      DIGITS.cpu32[0],
      plan.digits.all.seeds,
      plan.digits.all.epochs,
      plan.digits.all.trainSize,
    ),
    memory: await wasmMemory(arena, DIGITS.cpu32[0], plan.digits.memory),
    gpuMemory: await gpuMemory(arena, DIGITS.gpu32[0], plan.digits.gpuMemory),
  }),
  films: async () => {
    const agreed = await filmsAgreement(arena, FILMS.cpu);
    return {
      agreement: agreed,
      ...(await stepPart(arena, able(FILMS.cpu, agreed), plan.films.cpu, ['each'])),
    };
  },
  filmsGpu: async () => {
    const agreed = await filmsAgreement(arena, FILMS.gpu);
    return {
      agreement: agreed,
      ...(await stepPart(arena, able(FILMS.gpu, agreed), plan.films.webgpu, ['each'])),
      work: await gpuWork(arena, able(FILMS.gpu, agreed)),
    };
  },
  filmsGrowth: () => filmsGrowth(arena, FILMS.cpu[0], plan.films.growth),
  filmLists: () => filmLists(arena, FILMS.cpu[0], plan.films.lists),
  filmArena: () => filmArena(arena, plan.films.arena),
  sequencesGrowth: () => sequencesGrowth(arena, SEQUENCES, plan.sequences, say),
  sequencesPage: async () => ({
    edits: await graphEdits(arena, plan.sequences.rounds),
    run: await defaultRun(arena, plan.sequences.seeds),
  }),
  boosting: () => boostingTables(arena, plan.boosting),
  presets: () => quickPresets(arena, plan.seeds),
  reach: () => timeToAccuracy(arena, ON_CPU, plan.seeds),
  startup: async () => ({
    lab: await startup(arena, plan.startups),
    workers: await firstSteps(arena, ON_CPU, plan.startups),
  }),
  page: async () => ({
    speed: await pageSpeed(arena, plan.pageRuns),
    keys: await keyPresses(arena, plan.keys),
  }),
  reading: async () => ({
    ...(await reading(arena, plan.readings)),
    figures: await figuresSpeed(arena, plan.pageRuns),
  }),
  experiments: async () => ({
    longTable: await longTable(arena, plan.pageRuns),
    twentySeeds: await twentySeeds(arena, plan.pageRuns),
    firstOfSearch: await firstOfSearch(arena, plan.pageRuns),
  }),
  memory: async () => ({
    wasm: [
      await wasmMemory(arena, EMBERBOOK.cpu, plan.memory.cpu),
      await wasmMemory(arena, EMBERBOOK.webgpu, plan.memory.webgpu),
    ],
    heaps: await pageMemory(arena),
  }),
  ratings: () => ownRatings(arena, plan.pageRuns),
  sizes: async () => ({
    site: await siteSizes(site),
    peers: await peerSizes(bundles, [...ON_CPU, ...ON_GPU]),
  }),
});

/** Those who could train the network at all. */
const able = (entries, agreed) =>
  entries.filter(({ name }) => agreed.some((one) => one.name === name && one.lacks === undefined));

async function stepPart(arena, entries, plan, ways = ['each', 'together']) {
  const times = await stepTimes(arena, entries, plan, say, ways);
  const ratios = { each: ratioToFasterPeer(times, 'each') };
  if (ways.includes('together')) ratios.best = ratioToFasterPeer(times, 'best');
  return { plan, times, ratios };
}

/** Versions of the peers, as installed. */
async function libraries() {
  const versions = {};
  for (const [name, folder] of [
    ['tfjs', '@tensorflow/tfjs-core'],
    ['jax-js', '@jax-js/jax'],
  ]) {
    const description = await readFile(join(BENCH, 'node_modules', folder, 'package.json'), 'utf8');
    versions[name] = JSON.parse(description).version;
  }
  return versions;
}

async function main() {
  const loadBefore = load();
  const examples = readExamples(await readFile(join(BENCH, '../data/iris/iris_fisher150.csv'), 'utf8'));
  const bundles = await bundleContestants();
  const server = await serveBench(bundles, site);
  const browser = await launch({ gpu: options.gpu });
  try {
    const measures = parts(new Arena(browser, server.url, site, examples), bundles);
    const chosen = options.only?.split(',') ?? Object.keys(measures);
    const results = {
      date: new Date().toISOString().slice(0, 10),
      quick: options.quick,
      machine: await machine(browser.version()),
      libraries: await libraries(),
      builds: await builds(site),
      failures: [],
    };
    for (const name of chosen) {
      if (!measures[name])
        throw new Error(`there is no part ${name}: use ${Object.keys(measures).join(', ')}`);
      say(`${name} …`);
      const begin = performance.now();
      try {
        results[name] = await measures[name]();
      } catch (error) {
        // What was measured before is kept; but nothing is timed where contestants do different work.
        if (name === 'agreement') throw error;
        results.failures.push({ part: name, message: error.message });
        console.error(error);
      }
      say(`${name}: over after ${((performance.now() - begin) / 1000).toFixed(0)} s`);
    }
    results.load = { before: loadBefore, after: load() };
    return results;
  } finally {
    await browser.close();
    server.close();
  }
}

const results = await main();
const markdown = report(results);
await mkdir(options.out, { recursive: true });
const file = join(options.out, `${results.date}${options.quick ? '-quick' : ''}`);
// In the form the project's files are checked for, so that a result can be committed.
await writeFile(`${file}.json`, await format(JSON.stringify(results), { parser: 'json', printWidth: 110 }));
await writeFile(`${file}.md`, markdown);
console.log(`\n${markdown}\nWritten to ${file}.md and ${file}.json`);
if (results.failures.length > 0) process.exitCode = 1;
