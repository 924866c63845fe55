/** Chromium by Playwright; with WebGPU on a software adapter where that is asked for. */

import { chromium } from 'playwright-core';
import { keepProblems } from '../support/in_page.mjs';
import { watchWork } from '../support/watch_work.mjs';

/**
 * What of Chromium is left out. Each window would hold two hidden pages for what is typed into its address bar, a
 * quarter of the processor's time in a run of the tests. The list takes the place of Playwright's own, of which the
 * last four are those that bear on pages here.
 */
const LEFT_OUT = [
  ...['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup'],
  ...['PaintHolding', 'ThirdPartyStoragePartitioning', 'HttpsUpgrades', 'OptimizationHints'],
];

const ARGUMENTS = [
  `--disable-features=${LEFT_OUT.join(',')}`,
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];
const WEBGPU_ARGUMENTS = [
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
];

export async function launchChromium({ executable, webgpu = false }) {
  const browser = await chromium.launch({
    executablePath: executable,
    headless: true,
    args: webgpu ? [...ARGUMENTS, ...WEBGPU_ARGUMENTS] : ARGUMENTS,
  });
  return {
    open: (options) => openPage(browser, options),
    close: () => browser.close(),
  };
}

async function openPage(
  browser,
  { width = 1280, height = 900, dark = false, script = true, before = [] } = {},
) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    javaScriptEnabled: script,
    locale: 'en-US',
  });
  const page = await context.newPage();
  for (const source of [`(${keepProblems})(false)`, `(${watchWork})()`, ...before])
    await page.addInitScript(source);
  const problems = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()} (${message.location().url})`);
    // The last name of the key is then read in their place (www/kit/words.ts).
    if (message.type() === 'warning' && message.text().startsWith('no words for'))
      problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(`error: ${error.message}`));
  page.on('requestfailed', (request) => {
    // A page that is left, or a lab that is taken out, breaks off what it was fetching.
    const reason = request.failure()?.errorText ?? '';
    if (!reason.includes('ERR_ABORTED')) problems.push(`request: ${request.url()} ${reason}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) problems.push(`request: ${response.url()} ${response.status()}`);
  });
  const collect = async () => {
    problems.push(...(await page.evaluate('globalThis.emberProblems?.splice(0) ?? []').catch(() => [])));
    return problems;
  };
  return {
    native: page,
    goto: async (url) => {
      await collect();
      await page.goto(url, { waitUntil: 'load' });
    },
    evaluate: (expression) => page.evaluate(expression),
    press: (key) => page.keyboard.press(key),
    type: (text) => page.keyboard.type(text),
    clickAt: (x, y) => page.mouse.click(x, y),
    resize: (newWidth, newHeight) => page.setViewportSize({ width: newWidth, height: newHeight }),
    screenshot: () => page.screenshot(),
    problems: collect,
    close: () => context.close(),
  };
}
