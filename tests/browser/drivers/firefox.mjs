/** Firefox by Puppeteer over WebDriver BiDi. */

import puppeteer from 'puppeteer-core';
import { keepProblems } from '../support/in_page.mjs';
import { watchWork } from '../support/watch_work.mjs';

export async function launchFirefox({ executable }) {
  const start = ({ dark, hiding }) =>
    puppeteer.launch({
      browser: 'firefox',
      executablePath: executable,
      headless: true,
      protocolTimeout: 450_000,
      extraPrefsFirefox: {
        'ui.systemUsesDarkTheme': dark ? 1 : 0,
        'intl.accept_languages': 'en-US',
        'browser.cache.disk.enable': false,
        'privacy.resistFingerprinting': hiding,
      },
    });
  // Colour scheme and hiding (other pixels than were drawn, as in Tor Browser) belong to the whole browser: further ones
  // are started when they are first wanted.
  const browsers = new Map();
  const browserOf = ({ dark = false, hiding = false }) => {
    const name = `${dark} ${hiding}`;
    if (!browsers.has(name)) browsers.set(name, start({ dark, hiding }));
    return browsers.get(name);
  };
  await browserOf({});
  return {
    open: async (options = {}) => openPage(await browserOf(options), options),
    close: async () => {
      for (const browser of browsers.values()) await (await browser).close();
    },
  };
}

/**
 * What Firefox reports of a formula that it lays out while the rest of it is still on its way: an error of the moment,
 * so the finished document is looked at instead.
 */
const HALF_A_FORMULA = 'Invalid markup: Incorrect number of children for <m';

/** Elements of formulas that do not have as many children as MathML asks for. */
function wrongFormulas() {
  const children = { mfrac: 2, mroot: 2, msub: 2, msup: 2, msubsup: 3, munder: 2, mover: 2, munderover: 3 };
  return Object.entries(children).flatMap(([name, count]) =>
    [...document.querySelectorAll(`math ${name}`)]
      .filter((element) => element.children.length !== count)
      .map((element) => `formula: ${element.outerHTML}`),
  );
}

async function openPage(browser, { width = 1280, height = 900, before = [] }) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.setViewport({ width, height });
  for (const source of [`(${keepProblems})(false)`, `(${watchWork})()`, ...before]) {
    await page.evaluateOnNewDocument(new Function(source));
  }
  const problems = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()} (${message.location()?.url})`);
  });
  page.on('pageerror', ({ message }) => {
    if (!message.includes(HALF_A_FORMULA)) problems.push(`error: ${message}`);
  });
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? '';
    if (!/ABORT/.test(reason)) problems.push(`request: ${request.url()} ${reason}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) problems.push(`request: ${response.url()} ${response.status()}`);
  });
  const collect = async () => {
    problems.push(...(await page.evaluate('globalThis.emberProblems?.splice(0) ?? []').catch(() => [])));
    problems.push(...(await page.evaluate(wrongFormulas).catch(() => [])));
    return problems;
  };
  return {
    native: page,
    goto: async (url) => {
      await collect();
      await page.goto(url, { waitUntil: 'load', timeout: 120_000 });
    },
    evaluate: (expression) => page.evaluate(expression),
    press: async (key) => {
      const names = key.split('+').map((name) => (name === 'Space' ? ' ' : name));
      const last = names.pop();
      for (const name of names) await page.keyboard.down(name);
      await page.keyboard.press(last);
      for (const name of names) await page.keyboard.up(name);
    },
    type: (text) => page.keyboard.type(text),
    clickAt: (x, y) => page.mouse.click(x, y),
    resize: (newWidth, newHeight) => page.setViewport({ width: newWidth, height: newHeight }),
    screenshot: () => page.screenshot(),
    problems: collect,
    close: () => context.close(),
  };
}
