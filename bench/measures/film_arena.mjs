/** The lesson's arena of all methods on its page, from the click to the last run. */

import { withPage } from '../lib/browser.mjs';
import { beginExperiment } from './experiments.mjs';

const ADDRESS = 'movies/?lang=en&model=bias';
const LAB = 'ember-lab';

/**
 * Seconds of the arena with some numbers of seeds, on a fresh page each.
 *
 * @param {import('../lib/browser.mjs').Arena} arena
 * @param {number[]} seedCounts
 */
export async function filmArena({ browser, site }, seedCounts) {
  const results = [];
  for (const seeds of seedCounts) {
    const run = await withPage(browser, new URL(ADDRESS, site).href, async (page) => {
      page.setDefaultTimeout(0);
      await page.evaluate(async (selector) => {
        await customElements.whenDefined('ember-lab');
        await document.querySelector(selector).ready;
      }, LAB);
      await beginExperiment(page, 'arena', seeds);
      return page.evaluate(untilItIsOver);
    });
    results.push({ seeds, ...run });
  }
  return results;
}

/** Seconds until the bar is gone, and how many methods have results then. In the page. */
function untilItIsOver() {
  return new Promise((resolve) => {
    const look = () => {
      const root = globalThis.experimentPart.shadowRoot;
      if (root.querySelector('progress') === null)
        resolve({
          seconds: (performance.now() - globalThis.experimentBegan) / 1000,
          methods: root.querySelector('tbody').rows.length,
        });
      else setTimeout(look, 100);
    };
    // The bar is drawn with the first frame after the click.
    setTimeout(look, 1000);
  });
}
