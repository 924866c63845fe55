/** The quick presets of the lessons on their own page: how long each takes, and what it reaches on rows it has not seen. */

import { withPage } from '../lib/browser.mjs';
import { overRounds } from '../lib/statistics.mjs';

/** Each lesson's preset `quick`; one of the pictures takes at most 15 s. */
const QUICK = [
  'iris/?lang=en&preset=quick',
  'vision/?lang=en&task=mnist&preset=quick',
  'vision/?lang=en&task=horse_or_human&preset=quick',
  'vision/?lang=en&task=happy_or_sad&preset=quick',
  'boosting/?lang=en&preset=quick',
];

/**
 * @param {import('../lib/browser.mjs').Arena} arena
 * @param {number[]} seeds
 */
export async function quickPresets({ browser, site }, seeds) {
  const results = {};
  for (const address of QUICK) {
    const runs = [];
    for (const seed of seeds) runs.push(await runOf(browser, new URL(`${address}&seed=${seed}`, site).href));
    results[address] = {
      seconds: overRounds(runs.map(({ seconds }) => seconds)),
      steps: runs[0].steps,
      ...figuresOf(runs),
    };
  }
  return results;
}

/** @returns {Promise<{ seconds: number, steps: number, figures: Record<string, number> }>} */
function runOf(browser, address) {
  return withPage(browser, address, (page) =>
    page.evaluate(async () => {
      await customElements.whenDefined('ember-lab');
      const lab = document.querySelector('ember-lab');
      await lab.ready;
      const begin = performance.now();
      await lab.start();
      const seconds = (performance.now() - begin) / 1000;
      const { steps } = await lab.exportRun();
      return { seconds, steps, figures: await lab.evaluate('test') };
    }),
  );
}

/** Mean and spread over the seeds of the figures that are shares. */
function figuresOf(runs) {
  const names = ['accuracy', 'auc'].filter((name) => typeof runs[0].figures[name] === 'number');
  return Object.fromEntries(
    names.map((name) => [name, overRounds(runs.map(({ figures }) => figures[name]))]),
  );
}
