/**
 * The wasm modules against the float64 oracle, through what a page can do: the same histories, vectors and weights are
 * brought, and scores, attention, gradients and every loss of 100 steps (on WebGPU: 30) are compared, in the mode of the paper and in that
 * of its published program, of which also the surprise is shown: its first step of one path has no effect, to the bit.
 */

import { checkAdapter } from '../../browser/support/adapter.mjs';
import { equal, near, ok } from '../../browser/support/expect.mjs';
import { ALL_PARTS, EVERYWHERE } from '../../browser/support/lessons.mjs';
import { farthest, firstGradients, flat, weightsAt, withWeights } from '../../browser/support/tensors.mjs';
import { small } from './support/lesson.mjs';
import { oracle, oracleFiles } from './support/oracle.mjs';

/** Opens the oracle's lab in a mode, with its weights. */
async function openOracle(open, mode, parameters) {
  const settings = { ...oracle.settings, mode };
  // The reader's own histories come once the page is there.
  const page = await open(small({ ...settings, dataset: 'emoji', hide: ALL_PARTS, ...parameters }));
  await page.waitForStatus('ready');
  equal(await page.load(...oracleFiles()), null, 'what loading the histories says');
  await page.waitForSettings(settings);
  await takeWeights(page, oracle.weights);
  return page;
}

/** Gives the lab other weights; its run begins anew from them. */
async function takeWeights(page, weights) {
  const file = withWeights(await page.call('exportModel', 'safetensors'), weights);
  equal(await page.importModel(file), null, 'what the weights are refused for');
}

async function checkScores(page, expected, tolerance, when) {
  for (const [at, history] of oracle.histories.entries()) {
    const { list } = await page.call('predict', { history, top: expected[at].length });
    const [scores, probabilities] = ['score', 'probability'].map((figure) =>
      expected[at].map((_, item) => list.find(({ number }) => number === item)?.[figure]),
    );
    const what = `${when}, after ${history.join(', ')}`;
    const apart = farthest(scores, expected[at], what);
    ok(apart <= tolerance, `scores ${what}`, apart);
    const powers = expected[at].map(Math.exp);
    const sum = powers.reduce((total, power) => total + power);
    const shares = powers.map((power) => power / sum);
    const shifted = farthest(probabilities, shares, what);
    ok(shifted <= tolerance * Math.max(...expected[at].map(Math.abs), 1), `probabilities ${what}`, shifted);
  }
}

/** The layer on the last of the histories: gate, attention of each node over its neighbours, and how the paths differ. */
async function checkInside(page, { mode, inside }, { scores: tolerance, same }) {
  const { nodes, edges, hohe_from_he } = await page.call('inspect', 'graph', {
    history: oracle.histories.at(-1),
  });
  equal(nodes.length, inside.gate.length, 'nodes');
  nodes.forEach(({ gate }, node) => near(gate, inside.gate[node], tolerance, `gate of node ${node}`));
  for (const phase of ['within', 'between']) {
    const shares = edges.filter((edge) => edge[phase] !== null);
    for (const { node, neighbour, ...edge } of shares)
      near(
        edge[phase],
        inside[phase][node][neighbour],
        tolerance,
        `attention ${phase}: ${node} to ${neighbour}`,
      );
    const positive = flat(inside[phase]).filter((share) => share > 0).length;
    equal(shares.length, positive, `edges with attention ${phase}`);
    for (const node of nodes.keys()) {
      const sum = shares.reduce((total, edge) => total + (edge.node === node ? edge[phase] : 0), 0);
      near(sum, 1, 1e-5, `sum of the attention ${phase} of node ${node}`);
    }
  }
  if (mode === 'code')
    ok(hohe_from_he <= same, 'the first step of hohe has no effect in the program', hohe_from_he);
  else
    near(
      hohe_from_he,
      inside.hohe_from_he,
      tolerance * inside.hohe_from_he,
      'what the first step of hohe does',
    );
  ok(mode === 'code' || hohe_from_he > 0.01, 'it does something in the paper', hohe_from_he);
}

async function checkGradients(page, gradients, tolerance) {
  const found = await firstGradients(page);
  equal(found.map(({ name }) => name).sort(), Object.keys(gradients).sort(), 'tensors');
  for (const { name, gradient } of found) {
    const apart = farthest(gradient, flat(gradients[name]), name);
    ok(apart <= tolerance, `gradient of ${name}`, apart);
  }
}

/** Compares a run, whole or its first `steps`; `tolerances` are relative. */
async function checkRun(page, expected, { steps = expected.losses.length, ...tolerances }) {
  await checkScores(page, expected.before, tolerances.scores, 'before the first step');
  await checkInside(page, expected, tolerances);
  await page.call('step', 1);
  await checkGradients(page, expected.gradients, tolerances.gradients);
  const isWhole = steps === expected.losses.length;
  await (isWhole ? page.call('start') : page.call('step', steps - 1));
  const losses = (await page.call('history')).filter((point) => 'loss' in point).map(({ loss }) => loss);
  equal(losses.length, steps, 'steps');
  losses.forEach((loss, step) =>
    near(loss, expected.losses[step], tolerances.losses * expected.losses[step], `loss of step ${step}`),
  );
  if (!isWhole) return;
  // A result is judged by the best weights; these are the last.
  const last = await weightsAt(page, losses.length);
  await takeWeights(page, last);
  await checkScores(page, expected.after, tolerances.scoresAfter, 'behind the last step');
  const { hohe_from_he } = await page.call('inspect', 'graph', { history: oracle.histories.at(-1) });
  equal(
    hohe_from_he <= tolerances.same,
    expected.mode === 'code',
    `hohe is he behind the last step, mode ${expected.mode}`,
  );
}

/** A run in either mode, in one page: a graphics device compiles its programs once. */
async function checkBoth(open, backend, tolerances, look = async () => {}) {
  const [first, ...others] = oracle.cases;
  const page = await openOracle(open, first.mode, { backend });
  await look(page);
  await checkRun(page, first, tolerances);
  for (const expected of others) {
    const { config } = await page.call('exportRun');
    await page.setProperty('config', { ...config, mode: expected.mode });
    await page.waitForSettings({ ...oracle.settings, mode: expected.mode });
    await takeWeights(page, oracle.weights);
    await checkRun(page, expected, tolerances);
  }
}

export const tests = [
  {
    name: 'scores, attention, gradients and losses of MMSR agree with the oracle on the CPU, in the mode of the paper and of the program',
    browsers: EVERYWHERE,
    async run({ open }) {
      await checkBoth(open, 'cpu', {
        scores: 1e-5,
        gradients: 1e-5,
        losses: 1e-4,
        scoresAfter: 1e-4,
        same: 0,
      });
    },
  },
  {
    name: 'scores, attention, gradients and losses of MMSR agree with the oracle on WebGPU, in the mode of the paper and of the program',
    browsers: ['chromium-webgpu'],
    async run({ open }) {
      // A graphics card may round the same sum in two ways; one that is imitated takes a quarter of a second for a step.
      const tolerances = { steps: 30, scores: 1e-4, gradients: 1e-4, losses: 1e-3, same: 1e-5 };
      await checkBoth(open, 'webgpu', tolerances, async (page) => {
        await checkAdapter(page);
        equal((await page.property('device')).kind, 'webgpu', 'device');
      });
    },
  },
];
