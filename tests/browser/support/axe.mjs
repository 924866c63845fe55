/** axe, the checker of accessibility. */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { equal } from './expect.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A wide window and a phone. */
export const WIDTHS = [1280, 360];

/** Both languages, light and dark: `{look, language, dark}`. */
export const APPEARANCES = ['light', 'dark'].flatMap((look) =>
  ['zh', 'en'].map((language) => ({ look, language, dark: look === 'dark' })),
);

/** axe finds nothing on a page, at each width. */
export async function checkWithAxe(page, what, widths = WIDTHS) {
  for (const width of widths) {
    await page.driver.resize(width, 800);
    equal(await findings(page), [], `axe on ${what} at ${width} px`);
  }
}

/** Injected by evaluation: the page's policy keeps scripts of others out. */
async function findings(page) {
  await page.settled();
  await page.driver.evaluate(`globalThis.axe ?? (() => { ${AXE} })()`).catch(() => undefined);
  return page.evaluate(async () => {
    const { violations, passes } = await axe.run(document, { resultTypes: ['violations'] });
    // Rules that found something to look at; a page of the book gives work to many.
    if (passes.length < 10) return [{ rule: 'too little was checked', where: passes.map(({ id }) => id) }];
    return violations.map(({ id, nodes }) => ({
      rule: id,
      where: nodes.slice(0, 3).map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary}`),
    }));
  });
}
