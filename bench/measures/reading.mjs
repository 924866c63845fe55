/** What a reader of a lesson's page waits for and sees jump: the first figure, the first press, a run with the figures in view. */

import { withPage } from '../lib/browser.mjs';
import { overRounds } from '../lib/statistics.mjs';

const LESSONS = ['iris', 'vision', 'boosting', 'movies', 'sequences'];
/** The longest run of the lesson's own network: 16,000 steps. */
const LONG_RUN = 'iris/?lang=en&epochs=2000';
const SLOWDOWN = 4;
/** Runs are watched for so long, or until they end. */
const WATCHED_MS = 8_000;
/** A first figure that is not there by then has no Run button. */
const FIGURE_MS = 10_000;

/**
 * Of every lesson: navigation → first figure drawn with a slow processor; press of the first Run button → first step
 * drawn, with nothing cached and again; layout shift; what the page's thread does while the lesson runs.
 *
 * @param {import('../lib/browser.mjs').Arena} arena
 * @param {number} rounds
 */
export async function reading(arena, rounds) {
  const rows = [];
  for (const lesson of LESSONS) {
    const slow = [];
    const presses = [];
    const runs = [];
    for (let round = 0; round < rounds; round += 1) {
      slow.push(await firstFigure(arena, lesson));
      presses.push(await pressToLearning(arena, lesson).catch(noButton));
      runs.push(await workOfRun(arena, lesson));
    }
    rows.push({
      lesson,
      firstFigure: overRounds(slow),
      cold: overRounds(presses.map(({ cold }) => cold)),
      warm: overRounds(presses.map(({ warm }) => warm)),
      shift: overRounds(runs.map(({ shift }) => shift)),
      longShare: overRounds(runs.map(({ longShare }) => longShare)),
      workPerFrame: overRounds(runs.map(({ workPerFrame }) => workPerFrame)),
    });
  }
  return { slowdown: SLOWDOWN, rows };
}

/**
 * Steps per second of one long run on the lesson's page with every figure of the text made and one in view, over those
 * with the lab alone in view and no figure made, round by round.
 *
 * @param {import('../lib/browser.mjs').Arena} arena
 * @param {number} rounds
 */
export async function figuresSpeed({ browser, site }, rounds) {
  const speed = (prepare) =>
    withPage(browser, new URL(LONG_RUN, site).href, async (page) => {
      await ready(page);
      await prepare(page);
      return page.evaluate(async () => {
        const lab = document.querySelector('ember-lab');
        let steps = 0;
        lab.addEventListener('ember-progress', ({ detail }) => (steps = detail.step));
        const begin = performance.now();
        await lab.start();
        return (steps * 1000) / (performance.now() - begin);
      });
    });
  const ratios = [];
  for (let round = 0; round < rounds; round += 1) {
    const both = [() => speed(passFigures), () => speed(toLab)];
    if (round % 2 === 1) both.reverse();
    const [first, second] = [await both[0](), await both[1]()];
    const [figures, lab] = round % 2 === 1 ? [second, first] : [first, second];
    ratios.push(figures / lab);
  }
  return { ratio: overRounds(ratios), ratios };
}

/** @param {import('playwright-core').Page} page */
const ready = (page) =>
  page.evaluate(async () => {
    await customElements.whenDefined('ember-lab');
    await document.querySelector('ember-lab').ready;
  });

/** A lesson whose first figure does not train. */
const noButton = (thrown) => {
  if (thrown.name !== 'TimeoutError') throw thrown;
  return { cold: NaN, warm: NaN };
};

const toLab = (page) =>
  page.evaluate(() => document.querySelector('ember-lab').scrollIntoView({ behavior: 'instant' }));

/** Scrolls past all figures, so that each is made, and back to the first. */
async function passFigures(page) {
  const figures = page.locator('.only-en ember-figure');
  for (let place = 0; place < (await figures.count()); place += 1) {
    await figures.nth(place).evaluate((figure) => figure.scrollIntoView({ behavior: 'instant' }));
    await page.waitForTimeout(150);
  }
  await figures.first().evaluate((figure) => figure.scrollIntoView({ block: 'center', behavior: 'instant' }));
  await page.waitForTimeout(500);
}

