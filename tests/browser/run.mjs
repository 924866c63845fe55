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
 * | `--lanes` | so many lanes run cases side by side: by default one more than the machine has cores, six at most |
 * | `--repeat` | so many whole runs, one after the other; each ends with its counts |
 * | `--stress` | keeps one core busy meanwhile, as on a machine that does something else beside |
 *
 * `CHROME`, `HEADLESS_SHELL`, `FIREFOX` and `WEBKIT_DRIVER` name the programs. Each test is one line; then follow the time by lane and by
 * browser and the slowest cases, and the last line is `N passed, N failed`, with `, N skipped` where some were.
 *
 * Cases are found by listing (support/lessons.mjs): those of a lesson lie in `tests/<id>/browser/`, those of all in
 * `cases/`. They act through the page objects, which wait (support/rules.mjs). Nothing depends on the order of files.
 *
 * A test is `{name, browsers, run}`, or `{name, once, run}` where it belongs to no browser: it runs `'first'`, before
 * the browsers, or `'last'`, when all are done. `run` gets a context (runner/one_case.mjs) and may give the reason why it
 * could not tell anything, which counts as skipped. Whatever a test does, its pages must stay free of errors on the console,
 * of failed requests and of violations of the policy.
 */

import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Browsers } from './drivers/launch.mjs';
import { Shares } from './runner/lanes.mjs';
import { runOne } from './runner/one_case.mjs';
import { Times } from './runner/times.mjs';
import { Unmet } from './support/expect.mjs';
import { caseFiles } from './support/lessons.mjs';

/** The browsers in the order in which lanes take them: at the end all share the many short cases of Chromium. */
const BROWSERS = ['chromium-webgpu', 'webkit', 'firefox', 'chromium'];

/** More lanes than cores: cases wait for frames and timers, while others have work for the cores. */
const MOST_LANES = 6;

const { values: options } = parseArgs({
  options: {
    url: { type: 'string' },
    only: { type: 'string', multiple: true, default: [] },
    browser: { type: 'string', multiple: true, default: [] },
    browsers: { type: 'string', multiple: true, default: [] },
    without: { type: 'string', multiple: true, default: [] },
    screenshots: { type: 'string' },
    'allow-missing-browsers': { type: 'boolean', default: false },
    lanes: { type: 'string', default: String(Math.min(MOST_LANES, availableParallelism() + 1)) },
    repeat: { type: 'string', default: '1' },
    stress: { type: 'boolean', default: false },
  },
});
if (!options.url) {
  console.error('tests/browser/run.mjs needs --url with the address of the site');
  process.exit(2);
}
const repeats = wholeNumber('repeat');
const lanes = wholeNumber('lanes');
const siteUrl = new URL('./', options.url).href;
const browsers = new Browsers(siteUrl);
let counts = noCounts();
let times = new Times();
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
    times = new Times();
    shared = new Map();
    await runAll(tests, chosen);
    for (const name of Object.keys(total)) total[name] += counts[name];
    const minutes = ((Date.now() - began) / 60_000).toFixed(1);
    for (const line of times.lines()) console.log(line);
    if (repeats > 1) console.log(`run ${run} of ${repeats}: ${inWords(counts)} (${minutes} min)`);
  }
} finally {
  busy?.kill();
  await browsers.endAll();
}
console.log(inWords(total));
process.exit(total.failed > 0 ? 1 : 0);

/** The whole number from 1 that an option gives. */
function wholeNumber(option) {
  const number = Number(options[option]);
  if (Number.isInteger(number) && number >= 1) return number;
  console.error(`--${option} takes a whole number from 1`);
  process.exit(2);
}

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

/** One whole run: what belongs to no browser first and last, and the browsers in lanes between. */
async function runAll(tests, chosen) {
  for (const test of tests.filter(({ once }) => once === 'first')) await report('', test);
  const shares = new Shares(
    new Map(chosen.map((browser) => [browser, runnable(browser, tests)]).filter(([, some]) => some.length)),
  );
  await Promise.all(Array.from({ length: lanes }, (_, lane) => runLane(lane + 1, shares)));
  for (const test of tests.filter(({ once }) => once === 'last')) await report('', test);
}

/** Runs cases until none is left; a lane has one browser at a time, so that the next finds the machine free. */
async function runLane(lane, shares) {
  let has = null;
  for (let next = shares.next(lane); next; next = shares.next(lane)) {
    if (has && has !== next.browser) await browsers.end(has, lane);
    has = next.browser;
    await report(has, next.test, lane);
  }
  if (has) await browsers.end(has, lane);
}

/** The cases that run in a browser; none where it is missing, which is counted. */
function runnable(browser, tests) {
  const here = tests.filter((test) => test.browsers?.includes(browser));
  const missing = here.length > 0 && Browsers.missing(browser);
  if (!missing) return here;
  const allowed = options['allow-missing-browsers'];
  counts[allowed ? 'skipped' : 'failed'] += here.length;
  console.log(`${browser}: ${here.length} tests ${allowed ? 'skipped' : 'FAILED'}: ${missing} was not found`);
  return [];
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
  const listed = (lists) => lists.flatMap((list) => list.split(',')).filter(Boolean);
  const named = listed([...options.browser, ...options.browsers]);
  const without = listed(options.without);
  for (const name of [...named, ...without]) {
    if (BROWSERS.includes(name)) continue;
    console.error(`there is no browser "${name}"; known: ${BROWSERS.join(', ')}`);
    process.exit(2);
  }
  // WebGPU is part of Chromium.
  const wanted = (name) => named.includes(name) || named.includes(name.replace('-webgpu', ''));
  return BROWSERS.filter((name) => (named.length === 0 || wanted(name)) && !without.includes(name));
}

async function report(browser, test, lane) {
  const line = browser ? `${browser}: ${test.name}` : test.name;
  const began = Date.now();
  try {
    const reason = await runOne(test, {
      browser,
      siteUrl,
      shared,
      start: () => browsers.get(browser, lane),
      screenshots: options.screenshots,
    });
    counts[reason ? 'skipped' : 'passed'] += 1;
    const seconds = `${((Date.now() - began) / 1000).toFixed(1)} s`;
    console.log(reason ? `skipped ${line}: ${reason}` : `ok      ${line} (${seconds})`);
  } catch (thrown) {
    counts.failed += 1;
    const reason = thrown instanceof Unmet ? thrown.message : (thrown?.stack ?? String(thrown));
    console.log(`FAILED  ${line}: ${reason.replaceAll('\n', '\n        ')}`);
  }
  times.add(lane, browser, test.name, (Date.now() - began) / 1000);
}
