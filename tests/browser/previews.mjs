/**
 * Makes the pictures that stand for the pages where somebody links to them: the cover and the first screen of each lesson
 * after its run, in both languages, 1200 × 630.
 *
 *     node tests/browser/previews.mjs --url http://127.0.0.1:8080/ [--only iris,cover]
 *
 * They are written to `www/previews/` and are committed. `CHROME` names the browser.
 */

import { mkdir, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { Browsers } from './drivers/launch.mjs';
import { LESSONS } from './support/lessons.mjs';

/** A run is trained for so long; what has been learned by then is shown. */
const LONGEST_RUN_MS = 20_000;
/** A figure is drawn by then. */
const LONGEST_WAIT_MS = 8_000;
/** The cover's own run lasts some seconds. */
const COVER_MS = 15_000;
const QUALITY = 72;
const FOLDER = new URL('../../www/previews/', import.meta.url);

const { values: options } = parseArgs({
  options: { url: { type: 'string' }, only: { type: 'string', default: ['cover', ...LESSONS].join(',') } },
});
if (!options.url) {
  console.error('tests/browser/previews.mjs needs --url with the address of the site');
  process.exit(2);
}
const site = new URL('./', options.url).href;
const browsers = new Browsers(site);
await mkdir(FOLDER, { recursive: true });
try {
  const browser = await browsers.get('chromium', 1);
  for (const name of options.only.split(',')) {
    for (const lang of ['en', 'zh']) {
      const { native } = await browser.open({ width: 1200, height: 630 });
      await native.goto(`${site}${name === 'cover' ? '' : `${name}/`}?lang=${lang}`, { waitUntil: 'load' });
      if (name === 'cover') await native.waitForTimeout(COVER_MS);
      else await train(native, lang);
      // Nobody can press anything in a picture.
      await native.evaluate(() => {
        document.querySelector('.site-header')?.remove();
        document.querySelector('.contents')?.remove();
      });
      const file = `${name}.${lang}.jpg`;
      const picture = await native.screenshot({ type: 'jpeg', quality: QUALITY });
      await writeFile(new URL(file, FOLDER), picture);
      console.log(`previews/${file}: ${picture.length} bytes`);
      await native.context().close();
    }
  }
} finally {
  await browsers.endAll();
}

/** Presses the first figure's Run button, where it has one, and waits until it has learned. */
async function train(native, lang) {
  await native.waitForFunction(() => ['ready', 'done'].includes(document.querySelector('ember-lab').status));
  const run = native.locator(`.only-${lang} ember-figure`).first().locator('button.run');
  await run.waitFor({ timeout: LONGEST_WAIT_MS }).catch(() => undefined);
  if ((await run.count()) === 0) return;
  await run.click();
  await native
    .waitForFunction(() => document.querySelector('ember-lab').status === 'done', null, {
      timeout: LONGEST_RUN_MS,
    })
    .catch(() => undefined);
  await native.waitForTimeout(2_000);
}
