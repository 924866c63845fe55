/** Runs one case: its pages, its limit, and what must hold of the pages of every case. */

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Unmet } from '../support/expect.mjs';
import { Page } from '../support/page.mjs';
import { words } from '../support/words.mjs';

/** A case that takes longer has come to a stop. */
const LONGEST_CASE_MS = 450_000;

/**
 * Runs a case with `start`, which gives the running browser of a lane; gives the reason where the case could not tell
 * anything. `shared` is what cases leave for later ones of the same run; pictures of pages that fail go to the folder
 * `screenshots` where that is named.
 */
export async function runOne(test, { browser, start, siteUrl, shared, screenshots }) {
  const context = contextOf({ browser, start, siteUrl, shared });
  let clock;
  const tooLong = new Promise((_, reject) => {
    const message = `stopped after ${LONGEST_CASE_MS / 1000} s`;
    clock = setTimeout(() => reject(new Unmet(message)), LONGEST_CASE_MS);
  });
  try {
    const reason = await Promise.race([test.run(context), tooLong]);
    const problems = [];
    for (const page of context.pages) problems.push(...(await page.problems()));
    if (problems.length > 0) throw new Unmet(`the page was not free of errors: ${problems.join(' | ')}`);
    return reason;
  } catch (thrown) {
    if (screenshots) await takePictures(context, test, screenshots);
    throw thrown;
  } finally {
    clearTimeout(clock);
    for (const page of context.pages) await page.driver.close().catch(() => undefined);
    for (const work of context.endings) await work();
  }
}

/** Keeps how the pages of a failed case look. */
async function takePictures({ browser, pages }, test, folder) {
  await mkdir(folder, { recursive: true });
  for (const [index, page] of pages.entries()) {
    const name = `${browser} ${test.name} ${index + 1}`.replace(/[^\w]+/g, '-');
    const picture = await page.driver.screenshot().catch(() => null);
    if (picture) await writeFile(join(folder, `${name}.png`), picture);
  }
}

/**
 * What a case has at hand: `open` a page of the site, with the driver's options (`width`, `height`, `dark`, `script`,
 * `before`); `words` of the language files; `shared` between the browsers; `atEnd` to clear up.
 */
function contextOf({ browser, start, siteUrl, shared }) {
  const context = {
    browser,
    siteUrl,
    shared,
    words,
    pages: [],
    endings: [],
    atEnd: (work) => context.endings.push(work),
    async open(path, driverOptions) {
      const page = new Page(await (await start()).open(driverOptions), siteUrl);
      context.pages.push(page);
      await page.goto(path);
      return page;
    },
  };
  return context;
}
