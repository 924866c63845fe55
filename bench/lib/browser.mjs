/** One Chromium for the whole bench; each measurement in a context of its own, so nothing is cached. */

import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

const QUIET = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];
const WEBGPU = ['--enable-unsafe-webgpu', '--enable-features=Vulkan'];
const SOFTWARE_ADAPTER = '--use-webgpu-adapter=swiftshader';

/**
 * @param {{ gpu: boolean }} options `gpu`: the machine's graphics card in place of SwiftShader
 */
export async function launch({ gpu }) {
  return chromium.launch({
    executablePath: chromiumPath(),
    args: ['--headless=new', ...QUIET, ...WEBGPU, ...(gpu ? [] : [SOFTWARE_ADAPTER])],
    // Playwright's own headless flag would choose another, older headless mode.
    ignoreDefaultArgs: ['--headless', '--hide-scrollbars', '--mute-audio'],
  });
}

/** The program named by CHROME, or the first one found on the path. */
function chromiumPath() {
  if (process.env.CHROME) return process.env.CHROME;
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = ['chromium', 'google-chrome', 'chromium-browser'].flatMap((name) =>
    folders.map((folder) => join(folder, name)),
  );
  const found = candidates.find((path) => existsSync(path));
  if (!found) throw new Error('no Chromium found: install it, or name its program in CHROME');
  return found;
}

/**
 * A fresh page, closed when `use` is done. An uncaught error on it fails the measurement.
 *
 * @template Result
 * @param {import('playwright-core').Browser} browser
 * @param {string} url
 * @param {(page: import('playwright-core').Page) => Promise<Result>} use
 * @param {() => void} [first] runs in the page before its own scripts
 * @returns {Promise<Result>}
 */
export async function withPage(browser, url, use, first) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    if (first) await page.addInitScript(first);
    const failed = new Promise((_, reject) => page.once('pageerror', reject));
    failed.catch(() => undefined);
    await page.goto(url);
    return await Promise.race([use(page), failed]);
  } finally {
    await context.close();
  }
}

/**
 * A contestant as `run.mjs` sees it: `call(name, args)` of contestants/serve.mjs.
 *
 * @typedef {<Answer>(name: string, args?: object) => Promise<Answer>} Call
 */

/** Everything a measurement needs. */
export class Arena {
  /**
   * @param {import('playwright-core').Browser} browser
   * @param {string} benchUrl
   * @param {string} site
   * @param {import('./task.mjs').Examples} examples
   */
  constructor(browser, benchUrl, site, examples) {
    this.browser = browser;
    this.benchUrl = benchUrl;
    this.site = site;
    this.options = { examples, site };
  }

  /** @param {import('./contestants.mjs').Entry} entry */
  workerUrl({ id, search = '' }) {
    return new URL(`${id}/${id}.js${search}`, this.benchUrl).href;
  }

  /** @template Result @param {(page: import('playwright-core').Page) => Promise<Result>} use */
  withBlankContestant(use) {
    return withPage(this.browser, new URL('contestant.html', this.benchUrl).href, use);
  }

  /**
   * A contestant that is loaded and has a run before it.
   *
   * @template Result
   * @param {import('./contestants.mjs').Entry} entry
   * @param {(call: Call, page: import('playwright-core').Page) => Promise<Result>} use
   */
  withContestant(entry, use) {
    return this.withBlankContestant(async (page) => {
      const call = (name, args) =>
        page.evaluate(([name, args]) => globalThis.contestant.call(name, args), [name, args]);
      try {
        await page.evaluate((url) => globalThis.contestant.start(url), this.workerUrl(entry));
        await call('open', this.options);
        return await use(call, page);
      } catch (error) {
        throw new Error(`${entry.name}: ${error.message}`, { cause: error });
      }
    });
  }
}
