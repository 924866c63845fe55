/** The labs and experiments of a page share what is compiled. */

import { compilations, fetchesModules, openCounted } from '../support/compilations.mjs';
import { equal } from '../support/expect.mjs';
import { ALL_PARTS, EVERYWHERE } from '../support/lessons.mjs';

/** All parts but these. */
const only = (...parts) =>
  `hide="${ALL_PARTS.split(',')
    .filter((part) => !parts.includes(part))
    .join(',')}"`;

export const tests = [
  {
    name: 'six labs of three lessons and an experiment cost one compilation for each module',
    browsers: EVERYWHERE,
    async run({ open, words, siteUrl, atEnd }) {
      const config = `config='{"epochs":2}'`;
      const { front, address } = await openCounted(siteUrl, [
        `id="lab-1" lesson="iris" backend="cpu" ${config} ${only('experiments', 'charts', 'run')}`,
        `id="lab-2" lesson="iris" backend="cpu" ${only('charts')}`,
        `id="lab-3" lesson="vision" backend="cpu" ${only()}`,
        `id="lab-4" lesson="vision" backend="cpu" ${only()}`,
        `id="lab-5" lesson="boosting" ${only('charts')}`,
        `id="lab-6" lesson="boosting" ${only()}`,
      ]);
      atEnd(front.close);
      const page = await open(address);
      // The filter bench has nothing to train.
      for (let lab = 1; lab <= 6; lab += 1) await page.waitForStatusOf(`#lab-${lab}`, 'ready', 'done');
      await page.callOn('#lab-1', 'start');
      await page.settled();
      await page.click('button', words('en', 'ui.experiments.run'), 'ember-experiments');
      await page.waitForText(words('en', 'ui.experiments.announce_finished'), 'ember-experiments');
      // An experiment has a worker for each core but one, three at most; browsers tell of more cores than there are.
      const cores = await page.evaluate(() => navigator.hardwareConcurrency);
      const instances = 6 + Math.min(3, Math.max(1, cores - 1));
      const calls = await compilations(page, instances);
      const compiled = calls.filter(({ compiles }) => compiles);
      equal(
        compiled.map(({ where }) => where),
        ['page', 'page', 'page'],
        'where a module was compiled',
      );
      equal(calls.length - compiled.length, instances, 'modules instantiated in six labs and an experiment');
      await fetchesModules(front, ['cpu', 'plot', 'trees'], 'modules that were fetched');
    },
  },
  {
    name: 'where a page may not compile, each worker does so for itself',
    // WebKitGTK 2.50 lets a page with this policy compile all the same.
    browsers: ['chromium', 'firefox'],
    async run({ open, siteUrl, atEnd }) {
      const lab = `lesson="iris" backend="cpu" ${only()}`;
      const { front, address } = await openCounted(
        siteUrl,
        [`id="lab-1" ${lab}`, `id="lab-2" ${lab}`],
        "'self'",
      );
      atEnd(front.close);
      const page = await open(address);
      // The page has asked whether it may.
      page.allow(/policy|unsafe-eval|WebAssembly|wasm/i);
      for (const selector of ['#lab-1', '#lab-2']) await page.waitForStatusOf(selector, 'ready');
      const calls = await compilations(page, 2);
      const compiled = calls.filter(({ compiles }) => compiles);
      equal(
        compiled.map(({ where }) => where),
        ['worker', 'worker'],
        'where a module was compiled',
      );
      await fetchesModules(front, ['cpu', 'cpu'], 'modules that were fetched');
    },
  },
];
