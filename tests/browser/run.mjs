/**
 * End-to-end tests of the site in Chromium, Firefox and WebKit. `cargo xtask test` starts this with the address of
 * the site it serves; by hand:
 *
 *     cargo xtask serve &
 *     node tests/browser/run.mjs --url http://127.0.0.1:8080/ [--only words] [--browser firefox]
 *
 * | option | meaning |
 * |---|---|
 * | `--url` | where the site is served |
 * | `--only` | only tests whose name holds these words; given several times, those of any |
 * | `--browser`, `--browsers` | `chromium`, `firefox`, `webkit`, comma-separated; all by default |
 * | `--without` | browsers to leave out, such as `chromium-webgpu` where the GPU module is not built |
 * | `--screenshots` | a folder for pictures of the pages of tests that fail |
 * | `--allow-missing-browsers` | a browser that is not on this machine is skipped and does not fail |
 * | `--repeat` | so many whole runs, one after the other; each ends with its counts |
 * | `--stress` | keeps one core busy meanwhile, as on a machine that does something else beside |
 *
 * `CHROME`, `FIREFOX` and `WEBKIT_DRIVER` name the programs. Each test is one line; the last line is
 * `N passed, N failed`, with `, N skipped` where some were.
 *
 * Cases are found by listing (support/lessons.mjs): those of a lesson lie in `tests/<id>/browser/`, those of all in
 * `cases/`. They act through the page objects, which wait (support/rules.mjs). Nothing depends on the order of files.
 *
 * A test is `{name, browsers, run}`, or `{name, once, run}` where it belongs to no browser: it runs `'first'`, before
 * the browsers, or `'last'`, when all are done. `run` gets a context (see `contextOf`) and may give the reason why it could
 * not tell anything, which counts as skipped. Whatever a test does, its pages must
 * stay free of errors on the console, of failed requests and of violations of the policy.
 */

import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Browsers } from './drivers/launch.mjs';
import { Unmet } from './support/expect.mjs';
import { caseFiles } from './support/lessons.mjs';
import { Page } from './support/page.mjs';
import { words } from './support/words.mjs';

/** Browsers that follow one another; the lanes go on side by side, so that two cores have work. */
const LANES = [
  ['chromium', 'chromium-webgpu'],
  ['firefox', 'webkit'],
];

/** A test that takes longer has come to a stop. */
const LONGEST_TEST_MS = 450_000;

const { values: options } = parseArgs({
  options: {
    url: { type: 'string' },
    only: { type: 'string', multiple: true, default: [] },
    browser: { type: 'string', multiple: true, default: [] },
    browsers: { type: 'string', multiple: true, default: [] },
    without: { type: 'string', multiple: true, default: [] },
    screenshots: { type: 'string' },
    'allow-missing-browsers': { type: 'boolean', default: false },
    repeat: { type: 'string', default: '1' },
    stress: { type: 'boolean', default: false },
  },
});
if (!options.url) {
  console.error('tests/browser/run.mjs needs --url with the address of the site');
  process.exit(2);
}
const repeats = Number(options.repeat);
if (!Number.isInteger(repeats) || repeats < 1) {
  console.error('--repeat takes a whole number from 1');
  process.exit(2);
}
const siteUrl = new URL('./', options.url).href;
const browsers = new Browsers(siteUrl);
let counts = noCounts();
/** What tests leave for later ones of the same run: the histories that all browsers must share. */
let shared = new Map();

const busy = options.stress ? stress() : null;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    busy?.kill();
    void browsers.endAll().finally(() => process.exit(1));
  });
}
const total = noCounts();
try {
  const tests = await loadTests();
  const chosen = chosenBrowsers();
  for (let run = 1; run <= repeats; run += 1) {
    const began = Date.now();
    counts = noCounts();
    shared = new Map();
    await runAll(tests, chosen);
    for (const name of Object.keys(total)) total[name] += counts[name];
    const minutes = ((Date.now() - began) / 60_000).toFixed(1);
    if (repeats > 1) console.log(`run ${run} of ${repeats}: ${inWords(counts)} (${minutes} min)`);
  }
} finally {
  busy?.kill();
  await browsers.endAll();
}
console.log(inWords(total));
process.exit(total.failed > 0 ? 1 : 0);

function noCounts() {
  return { passed: 0, failed: 0, skipped: 0 };
}

