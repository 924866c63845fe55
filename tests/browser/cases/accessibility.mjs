/** axe finds nothing: cover and lesson, in both languages, light and dark, wide and narrow, before and after a run. */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { equal } from '../support/expect.mjs';
import { words } from '../support/words.mjs';

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
    // One look of each task: the parts are the same in the other.
    const filters = await open(`vision/?lang=${language}`, { dark });
    await filters.waitForStatus('done');
    const task = look === 'dark' ? 'happy_or_sad&image_size=64' : 'mnist&train_size=200';
    const pictures = await open(`vision/?lang=${language}&task=${task}&filters=4&epochs=1`, { dark });
    await pictures.waitForStatus('ready');
    await pictures.call('start');
    for (const [other, what] of [
      [filters, 'filters'],
      [pictures, task],
    ]) {
      for (const width of [1280, 360]) {
        await other.driver.resize(width, 800);
        equal(await findings(other), [], `axe on the task ${what} at ${width} px`);
      }
    }
    const trees = await open(`boosting/?lang=${language}&num_iterations=5`, { dark });
    await trees.waitForStatus('ready');
    await trees.call('start');
    for (const view of ['campaign', 'growth', 'answers', 'contributions', 'rules', 'job', 'batch']) {
      await trees.click('tab', words(language, `ui.inside.${view}`));
      equal(await findings(trees), [], `axe on the look inside ${view}`);
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
