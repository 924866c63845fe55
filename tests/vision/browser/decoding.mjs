/** Own PNG and JPEG are decoded by a module of their own: the same pixels, and so the same run, in every browser. */

import { readdirSync, readFileSync } from 'node:fs';
import { zipSync } from 'fflate';
import { fetchesModules } from '../../browser/support/compilations.mjs';
import { contains, equal } from '../../browser/support/expect.mjs';
import { openFront } from '../../browser/support/front.mjs';
import { historyHash, keepHash } from '../../browser/support/history.mjs';
import { EVERYWHERE } from '../../browser/support/lessons.mjs';
import { vision } from './support/lesson.mjs';
import { canvasIsTrue, webp } from './support/pictures.mjs';

const SETTINGS = {
  task: 'horse_or_human',
  image_size: '94',
  filters: '4',
  dense_units: '8',
  epochs: '1',
  train_size: '20',
  backend: 'cpu',
};

const PICTURES = 'tests/fixtures/picture_kinds';
const isRefused = (name) => name.startsWith('refused_');
/** Files of all kinds, and those that browsers see each in its own way. */
const ALL = readdirSync(PICTURES)
  .filter((name) => /\.(png|jpg)$/.test(name))
  .map((name) => [name, readFileSync(`${PICTURES}/${name}`)]);
const CASES = ['half_transparent', 'exif_orientation_6'].map((name) => [
  `${name}.png`,
  readFileSync(`tests/fixtures/pictures/${name}.png`),
]);

/** A zip with the files in a folder for each class. */
const zipOf = (classes) => [
  ...zipSync(
    Object.fromEntries(
      Object.entries(classes).flatMap(([label, files]) =>
        files.map(([name, bytes]) => [`${label}/${name}`, new Uint8Array(bytes)]),
      ),
    ),
    { level: 0 },
  ),
];

const good = ALL.filter(([name]) => !isRefused(name));
const EVERY_KIND = zipOf({
  png: [...CASES, ...good.filter(([name]) => name.endsWith('.png'))],
  jpeg: good.filter(([name]) => name.endsWith('.jpg')),
});

/** Learns from every kind of PNG and JPEG; gives the hash of the history, and the pictures. */
async function learned(page) {
  await page.waitForStatus('ready');
  equal(await page.load({ name: 'kinds.zip', content: EVERY_KIND }), null, 'what loading says');
  const pictures = [];
  for (const split of ['train', 'test']) {
    const { total } = await page.call('inspect', 'pictures', { split, count: 0 });
    for (let from = 0; from < total; from += 64) {
      pictures.push(...(await page.call('inspect', 'pictures', { split, from, count: 64 })).pictures);
    }
  }
  equal(pictures.length, good.length + CASES.length, 'pictures that were read');
  await page.call('start');
  equal((await page.call('exportRun')).pictures_by_browser, undefined, 'pictures left to the browser');
  return { history: await historyHash(page), pictures };
}

/** Colour of a pixel at a share of width and height. */
function colorAt({ width, height, pixels }, x, y) {
  const bytes = Buffer.from(pixels, 'base64');
  return [...bytes.subarray((Math.floor(y * height) * width + Math.floor(x * width)) * 3).subarray(0, 3)];
}

