/** Pictures of the reader's own: folders and zips, good ones and bad ones. */

import { zipSync } from 'fflate';
import { contains, equal } from '../support/expect.mjs';
import { FEW_DIGITS, vision } from '../support/lesson.mjs';

const SMALL = { task: 'horse_or_human', image_size: '94', filters: '4', dense_units: '8', epochs: '1' };

/** A PNG of one colour, made by the browser, as a list of bytes. */
const png = (page, color) =>
  page.evaluate(async (color) => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [12, 9];
    const context = canvas.getContext('2d');
    context.fillStyle = color;
    context.fillRect(0, 0, 12, 9);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
    return [...new Uint8Array(await blob.arrayBuffer())];
  }, color);

/** What `load` of one file rejects with, or null. */
const load = (page, name, bytes) =>
  page.evaluate(
    async (name, bytes) => {
      try {
        await document.querySelector('ember-lab').load([new File([Uint8Array.from(bytes)], name)]);
        return null;
      } catch ({ code, message, details }) {
        return { code, message, reason: details?.reason ?? null, file: details?.file ?? null };
      }
    },
    name,
    bytes,
  );

const zip = (files) => [...zipSync(files, { level: 0 })];

export const tests = [
  {
    name: 'a zip of two folders is learned from, with the names of the folders as classes',
    browsers: ['chromium', 'firefox'],
    async run({ open }) {
      const page = await open(vision({ ...SMALL, train_size: 20 }));
      await page.waitForStatus('ready');
      const files = {};
      for (const [folder, color] of [
        ['days', '#fd0'],
        ['nights', '#013'],
      ]) {
        const bytes = Uint8Array.from(await png(page, color));
        for (let number = 0; number < 10; number += 1) files[`sky/${folder}/${number}.png`] = bytes;
      }
      files['__MACOSX/sky/days/._0.png'] = Uint8Array.from([1, 2, 3]);
      equal(await load(page, 'sky.zip', zip(files)), null, 'what loading a good zip says');
      const gallery = await page.call('inspect', 'pictures', { split: 'train' });
      equal([gallery.total, gallery.counts.test], [16, [2, 2]], 'pictures to train on and held out');
      await page.call('start');
      const answer = await page.call('evaluate', 'test');
      equal(answer.rows, 4, 'pictures held out');
      contains(await page.text(), 'nights', 'names of the classes on the page');
    },
  },
  {
    name: 'bad pictures are refused by name, and the run stays',
    browsers: ['chromium'],
    async run({ open }) {
      const page = await open(vision({ ...SMALL, train_size: 20 }));
      await page.waitForStatus('ready');
      await page.call('step', 1);
      const good = Uint8Array.from(await png(page, '#08f'));
      const cut = good.subarray(0, good.length - 20);
      const huge = Uint8Array.from(good);
      new DataView(huge.buffer).setUint32(16, 20_000);
      new DataView(huge.buffer).setUint32(20, 20_000);
      const text = new TextEncoder().encode('no picture at all');
      const both = (bytes) => ({ 'a/1.png': good, 'a/2.png': good, 'b/1.png': good, 'b/2.png': bytes });
      const many = Object.fromEntries(
        Array.from({ length: 6_000 }, (_, number) => [`c${number % 2}/${number}.png`, good]),
      );
      for (const [name, files, code, reason] of [
        ['text.zip', both(text), 'bad_picture', 'not_a_picture'],
        ['cut.zip', both(cut), 'bad_picture', 'damaged'],
        ['huge.zip', both(huge), 'bad_picture', 'too_many_pixels'],
        ['one.zip', { 'a/1.png': good, 'a/2.png': good }, 'bad_pictures', 'one_class'],
        ['empty.zip', { 'a/notes.txt': text }, 'bad_pictures', 'empty'],
        ['out.zip', { '../a/1.png': good, 'b/1.png': good }, 'bad_pictures', 'unsafe_path'],
        ['many.zip', many, 'bad_pictures', 'too_many'],
      ]) {
        const found = await load(page, name, zip(files));
        equal([found?.code, found?.reason], [code, reason], `${name}: code and reason`);
        contains(found.file + found.message, /\.(zip|png)/, `${name}: the file is named`);
      }
      const large = await page.evaluate(async () => {
        const part = new Uint8Array(10 * 2 ** 20);
        const file = new File(Array(30).fill(part), 'large.zip');
        return document
          .querySelector('ember-lab')
          .load([file])
          .catch(({ code, details }) => [code, details?.file]);
      });
      equal(large, ['bad_pictures', 'large.zip'], 'a file of 300 MB');
      equal((await page.call('exportRun')).steps, 1, 'the run is where it was');
      await page.call('step', 1);
    },
  },
  {
    name: 'pictures to predict are answered one by one',
    browsers: ['chromium', 'firefox'],
    async run({ open }) {
      const page = await open(vision({ ...FEW_DIGITS, train_size: '100' }));
      await page.waitForStatus('ready');
      const bytes = await png(page, '#fff');
      const outcome = await page.evaluate(async (bytes) => {
        const lab = document.querySelector('ember-lab');
        const file = (name, bytes) => new File([Uint8Array.from(bytes)], name);
        const { classes, seen } = await lab.predict([file('1.png', bytes), file('2.png', bytes)]);
        const refused = await lab
          .predict(file('3.png', [1, 2, 3]))
          .catch(({ code, details }) => [code, details]);
        return { classes: classes.length, seen: seen.map(({ width }) => width), refused };
      }, bytes);
      equal([outcome.classes, outcome.seen], [2, [28, 28]], 'answers');
      equal([outcome.refused[0], outcome.refused[1].file], ['bad_picture', '3.png'], 'what is no picture');
    },
  },
];
