/** The lesson's own page at work: its speed with everything drawn, its memory, its answer to the keyboard. */

import { withPage } from '../lib/browser.mjs';
import { heaps } from '../lib/heap.mjs';
import { median, overRounds } from '../lib/statistics.mjs';
import { beginExperiment } from './experiments.mjs';

/** The longest run of the lesson's own network: 16,000 steps. */
const LONG_RUN = 'iris/?lang=en&epochs=2000';
/** The default run is over in a second or two. These last: as many steps, each slower; fifteen times as many to draw. */
const RUNS_TO_TYPE_IN = {
  'hidden 64,64,64,64 (16,000 steps)': `${LONG_RUN}&hidden=64,64,64,64`,
  'minibatches of 1 (240,000 steps)': `${LONG_RUN}&batch_size=1`,
};
const WARM_STEPS = 2_000;
const FURTHER_STEPS = 10_000;
const BETWEEN_KEYS_MS = 90;
/** A run may end and begin anew under the reader's fingers; so many of the keys must fall into one. */
const LEAST_SHARE = 0.8;

const LAB = 'ember-lab';

/** @param {import('playwright-core').Page} page */
const ready = (page) =>
  page.evaluate(async (selector) => {
    await customElements.whenDefined('ember-lab');
    await document.querySelector(selector).ready;
  }, LAB);

/**
 * Steps per second of a whole run at full speed, charts, regions and all drawn as they are by default.
 *
 * @param {import('../lib/browser.mjs').Arena} arena
 * @param {number} rounds
 */
export async function pageSpeed({ browser, site }, rounds) {
  const speeds = [];
  for (let round = 0; round < rounds; round += 1) {
    const speed = await withPage(browser, new URL(LONG_RUN, site).href, async (page) => {
      await ready(page);
      return page.evaluate(async (selector) => {
        const lab = document.querySelector(selector);
        let steps = 0;
        lab.addEventListener('ember-progress', ({ detail }) => (steps = detail.step));
        const begin = performance.now();
        await lab.start();
        return (steps * 1000) / (performance.now() - begin);
      }, LAB);
    });
    speeds.push(speed);
  }
  return overRounds(speeds);
}

/**
 * Megabytes of page and worker after a garbage collection, before and after ten thousand further steps.
 *
 * @param {import('../lib/browser.mjs').Arena} arena
 */
export function pageMemory({ browser, site }) {
  return withPage(browser, new URL(LONG_RUN, site).href, async (page) => {
    await ready(page);
    const train = (steps) =>
      page.evaluate(([selector, steps]) => document.querySelector(selector).step(steps), [LAB, steps]);
    await train(WARM_STEPS);
    const before = await heaps(page);
    await train(FURTHER_STEPS);
    return { warmSteps: WARM_STEPS, furtherSteps: FURTHER_STEPS, before, after: await heaps(page) };
  });
}

/** Where the reader types, each with keys that change nothing of the run. */
const FIELDS = {
  predict: { selector: 'ember-flower-predict textarea', keys: '5.1, 3.5, 1.4, 0.2 ' },
  setting: { selector: 'ember-setting input[type="number"]', keys: '123' },
};

/**
 * Milliseconds from a key press to the end of the next frame: while nothing runs, beside an experiment, and while
 * training at full speed.
 *
 * @param {import('../lib/browser.mjs').Arena} arena
 * @param {number} presses in each field
 */
export async function keyPresses(arena, presses) {
  const results = [];
  const nothing = { address: LONG_RUN, begin: () => undefined, status: 'ready' };
  // An experiment of 240 runs has a worker of its own; the lab itself stands still.
  const experiment = { ...nothing, begin: (page) => beginExperiment(page, 'mistakes') };
  const runs = { 'nothing runs': nothing, 'an experiment of 240 runs': experiment };
  for (const [run, address] of Object.entries(RUNS_TO_TYPE_IN)) {
    runs[run] = { address, begin: keepTraining, status: 'training' };
  }
  for (const [run, activity] of Object.entries(runs)) {
    for (const [field, typing] of Object.entries(FIELDS)) {
      const times = await typeInto(arena, activity, typing, presses);
      results.push({ run, field, median: median(times), worst: Math.max(...times), times });
    }
  }
  return results;
}

function typeInto({ browser, site }, { address, begin, status }, { selector, keys }, presses) {
  return withPage(browser, new URL(address, site).href, async (page) => {
    await ready(page);
    await page.locator(`${LAB} ${selector}`).locator('visible=true').first().focus();
    await page.evaluate(listenToKeys, LAB);
    await begin(page);
    for (let press = 0; press < presses; press += 1) {
      const key = keys[press % keys.length];
      // Typed, then taken back, so that the field never overflows.
      await page.keyboard.press(press % (2 * keys.length) < keys.length ? key : 'Backspace');
      await page.waitForTimeout(BETWEEN_KEYS_MS);
    }
    const pressed = await page.evaluate(() => globalThis.pressedKeys);
    const asMeant = pressed.filter((press) => press.status === status);
    if (pressed.length !== presses || asMeant.length < LEAST_SHARE * presses)
      throw new Error(
        `of ${presses} keys ${pressed.length} were seen, ${asMeant.length} at the right moment`,
      );
    return asMeant.map(({ milliseconds }) => milliseconds);
  });
}

/** Starts the run, again and again where the machine is quick, and lets the first second with its compilation pass. */
async function keepTraining(page) {
  await page.evaluate((selector) => {
    const lab = document.querySelector(selector);
    const again = () =>
      lab
        .start()
        .then(() => lab.reset())
        .then(again);
    // Ends with the page, in the middle of something.
    again().catch(() => undefined);
  }, LAB);
  await page.waitForTimeout(1000);
}

/**
 * Runs in the page. The frame is over when a task posted from its animation callback runs: layout and paint of the
 * page's thread stand between the two.
 */
function listenToKeys(selector) {
  globalThis.pressedKeys = [];
  const { port1, port2 } = new MessageChannel();
  const waiting = [];
  port1.onmessage = () => {
    const { timeStamp, status } = waiting.shift();
    globalThis.pressedKeys.push({ milliseconds: performance.now() - timeStamp, status });
  };
  addEventListener(
    'keydown',
    ({ timeStamp }) => {
      waiting.push({ timeStamp, status: document.querySelector(selector).status });
      requestAnimationFrame(() => port2.postMessage(null));
    },
    { capture: true },
  );
}