export const tests = [
  {
    name: 'a run on every kind of PNG and JPEG is the same in every browser, and turned upright in all',
    browsers: EVERYWHERE,
    async run({ open, shared, browser }) {
      const page = await open(vision(SETTINGS));
      const { history, pictures } = await learned(page);
      keepHash(shared, 'pictures of every kind', browser, history);
      const turned = pictures.find(({ origin }) => origin.endsWith('exif_orientation_6.png'));
      const corners = [
        [0.1, 0.1],
        [0.9, 0.1],
        [0.1, 0.9],
        [0.9, 0.9],
      ].map(([x, y]) => colorAt(turned, x, y));
      equal(
        corners,
        [
          [255, 0, 0],
          [0, 255, 0],
          [0, 0, 255],
          [255, 255, 255],
        ],
        'corners: red, green, blue, white',
      );
    },
  },
  {
    name: 'the decoders are fetched with the first picture of the reader, and not before',
    browsers: ['chromium'],
    async run({ open, siteUrl, atEnd }) {
      const front = await openFront(siteUrl);
      atEnd(front.close);
      const page = await open(new URL(vision(SETTINGS).replace(/^\//, ''), front.url).href);
      await page.waitForStatus('ready');
      await page.call('step', 1);
      await fetchesModules(front, ['cpu', 'plot'], 'modules before');
      const one = CASES[0];
      for (const name of ['one.zip', 'two.zip']) {
        const content = zipOf({ a: [one, ['b.png', one[1]]], b: [one, ['b.png', one[1]]] });
        equal(await page.load({ name, content }), null, `what loading ${name} says`);
      }
      await fetchesModules(front, ['cpu', 'pictures', 'plot'], 'modules after two sets');
    },
  },
  {
    name: 'damaged pictures and rare kinds of JPEG are refused by name, with what to do',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(vision(SETTINGS));
      await page.waitForStatus('ready');
      const { default: expected } = await import(`../../fixtures/picture_kinds/expected.json`, {
        with: { type: 'json' },
      });
      const files = ALL.filter(([name]) => isRefused(name));
      const reasons = new Set();
      for (const file of files) {
        const [name] = file;
        const { reason } = expected[name];
        reasons.add(reason);
        const whole = good[0];
        const error = await page.load({
          name: 'some.zip',
          content: zipOf({ a: [whole, file], b: [whole, ['2.png', whole[1]]] }),
        });
        equal(
          [error?.code, error?.details.reason, error?.details.file],
          ['bad_picture', reason, `a/${name}`],
          name,
        );
        const said = words('en', `errors.picture_${reason}`, error.details);
        await page.waitForText(said, 'ember-messages');
      }
      equal([...reasons].sort(), ['damaged', 'rare_jpeg', 'too_many_pixels'], 'reasons');
    },
  },
  {
    name: 'what the browser decodes itself is named, on the page and in the record of the run',
    browsers: ['chromium', 'firefox'],
    async run({ open, words }) {
      const page = await open(vision(SETTINGS));
      await page.waitForStatus('ready');
      const bytes = await webp(page, '#0a7');
      const [png] = CASES;
      const content = zipOf({ a: [['1.webp', bytes], ['2.webp', bytes], png], b: [png, ['3.webp', bytes]] });
      equal(await page.load({ name: 'mixed.zip', content }), null, 'what loading says');
      const said = words('en', 'ui.own_pictures.by_browser', { count: 3 });
      await page.waitForText(said, 'ember-own-pictures');
      await page.call('step', 1);
      equal((await page.call('exportRun')).pictures_by_browser, 3, 'pictures in the record');
      equal(
        await page.load({
          name: 'png.zip',
          content: zipOf({ a: [png, ['2.png', png[1]]], b: [png, ['2.png', png[1]]] }),
        }),
        null,
        'what loading says',
      );
      equal((await page.call('exportRun')).pictures_by_browser, undefined, 'pictures in the next record');
    },
  },
  {
    name: 'a browser that gives other pixels than were drawn learns from PNG and JPEG as others do, and refuses WebP by name',
    browsers: ['firefox'],
    async run({ open, words, shared }) {
      const page = await open(vision(SETTINGS), { hiding: true });
      await page.waitForStatus('ready');
      equal(await canvasIsTrue(page), false, 'whether the canvas of this browser is true');
      const bytes = await webp(await open(vision(SETTINGS)), '#0a7');
      const [png] = CASES;
      const content = zipOf({ a: [['1.webp', bytes], png], b: [png, ['2.png', png[1]]] });
      const error = await page.load({ name: 'some.zip', content });
      equal([error?.code, error?.details.reason], ['bad_picture', 'canvas_changed'], 'why WebP is refused');
      const said = words('en', 'errors.picture_canvas_changed', { file: 'a/1.webp' });
      contains(await page.text('ember-messages'), said, 'what the page says');
      const { history } = await learned(page);
      keepHash(shared, 'pictures of every kind', 'firefox that hides', history);
    },
  },
];
