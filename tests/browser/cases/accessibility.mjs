/** axe finds nothing: cover and lesson, in both languages, light and dark, wide and narrow, before and after a run. */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { equal } from '../support/expect.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Injected by evaluation: the page's policy keeps scripts of others out. */
async function findings(page) {
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

const looks = ['light', 'dark'].flatMap((look) => ['zh', 'en'].map((language) => ({ look, language })));

export const tests = looks.map(({ look, language }) => ({
  name: `axe finds nothing in ${language}, ${look}`,
  browsers: ['chromium'],
  async run({ open }) {
    const dark = look === 'dark';
    for (const path of ['', 'licences/']) {
      const other = await open(`${path}?lang=${language}`, { dark });
      for (const width of [1280, 360]) {
        await other.driver.resize(width, 800);
        equal(await findings(other), [], `axe on /${path} at ${width} px`);
      }
    }
    const page = await open(`iris/?lang=${language}&epochs=99999`, { dark });
    await page.waitForStatus('ready');
    for (const state of ['before', 'after']) {
      if (state === 'after') await page.call('start');
      for (const width of [1280, 360]) {
        await page.driver.resize(width, 800);
        equal(await findings(page), [], `axe on the lesson ${state} a run at ${width} px`);
      }
    }
  },
}));