function inWords({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** A process that keeps a core busy; it ends with this one, however this one ends. */
function stress() {
  const parent = process.pid;
  const spin = `for (;;) {
    const end = Date.now() + 1000;
    while (Date.now() < end);
    try { process.kill(${parent}, 0); } catch { process.exit(); }
  }`;
  return spawn(process.execPath, ['-e', spin], { stdio: 'ignore' });
}

/** One whole run: what belongs to no browser first and last, and the browsers in their lanes between. */
async function runAll(tests, chosen) {
  await report(
    '',
    tests.filter(({ once }) => once === 'first'),
  );
  await Promise.all(
    LANES.map(async (lane) => {
      for (const name of lane) if (chosen.includes(name)) await runIn(name, tests);
    }),
  );
  await report(
    '',
    tests.filter(({ once }) => once === 'last'),
  );
}

async function loadTests() {
  const modules = await Promise.all(caseFiles().map(({ url }) => import(url.href)));
  const all = modules.flatMap(({ tests }) => tests);
  for (const { name, browsers, once } of all) {
    if (Boolean(browsers?.length) === ['first', 'last'].includes(once))
      throw new Error(`the test "${name}" has to name its browsers, or say that it runs once`);
  }
  const twice = all.map(({ name }) => name).filter((name, index, names) => names.indexOf(name) !== index);
  if (twice.length > 0) throw new Error(`two tests have the same name: ${twice.join(', ')}`);
  const chosen = all.filter(
    ({ name }) => options.only.length === 0 || options.only.some((part) => name.includes(part)),
  );
  if (chosen.length === 0) {
    console.error(`no test is named so; there are:\n${all.map(({ name }) => `  ${name}`).join('\n')}`);
    process.exit(2);
  }
  return chosen;
}

function chosenBrowsers() {
  const known = LANES.flat();
  const listed = (lists) => lists.flatMap((list) => list.split(',')).filter(Boolean);
  const named = listed([...options.browser, ...options.browsers]);
  const without = listed(options.without);
  for (const name of [...named, ...without]) {
    if (known.includes(name)) continue;
    console.error(`there is no browser "${name}"; known: ${known.join(', ')}`);
    process.exit(2);
  }
  // WebGPU is part of Chromium.
  const wanted = (name) => named.includes(name) || named.includes(name.replace('-webgpu', ''));
  return known.filter((name) => (named.length === 0 || wanted(name)) && !without.includes(name));
}

async function runIn(browser, tests) {
  const here = tests.filter(({ browsers }) => browsers?.includes(browser));
  if (here.length === 0) return;
  const missing = Browsers.missing(browser);
  if (missing) {
    const allowed = options['allow-missing-browsers'];
    counts[allowed ? 'skipped' : 'failed'] += here.length;
    console.log(
      `${browser}: ${here.length} tests ${allowed ? 'skipped' : 'FAILED'}: ${missing} was not found`,
    );
    return;
  }
  await report(browser, here);
  await browsers.end(browser);
}

async function report(browser, tests) {
  for (const test of tests) {
    const line = browser ? `${browser}: ${test.name}` : test.name;
    const began = Date.now();
    try {
      const reason = await runOne(browser, test);
      counts[reason ? 'skipped' : 'passed'] += 1;
      const seconds = `${((Date.now() - began) / 1000).toFixed(1)} s`;
      console.log(reason ? `skipped ${line}: ${reason}` : `ok      ${line} (${seconds})`);
    } catch (thrown) {
      counts.failed += 1;
      const reason = thrown instanceof Unmet ? thrown.message : (thrown?.stack ?? String(thrown));
      console.log(`FAILED  ${line}: ${reason.replaceAll('\n', '\n        ')}`);
    }
  }
}

/** Runs a test; gives the reason where the test could not tell anything. */
async function runOne(browser, test) {
  const context = contextOf(browser);
  let clock;
  const tooLong = new Promise((_, reject) => {
    const message = `stopped after ${LONGEST_TEST_MS / 1000} s`;
    clock = setTimeout(() => reject(new Unmet(message)), LONGEST_TEST_MS);
  });
  try {
    const reason = await Promise.race([test.run(context), tooLong]);
    const problems = [];
    for (const page of context.pages) problems.push(...(await page.problems()));
    if (problems.length > 0) throw new Unmet(`the page was not free of errors: ${problems.join(' | ')}`);
    return reason;
  } catch (thrown) {
    await takePictures(context, test);
    throw thrown;
  } finally {
    clearTimeout(clock);
    for (const page of context.pages) await page.driver.close().catch(() => undefined);
    for (const work of context.endings) await work();
  }
}

/** Keeps how the pages of a failed test look, where that is asked for. */
async function takePictures({ browser, pages }, test) {
  if (!options.screenshots) return;
  await mkdir(options.screenshots, { recursive: true });
  for (const [index, page] of pages.entries()) {
    const name = `${browser} ${test.name} ${index + 1}`.replace(/[^\w]+/g, '-');
    const picture = await page.driver.screenshot().catch(() => null);
    if (picture) await writeFile(join(options.screenshots, `${name}.png`), picture);
  }
}

/**
 * What a test has at hand: `open` a page of the site, with the driver's options (`width`, `height`, `dark`,
 * `script`, `before`); `words` of the language files; `shared` between the browsers; `atEnd` to clear up.
 */
function contextOf(browser) {
  const context = {
    browser,
    siteUrl,
    shared,
    words,
    pages: [],
    endings: [],
    atEnd: (work) => context.endings.push(work),
    async open(path, driverOptions) {
      const page = new Page(await (await browsers.get(browser)).open(driverOptions), siteUrl);
      context.pages.push(page);
      await page.goto(path);
      return page;
    },
  };
  return context;
}
