/** axe, the checker of accessibility. */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { equal, ok } from './expect.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A wide window and a phone. */
const WIDTHS = [1280, 360];

export const LANGUAGES = ['zh', 'en'];

/** The rules about colours: most of axe's time. No style sheet of the site gives other colours to another width. */
const ABOUT_COLORS = ['color-contrast', 'link-in-text-block'];

/** What axe is asked. */
const ALL = {};
const COLORS = { runOnly: { type: 'rule', values: ABOUT_COLORS } };
const ALL_BUT_COLORS = { rules: Object.fromEntries(ABOUT_COLORS.map((rule) => [rule, { enabled: false }])) };

/**
 * axe finds nothing on a page that was opened light. The English page: at the first of the `widths` by all rules, at the
 * others by those that are not about colours, and in the dark by those about colours. The Chinese page has the same elements
 * in the same colours, so of it the names are looked at, by all rules but those about colours, at the first width. `within`
 * names a part when the rest of the page has been looked at before.
 */
export async function checkWithAxe(page, what, { widths = WIDTHS, within = null } = {}) {
  const [first, ...others] = widths;
  if ((await page.language()) !== 'en') return checkAt(page, first, ALL_BUT_COLORS, what, within);
  await checkAt(page, first, ALL, what, within);
  for (const width of others) await checkAt(page, width, ALL_BUT_COLORS, what, within);

  // Chromium alone changes its look while a page is open.
  const { native } = page.driver;
  const light = await page.background();
  await native.emulateMedia({ colorScheme: 'dark' });
  await checkAt(page, first, COLORS, `${what} in the dark`, within);
  ok((await page.background()) !== light, 'the page is dark in the dark', light);
  await native.emulateMedia({ colorScheme: 'light' });
}

async function checkAt(page, width, rules, what, within) {
  await page.driver.resize(width, 800);
  equal(await findings(page, rules, within), [], `axe on ${what} at ${width} px`);
}

/** Injected by evaluation: the page's policy keeps scripts of others out. */
async function findings(page, options, within) {
  await page.settled();
  // Its value is not asked for: a driver would carry all that `axe` holds.
  if (!(await page.evaluate(() => Boolean(globalThis.axe))))
    await page.driver.evaluate(`void (() => { ${AXE} })()`);
  return page.evaluate(
    async (options, within) => {
      const place = within ? emberTest.first(within) : document;
      const { violations, passes } = await axe.run(place, { resultTypes: ['violations'], ...options });
      // Rules that found something to look at; a page of the book gives work to many.
      const least = options.runOnly ? 1 : 10;
      if (passes.length < least)
        return [{ rule: 'too little was checked', where: passes.map(({ id }) => id) }];
      return violations.map(({ id, nodes }) => ({
        rule: id,
        where: nodes
          .slice(0, 3)
          .map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary}`),
      }));
    },
    options,
    within,
  );
}
