/** Each figure has its still: without script, on paper, and before it lives, so that nothing jumps. */

import { equal, ok } from '../support/expect.mjs';
import { address, LESSONS } from '../support/lessons.mjs';
import { KEEP_SHIFTS, takeShifts } from '../support/page_watch.mjs';

/** The most that the layout may shift, by the sum of all shifts. */
const MOST = 0.02;

const SIZES = [
  { width: 1280, height: 800 },
  { width: 360, height: 740 },
];

const LANGUAGES = ['zh', 'en'];

export const tests = [
  {
    name: 'without script each figure is its still picture, with words for those who do not see it',
    browsers: ['chromium'],
    async run({ open }) {
      const page = await open('', { script: false });
      for (const lesson of LESSONS) {
        await page.goto(`${lesson}/en.html`);
        const images = page.driver.native.locator('figure.living .still img');
        const figures = await page.driver.native.locator('figure.living').count();
        equal(await images.count(), figures, `stills of ${lesson}`);
        for (const image of await images.all()) {
          await image.scrollIntoViewIfNeeded();
          const { width, height } = await image.boundingBox();
          ok(width > 300 && height > 40, `room of a still of ${lesson}`, { width, height });
          ok((await image.getAttribute('alt')).length > 10, `words of a still of ${lesson}`);
        }
      }
    },
  },
  {
    name: 'each still shows its figure, and not the text around it',
    browsers: ['chromium'],
    async run({ open }) {
      const page = await open('');
      const others = [];
      for (const lesson of LESSONS) {
        for (const language of LANGUAGES) {
          await page.goto(`${lesson}/${language}.html`);
          const beside = await page.stillEdges();
          ok(beside.length > 8, `stills of ${lesson}`, beside);
          others.push(...beside.filter(({ share }) => share < 0.9));
        }
      }
      equal(others, [], 'stills with something beside a card at their left edge');
    },
  },
  {
    name: 'on paper a figure that does not live yet is its still, what lives stands there itself, and no button does',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(address('iris', { epochs: 5 }));
      await page.waitForStatus('ready', 'done');
      await page.call('start');
      const figures = await page.figures('en');
      await page.driver.native.emulateMedia({ media: 'print' });
      const printed = await page.stills();
      ok(printed.length >= figures.length - 3, 'stills on paper', printed.length);
      for (const { figure, width, height } of printed)
        ok(width > 300 && height > 40, `room of ${figure} on paper`, { width, height });
      const lives = await page.figure('en-figure-regions');
      ok(lives?.height > 200, 'the first figure on paper', lives);
      equal(await page.count('button', words('en', 'ui.run.again')), 0, 'Run buttons on paper');
      equal(await page.count('spinbutton', null, 'ember-settings'), 0, 'settings on paper');
      equal(
        await page.count('heading', words('en', 'parts.charts'), 'ember-lab'),
        1,
        'charts of the lab on paper',
      );
      await page.driver.native.emulateMedia({ media: 'screen' });
    },
  },
  {
    name: 'a figure that needs other settings shows its still behind the offer, and itself once the offer is taken',
    browsers: ['chromium'],
    async run({ open }) {
      const page = await open(address('movies', { model: 'mean' }));
      await page.waitForStatus('ready', 'done');
      const needing = (await page.figures('en')).find(({ name, needs }) => name !== 'front' && needs.model);
      const id = `en-figure-${needing.id}`;
      await page.show(`#${id}`);
      await page.waitForFigure(id);
      const behind = (await page.stills()).find(({ figure }) => figure === id);
      ok(behind?.height > 100, 'the still behind the offer', behind);
      const { height } = await page.figure(id);
      ok(height >= behind.height && height < behind.height * 2, 'the offer lies over the still', height);
      const [button] = await page.names('button', `#${id}`);
      await page.click('button', button, `#${id}`);
      await page.waitForSettings(needing.needs);
      await page.waitForStatus('ready', 'done');
      await page.waitForNoText(button, `#${id}`);
      const left = (await page.stills()).map(({ figure }) => figure);
      ok(!left.includes(id), 'the still is gone', left);
    },
  },
  ...LESSONS.map((lesson) => ({
    name: `nothing jumps while the page loads and trains: ${lesson}`,
    browsers: ['chromium'],
    async run({ open }) {
      for (const size of SIZES) {
        const page = await open(address(lesson), { ...size, before: [KEEP_SHIFTS] });
        await page.waitForStatus('ready', 'done');
        await page.settled();
        const loading = await page.evaluate(takeShifts);
        ok(loading.sum < MOST, `shifts at ${size.width} px while the page loads`, loading);
        await page.outcome('ember-lab', 'step', 3);
        await page.settled();
        const training = await page.evaluate(takeShifts);
        ok(training.sum < MOST, `shifts at ${size.width} px while it trains`, training);
      }
    },
  })),
];
