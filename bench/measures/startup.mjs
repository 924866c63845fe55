/** How long a reader waits for the lab, with nothing cached. */

import { orderOf } from '../lib/contestants.mjs';
import { withPage } from '../lib/browser.mjs';
import { overRounds } from '../lib/statistics.mjs';

/**
 * From the click on the poster of a lab embedded in a page of another origin; and from the navigation to the
 * lesson's own page, where the lab loads by itself.
 *
 * @param {import('../lib/browser.mjs').Arena} arena
 * @param {number} rounds
 */
export async function startup(arena, rounds) {
  const clicks = [];
  const visits = [];
  for (let round = 0; round < rounds; round += 1) {
    clicks.push(await clickToFirstStep(arena));
    visits.push(await navigationToReady(arena));
  }
  return {
    device: clicks[0].device.kind,
    clickToReady: overRounds(clicks.map(({ ready }) => ready)),
    clickToFirstStep: overRounds(clicks.map(({ firstStep }) => firstStep)),
    navigationToReady: overRounds(visits),
  };
}

function clickToFirstStep({ browser, benchUrl }) {
  return withPage(browser, new URL('embed.html', benchUrl).href, async (page) => {
    await page.locator('ember-lab button').click();
    return page.evaluate(() => globalThis.startup);
  });
}

/** Milliseconds on the page's own clock, which starts at the navigation. */
function navigationToReady({ browser, site }) {
  const measure = (page) =>
    page.evaluate(async () => {
      await customElements.whenDefined('ember-lab');
      await document.querySelector('ember-lab').ready;
      return performance.getEntriesByName('lab-ready')[0].startTime;
    });
  return withPage(browser, new URL('iris/?lang=en', site).href, measure, markReady);
}

/** Runs in the page before its own scripts: the lab may be ready before the bench can ask. */
function markReady() {
  addEventListener('ember-ready', () => performance.mark('lab-ready'), { capture: true, once: true });
}

/**
 * From the start of a contestant's worker to the end of its first step: library, first compilation and all.
 *
 * @param {import('../lib/browser.mjs').Arena} arena
 * @param {readonly import('../lib/contestants.mjs').Entry[]} entries
 * @param {number} rounds
 */
export async function firstSteps(arena, entries, rounds) {
  const times = new Map(entries.map(({ id }) => [id, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const entry of orderOf(entries, round)) {
      const args = [arena.workerUrl(entry), arena.options];
      const time = await arena.withBlankContestant((page) =>
        page.evaluate(([url, options]) => globalThis.contestant.firstStep(url, options), args),
      );
      times.get(entry.id).push(time);
    }
  }
  return entries.map(({ id, name }) => ({ name, ...overRounds(times.get(id)) }));
}
