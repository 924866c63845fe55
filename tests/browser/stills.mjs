/**
 * Photographs the figures of the texts: opens each lesson in Chromium, trains its run to the end and takes every figure of
 * the text, in both languages, as wide as the page goes, and the first one also as on a phone. What a figure needs of the settings it gets;
 * figures that need the same share a run.
 *
 *     node tests/browser/stills.mjs --url http://127.0.0.1:8080/ [--only iris,vision] [--figure regions,charts]
 *
 * A run is trained for `--most` seconds at most (420 unless said); what has been learned by then is shown.
 *
 * The pictures are written to `www/lessons/<id>/stills/<language>/` and are committed; those of no figure any more are
 * removed, unless some figures alone were asked for. `CHROME` names the browser.
 */

import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { Browsers } from './drivers/launch.mjs';
import { address, LESSONS } from './support/lessons.mjs';
import { Page } from './support/page.mjs';
import { smallPicture } from './support/small_picture.mjs';

/**
 * The page's widths in CSS pixels, with the ending of the picture's name. What is not in sight is not drawn, so the page
 * is high. On a phone the first figure alone is seen before it lives.
 */
const WIDE = { ending: '', width: 1280, height: 2600 };
const NARROW = { ending: '-narrow', width: 360, height: 2600 };

const LANGUAGES = [
  ['en', 'English'],
  ['zh', '中文'],
];

/**
 * What lies below so many pixels is left out, at a place where nothing is cut through. The first figure is seen while the
 * page loads: of it all that a window shows is kept.
 */
const HIGHEST = { first: 900, others: 560 };

const { values: options } = parseArgs({
  options: {
    url: { type: 'string' },
    only: { type: 'string', default: LESSONS.join(',') },
    figure: { type: 'string' },
    most: { type: 'string', default: '420' },
  },
});
if (!options.url) {
  console.error('tests/browser/stills.mjs needs --url with the address of the site');
  process.exit(2);
}
const siteUrl = new URL('./', options.url).href;
const browsers = new Browsers(siteUrl);
let written = 0;
try {
  const browser = await browsers.get('chromium', 1);
  const encoder = await browser.open();
  for (const lesson of options.only.split(',')) await photograph(browser, encoder, lesson);
} finally {
  await browsers.endAll();
}
console.log(`${Math.round(written / 1000)} KB in all`);

async function photograph(browser, encoder, lesson) {
  const folder = new URL(`../../www/lessons/${lesson}/stills/`, import.meta.url);
  const names = new Set();
  const groups = await groupsOf(browser, lesson);
  const [first] = groups[0].figures;
  for (const { needs, figures, trains } of groups) {
    const chosen = figures.filter((id) => !options.figure || options.figure.split(',').includes(id));
    if (chosen.length === 0) continue;
    const page = new Page(await browser.open(), siteUrl);
    // Without motion no line over the page shows how far one has read, which would cross the pictures.
    await page.driver.native.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto(address(lesson, needs));
    await page.waitForStatus('ready', 'done');
    if (trains) await train(page);
    for (const { ending, width, height } of [WIDE, NARROW]) {
      const wanted = ending === '' ? chosen : chosen.filter((id) => id === first);
      if (wanted.length === 0) continue;
      await page.driver.resize(width, height);
      for (const [code, name] of LANGUAGES) {
        await page.click('link', name);
        await mkdir(new URL(`${code}/`, folder), { recursive: true });
        for (const id of wanted) {
          const file = `${code}/${id}${ending}.webp`;
          const picture = await smallPicture(
            encoder.native,
            await take(page, `${code}-figure-${id}`, id === first),
          );
          await writeFile(new URL(file, folder), picture);
          names.add(file);
          written += picture.length;
          console.log(`${lesson}/stills/${file}: ${picture.length} bytes`);
        }
      }
    }
    for (const problem of await page.problems()) console.error(`${lesson}: ${problem}`);
    await page.driver.close();
  }
  if (!options.figure) await removeOthers(folder, names);
}

/** The figures of a text, those together that need the same settings: `{needs, figures, trains}`. */
async function groupsOf(browser, lesson) {
  const page = new Page(await browser.open(), siteUrl);
  await page.goto(address(lesson));
  const all = await page.figures('en');
  await page.driver.close();
  const groups = new Map();
  for (const { id, needs, runs } of all) {
    const key = JSON.stringify(needs);
    const group = groups.get(key) ?? { needs, figures: [], trains: false };
    group.figures.push(id);
    group.trains ||= runs;
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** Trains to the end, or as long as it may last. */
async function train(page) {
  await page.begin();
  const late = new Promise((resolve) => setTimeout(resolve, 1000 * options.most));
  await Promise.race([page.waitForStatus('done').catch(() => undefined), late]);
  if ((await page.property('status')) !== 'done') await page.call('pause');
}

/**
 * The picture of what a figure shows, without the tools of its charts, as PNG. Figures above it that come to life
 * meanwhile move it, so that a picture counts only when the figure stands where it stood before.
 */
async function take(page, id, isFirst) {
  await page.show(`#${id}`);
  // What comes with a script of its own may still have no height.
  await page.waitForFigure(id);
  let clip = await placeOf(page, id, isFirst);
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const picture = await screenshot(page, clip);
    await page.settled();
    const after = await placeOf(page, id, isFirst);
    if (JSON.stringify(after) === JSON.stringify(clip)) return picture;
    clip = after;
  }
  throw new Error(`${id} does not come to rest`);
}

/** Where what a figure shows lies on the page, in CSS pixels, as far down as its picture goes. */
function placeOf(page, id, isFirst) {
  return page.read(
    (id, most) => {
      // What floats over the page would be in the picture.
      emberTest.first('ember-dock').style.display = 'none';
      const part = document.querySelector(`#${id} ember-figure`).shadowRoot.querySelector('.part');
      const boxes = [];
      for (const element of emberTest.elements(part)) {
        if (element.matches('.tools, .hint')) element.style.visibility = 'hidden';
        const isLeaf = element.matches('svg, canvas, img, tr, select') || element.children.length === 0;
        if (isLeaf && !element.shadowRoot && emberTest.visible(element))
          boxes.push(element.getBoundingClientRect());
      }
      const { left, top, width, height } = part.getBoundingClientRect();
      const isFree = (y) => !boxes.some((box) => box.top < y && y < box.bottom);
      let cut = top + height;
      if (height > most) {
        for (cut = top + most; cut > top + most / 2 && !isFree(cut);) cut -= 2;
        // A large picture is cut through, rather than left out but for a strip.
        if (!isFree(cut)) cut = top + most;
      }
      return { x: left + scrollX, y: top + scrollY, width, height: Math.round(cut - top) };
    },
    id,
    isFirst ? HIGHEST.first : HIGHEST.others,
  );
}

async function screenshot(page, clip) {
  const client = await page.driver.native.context().newCDPSession(page.driver.native);
  const { data } = await client.send('Page.captureScreenshot', {
    format: 'png',
    captureBeyondViewport: true,
    clip: { ...clip, scale: 1 },
  });
  await client.detach();
  return Buffer.from(data, 'base64');
}

async function removeOthers(folder, names) {
  const files = await readdir(folder, { recursive: true });
  for (const file of files.map((name) => name.replaceAll('\\', '/'))) {
    if (file.endsWith('.webp') && !names.has(file)) await rm(new URL(file, folder));
  }
}
