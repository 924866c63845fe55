/**
 * The wasm modules against the float64 oracle, through what a page can do: the same ratings and weights are brought, and
 * stars, gradients and every loss of 200 steps (on WebGPU: 40) are compared. The gradients are read off the means of Adam in the checkpoint
 * behind the first step.
 */

import { checkAdapter } from '../../browser/support/adapter.mjs';
import { equal, near, ok } from '../../browser/support/expect.mjs';
import { ALL_PARTS, EVERYWHERE } from '../../browser/support/lessons.mjs';
import { farthest, firstGradients, flat, withWeights } from '../../browser/support/tensors.mjs';
import { made } from './support/lesson.mjs';
import { oracle } from './support/oracle.mjs';

/** Opens the oracle's lab, with its weights. */
async function openOracle(open, parameters) {
  const settings = { ...oracle.settings, dataset: 'made' };
  const page = await open(made({ ...settings, hide: ALL_PARTS, ...parameters }));
  await page.waitForStatus('ready');
  const files = Object.entries(oracle.files).map(([name, content]) => ({
    name,
    path: `ml-1m/${name}`,
    content,
  }));
  equal(await page.load(...files), null, 'what loading the ratings says');
  await page.waitForSettings(oracle.settings);
  const weights = withWeights(await page.call('exportModel', 'safetensors'), oracle.weights);
  equal(await page.importModel(weights), null, 'what the weights are refused for');
  return page;
}

async function checkStars(page, expected, tolerance, when) {
  for (const [at, user] of oracle.users.entries()) {
    const found = [];
    for (const movie of oracle.films) found.push((await page.call('predict', { user, movie })).score);
    found.forEach((stars, film) =>
      near(stars, expected[at][film], tolerance, `${when}: user ${user}, film ${oracle.films[film]}`),
    );
  }
}

/** Checkpoints have the names of the network's parts, the oracle those of the document's layers: the weights say which is which. */
async function checkGradients(page, tolerance) {
  const known = Object.entries(oracle.weights).map(([name, values]) => [name, flat(values)]);
  const names = new Set();
  for (const { name: path, weights, gradient } of await firstGradients(page)) {
    const is = ([, values]) =>
      values.length === weights.length && values.every((value, at) => Math.fround(value) === weights[at]);
    const name = known.find(is)?.[0];
    ok(name !== undefined, `${path} has the weights of a layer of the document`);
    names.add(name);
    const apart = farthest(gradient, flat(oracle.gradients[name]), name);
    ok(apart <= tolerance, `gradient of ${name}`, apart);
  }
  equal(names.size, 29, 'tensors whose gradients were compared');
}

/** Compares a run, whole or its first `steps`; `tolerances` are relative but for the stars. */
async function checkRun(page, { steps = oracle.losses.length, ...tolerances }) {
  await checkStars(page, oracle.before, tolerances.stars, 'before the first step');
  await page.call('step', 1);
  await checkGradients(page, tolerances.gradients);
  const isWhole = steps === oracle.losses.length;
  await (isWhole ? page.call('start') : page.call('step', steps - 1));
  const losses = (await page.call('history')).filter((point) => 'loss' in point).map(({ loss }) => loss);
  equal(losses.length, steps, 'steps');
  losses.forEach((loss, step) =>
    near(loss, oracle.losses[step], tolerances.losses * oracle.losses[step], `loss of step ${step}`),
  );
  if (isWhole) await checkStars(page, oracle.after, tolerances.starsAfter, 'after the last step');
}

export const tests = [
  {
    name: 'stars, gradients and losses of the fusion network agree with the oracle on the CPU',
    browsers: EVERYWHERE,
    async run({ open }) {
      const page = await openOracle(open, { backend: 'cpu' });
      await checkRun(page, { stars: 1e-5, gradients: 1e-5, losses: 1e-4, starsAfter: 1e-4 });
    },
  },
  {
    name: 'stars, gradients and losses of the fusion network agree with the oracle on WebGPU',
    browsers: ['chromium-webgpu'],
    async run({ open }) {
      const page = await openOracle(open, { backend: 'webgpu' });
      await checkAdapter(page);
      equal((await page.property('device')).kind, 'webgpu', 'device');
      // A graphics card that is imitated takes a quarter of a second for a step.
      const steps = 40;
      await checkRun(page, { steps, stars: 1e-4, gradients: 1e-4, losses: 1e-3 });
      const { dispatches } = await page.call('inspect', 'gpu_counters');
      ok(dispatches >= steps, 'work was handed to the GPU', dispatches);
    },
  },
];
