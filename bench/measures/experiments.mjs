/** What a reader waits for beside training: a long table of one's own, and experiments of many runs. */

import { withPage } from '../lib/browser.mjs';
import { overRounds } from '../lib/statistics.mjs';

const ADDRESS = 'iris/?lang=en';
const LAB = 'ember-lab';
const TABLE_ROWS = 100_000;
const SEEDS = 20;

/** @param {import('playwright-core').Page} page */
const ready = (page) =>
  page.evaluate(async (selector) => {
    await customElements.whenDefined('ember-lab');
    await document.querySelector(selector).ready;
  }, LAB);

/**
 * Milliseconds from handing over a table of 100,000 rows and six columns until the lab can start on it.
 *
 * @param {import('../lib/browser.mjs').Arena} arena
 * @param {number} rounds
 */
export function longTable(arena, rounds) {
  return overPages(arena, rounds, (page) =>
    page.evaluate(
      async ([selector, rows]) => {
        const lines = ['a,b,c,d,e,kind'];
        for (let row = 0; row < rows; row += 1) {
          const values = [1, 7, 31, 127, 8191].map((factor) => ((row * factor) % 1000) / 100);
          lines.push(`${values.join(',')},${'xyz'[row % 3]}`);
        }
        const file = new File([lines.join('\n')], 'long.csv');
        const begin = performance.now();
        await document.querySelector(selector).load([file]);
        return performance.now() - begin;
      },
      [LAB, TABLE_ROWS],
    ),
  );
}

/**
 * Milliseconds from the click until a cell of the experiment's table counts so many runs of its first variant.
 *
 * @param {import('../lib/browser.mjs').Arena} arena
 * @param {number} rounds
 * @param {string} experiment
 * @param {number} runs
 */
function untilRuns(arena, rounds, experiment, runs) {
  return overPages(arena, rounds, async (page) => {
    await beginExperiment(page, experiment);
    return page.evaluate(
      (runs) =>
        new Promise((resolve) => {
          const look = () => {
            const row = globalThis.experimentPart.shadowRoot.querySelector('tbody')?.rows[0];
            if (Number(row?.cells[1]?.textContent) >= runs)
              resolve(performance.now() - globalThis.experimentBegan);
            else requestAnimationFrame(look);
          };
          look();
        }),
      runs,
    );
  });
}

/** The network with twenty seeds, from the click to the last run. */
export const twentySeeds = (arena, rounds) => untilRuns(arena, rounds, 'seeds', SEEDS);

/** The search for an architecture, from the click to its first run. */
export const firstOfSearch = (arena, rounds) => untilRuns(arena, rounds, 'architecture', 1);

/**
 * Chooses an experiment, and a number of seeds where that is the reader's to choose, and clicks its button.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} experiment
 * @param {number} [seeds]
 */
export async function beginExperiment(page, experiment, seeds) {
  const selects = page.locator(`${LAB} ember-experiments select`);
  await selects.first().selectOption(experiment);
  if (seeds !== undefined) await selects.last().selectOption(String(seeds));
  await page.evaluate((selector) => {
    const part = document.querySelector(selector).shadowRoot.querySelector('ember-lab-view').shadowRoot;
    globalThis.experimentPart = part.querySelector('ember-experiments');
    globalThis.experimentBegan = performance.now();
    globalThis.experimentPart.shadowRoot.querySelector('button.primary').click();
  }, LAB);
}

async function overPages({ browser, site }, rounds, measure) {
  const times = [];
  for (let round = 0; round < rounds; round += 1) {
    times.push(
      await withPage(browser, new URL(ADDRESS, site).href, async (page) => {
        await ready(page);
        return measure(page);
      }),
    );
  }
  return overRounds(times);
}