const addressOf = (site, lesson) => new URL(`${lesson}/?lang=en`, site).href;

/** Milliseconds on the page's own clock, which starts at the navigation. */
function firstFigure({ browser, site }, lesson) {
  return withPage(
    browser,
    'about:blank',
    async (page) => {
      const session = await page.context().newCDPSession(page);
      await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
      await page.goto(addressOf(site, lesson));
      return page.evaluate(() => globalThis.figureDrawn);
    },
    watchFirstFigure,
  );
}

/** Runs in the page before its own scripts: the figure that stands first shows more than the place kept for it. */
function watchFirstFigure() {
  globalThis.figureDrawn = new Promise((resolve) => {
    const look = () => {
      const figure = [...document.querySelectorAll('ember-figure')].find((one) => one.checkVisibility?.());
      const part = figure?.shadowRoot?.querySelector('.part > *');
      // An element has a size once its own script has drawn it.
      const isDrawn = part?.shadowRoot?.childElementCount > 0 && part.getBoundingClientRect().height > 40;
      if (!isDrawn) return requestAnimationFrame(look);
      requestAnimationFrame(() => resolve(performance.now()));
    };
    requestAnimationFrame(look);
  });
}

/** Milliseconds from the press of the first figure's Run button, or the lab's, to the frame behind the first step. */
async function pressToLearning({ browser, site }, lesson) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const times = [];
    for (let visit = 0; visit < 2; visit += 1) {
      const page = await context.newPage();
      await page.goto(addressOf(site, lesson));
      await ready(page);
      const run = page.locator('ember-figure .run').locator('visible=true').first();
      await run.waitFor({ timeout: FIGURE_MS });
      await run.evaluate((button) => {
        globalThis.learned = new Promise((resolve) => {
          let pressed = 0;
          const options = { capture: true, once: true };
          addEventListener('click', ({ timeStamp }) => (pressed = timeStamp), options);
          const drawn = () => requestAnimationFrame(() => resolve(performance.now() - pressed));
          addEventListener('ember-progress', drawn, options);
        });
        button.scrollIntoView({ block: 'center', behavior: 'instant' });
      });
      await run.click();
      times.push(await page.evaluate(() => globalThis.learned));
      await page.close();
    }
    return { cold: times[0], warm: times[1] };
  } finally {
    await context.close();
  }
}

/**
 * Layout shift from the navigation to the end of the watched run, the share of the run in tasks of more than 50 ms, and
 * the page's work for each frame, with a slow processor.
 */
function workOfRun({ browser, site }, lesson) {
  return withPage(
    browser,
    addressOf(site, lesson),
    async (page) => {
      await ready(page);
      const session = await page.context().newCDPSession(page);
      await session.send('Performance.enable');
      await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
      await page.evaluate(() => globalThis.beginWatch());
      const before = await taskSeconds(session);
      const watched = await page.evaluate(async (limit) => {
        const lab = document.querySelector('ember-lab');
        const begin = performance.now();
        await Promise.race([lab.start(), new Promise((resolve) => setTimeout(resolve, limit))]);
        return { milliseconds: performance.now() - begin, ...globalThis.watched() };
      }, WATCHED_MS);
      const work = (await taskSeconds(session)) - before;
      return {
        shift: watched.shift,
        longShare: watched.long / watched.milliseconds,
        workPerFrame: (1000 * work) / Math.max(1, watched.frames),
      };
    },
    watchWork,
  );
}

async function taskSeconds(session) {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration').value;
}

/** Runs in the page before its own scripts. */
function watchWork() {
  let shift = 0;
  let long = 0;
  let frames = 0;
  const observe = (type, call) =>
    new PerformanceObserver((list) => list.getEntries().forEach(call)).observe({ type, buffered: true });
  observe('layout-shift', (entry) => {
    if (!entry.hadRecentInput) shift += entry.value;
  });
  globalThis.beginWatch = () => {
    observe('longtask', ({ startTime, duration }) => {
      if (startTime >= begin) long += duration;
    });
    const begin = performance.now();
    const count = () => {
      frames += 1;
      requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
  };
  globalThis.watched = () => ({ shift, long, frames });
}
