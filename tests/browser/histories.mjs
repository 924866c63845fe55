/**
 * Trains every lab by the public contract and writes what it recorded, or compares it with what another build wrote: a
 * change that is to leave training as it is must leave every number equal to the last bit.
 *
 *     node tests/browser/histories.mjs --url http://127.0.0.1:8080/ --write before.json
 *     node tests/browser/histories.mjs --url http://127.0.0.1:8080/ --against before.json
 *
 * `--only words` takes the runs whose names hold these words. The files hold numbers of one machine and one build and
 * are not committed. `CHROME` names the browser; 1 is the exit code where anything differs.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';

/** What is trained: a lesson, its settings over the defaults, and how many steps of the run. */
const RUNS = [
  ['iris', {}, 400],
  ['iris', { preset: 'document' }, 400],
  ['iris', { split: 'as_written', checkpoint: 'best_dev', optimizer: 'momentum' }, 300],
  [
    'iris',
    { optimizer: 'adam', activation: 'tanh', hidden: [8, 4], init_std: 0.5, learning_rate: 0.02 },
    300,
  ],
  ['iris', { optimizer: 'rmsprop', activation: 'relu', batch_size: 7, learning_rate: 0.01 }, 200],
  ['iris', { optimizer: 'adagrad', features: ['petal_length', 'petal_width'], seed: 9 }, 200],
  ['iris', { model: 'softmax' }, 40],
  ['iris', { model: 'svm' }, 40],
  ['iris', { model: 'svm', kernel: 'linear', C: 10 }, 40],
  ['vision', { task: 'mnist', train_size: 640, batch_size: 64, epochs: 2 }, 20],
  ['vision', { task: 'mnist', filters: [], train_size: 640, epochs: 2 }, 30],
  ['vision', { task: 'horse_or_human', image_size: 96, train_size: 64, epochs: 1 }, 3],
  ['vision', { task: 'happy_or_sad', epochs: 2, labels: 'as_written' }, 6],
  ['boosting', {}, 40],
  ['boosting', { preset: 'document' }, 40],
  ['boosting', { boosting: 'dart', feature_fraction: 0.6, seed: 4 }, 30],
  ['boosting', { data_sample_strategy: 'goss', learning_rate: 0.3 }, 30],
  ['boosting', { dataset: 'products' }, 20],
  ['boosting', { dataset: 'adult', num_leaves: 63, bagging_fraction: 0.5, bagging_freq: 1 }, 20],
  ['boosting', { dataset: 'rare_buyers', grow_policy: 'level', encoding: 'one_hot' }, 20],
];

const ARGUMENTS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

const { values: options } = parseArgs({
  options: {
    url: { type: 'string' },
    write: { type: 'string' },
    against: { type: 'string' },
    only: { type: 'string', default: '' },
  },
});
if (!options.url || Boolean(options.write) === Boolean(options.against)) {
  console.error('histories.mjs needs --url and one of --write and --against');
  process.exit(2);
}
const before = options.against ? JSON.parse(readFileSync(options.against, 'utf8')) : null;
const recorded = {};
let differing = 0;

const browser = await chromium.launch({
  executablePath: process.env.CHROME ?? '/usr/bin/chromium',
  args: ARGUMENTS,
});
try {
  for (const [lesson, { preset, ...config }, steps] of RUNS) {
    const name = `${lesson} ${JSON.stringify({ ...(preset ? { preset } : {}), ...config })} ${steps} steps`;
    if (!name.includes(options.only)) continue;
    recorded[name] = await train(lesson, preset, config, steps);
    const points = JSON.parse(recorded[name].history).length;
    const difference = before && differenceOf(before[name], recorded[name]);
    if (difference) differing += 1;
    const verdict = before ? (difference ?? 'equal') : 'recorded';
    console.log(`${verdict.padEnd(10)} ${String(points).padStart(5)} points  ${name}`);
  }
} finally {
  await browser.close();
}
if (options.write) writeFileSync(options.write, JSON.stringify(recorded, null, 1));
else console.log(`${Object.keys(recorded).length - differing} runs equal, ${differing} differ`);
process.exit(differing > 0 ? 1 : 0);

/** The run's points and its figures on each split, as the texts of their JSON: equal texts are equal bits. */
async function train(lesson, preset, config, steps) {
  const page = await browser.newPage();
  try {
    const address = new URL(`${lesson}/frame.html?backend=cpu&load=eager`, options.url);
    address.searchParams.set('config', JSON.stringify(config));
    if (preset) address.searchParams.set('preset', preset);
    await page.goto(address.href);
    await page.waitForFunction(() => customElements.get('ember-lab'), undefined, { timeout: 120_000 });
    return await page.evaluate(
      async ({ steps, names }) => {
        const lab = document.querySelector('ember-lab');
        await lab.ready;
        const unknown = names.filter((name) => !lab.controls.some((control) => control.name === name));
        if (unknown.length > 0) throw new Error(`there is no setting ${unknown.join(', ')}`);
        await lab.step(steps);
        const figures = {};
        for (const split of ['train', 'dev', 'valid', 'test']) {
          figures[split] = await lab.evaluate(split).catch(({ code }) => code);
        }
        const { config } = await lab.exportRun();
        return {
          history: JSON.stringify(await lab.history()),
          figures: JSON.stringify(figures),
          settings: JSON.stringify(config),
        };
      },
      { steps, names: Object.keys(config) },
    );
  } finally {
    await page.close();
  }
}

/** In a few words, what differs first; null where nothing does. */
function differenceOf(one, other) {
  if (!one) return 'not there before';
  for (const part of ['settings', 'history']) {
    if (one[part] === other[part]) continue;
    let at = 0;
    while (one[part][at] === other[part][at]) at += 1;
    const around = (text) => text.slice(Math.max(0, at - 30), at + 30);
    return `${part} differs: …${around(one[part])}… | …${around(other[part])}…`;
  }
  // A split that only one of the two builds knows is no difference of training.
  const [before, after] = [one, other].map(({ figures }) => JSON.parse(figures));
  const names = Object.keys(before).filter((split) =>
    [before, after].every((f) => typeof f[split] === 'object'),
  );
  const split = names.find((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  return split ? `figures of ${split} differ` : null;
}
