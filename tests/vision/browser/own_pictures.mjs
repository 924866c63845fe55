/** Pictures of the reader's own: folders and zips, good ones and bad ones. */

import { zipSync } from 'fflate';
import { contains, equal, ok } from '../../browser/support/expect.mjs';
import { until } from '../../browser/support/bare_page.mjs';
import { keptKeys, untilKept, untilNothingKept } from '../../browser/support/kept.mjs';
import { EVERYWHERE } from '../../browser/support/lessons.mjs';
import { FEW_DIGITS, vision } from './support/lesson.mjs';
import { loadFolder, loadLarge, png, predictFiles } from './support/pictures.mjs';

const SMALL = { task: 'horse_or_human', image_size: '94', filters: '4', dense_units: '8', epochs: '1' };

/** Code, reason and file of what loading one file rejects with, or null. */
async function load(page, name, content) {
  const error = await page.load({ name, content });
  return error && { ...error, reason: error.details.reason ?? null, file: error.details.file ?? null };
}

const zip = (files) => [...zipSync(files, { level: 0 })];

export const tests = [
  {
    name: 'a zip of two folders is learned from, with the names of the folders as classes',
    browsers: ['chromium', 'firefox'],
    async run({ open, words }) {
      const page = await open(vision({ ...SMALL, train_size: 20, level: 'tune' }));
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

      // Few of a class, and many more of another, are said; so is what fits their number.
      for (let number = 3; number < 10; number += 1) delete files[`sky/nights/${number}.png`];
      equal(await load(page, 'sky.zip', zip(files)), null, 'what loading fewer nights says');
      // It is counted while it is in view.
      await page.show('ember-own-pictures');
      await page.waitForText(
        words('en', 'ui.own_pictures.few', { class: 'nights', count: 3 }),
        'ember-own-pictures',
      );
      const said = words('en', 'ui.own_pictures.unbalanced', { class: 'days', times: 3.3, share: 0.77 });
      contains(await page.text('ember-own-pictures'), said, 'that the classes differ');
      contains(await page.text('ember-settings'), 'Default for your data: 64', 'the default for these');
    },
  },
  {
    name: 'folder names in an encoding that is not certain are asked about, and read again as chosen',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(vision({ ...SMALL, lang: 'en' }));
      await page.waitForStatus('ready');
      const picture = Uint8Array.from(await png(page, '#08f'));
      const paths = ['1', '2', '3', '4'].flatMap((number) => [`aa/${number}.png`, `bb/${number}.png`]);
      // 长 and 宽 in GB 2312, which are signs of Big5 too.
      const renamed = Buffer.from(zip(Object.fromEntries(paths.map((path) => [path, picture]))));
      for (const [from, to] of [
        ['aa/', [0xb3, 0xa4]],
        ['bb/', [0xbf, 0xed]],
      ]) {
        for (let at = renamed.indexOf(from); at >= 0; at = renamed.indexOf(from, at + 1)) renamed.set(to, at);
      }
      equal(await load(page, 'names.zip', [...renamed]), null, 'what loading the zip says');
      const part = 'ember-own-pictures';
      await page.waitForText(words('en', 'ui.table_look.which_encoding'), part);
      const choices = await page.names('radio', part);
      const gb = choices.find((name) => name.startsWith('GB18030'));
      const big5 = choices.find((name) => name.startsWith('BIG5'));
      equal(gb, 'GB18030: 长, 宽', 'how one of them reads');
      await page.click('radio', big5, part);
      const first = big5.slice('BIG5: '.length).split(', ')[0];
      await until(async () => (await page.rows(part)).some(([name]) => name === first));
      ok(await page.isChosen('radio', big5, part), 'what was chosen is in force');
      const { counts } = await page.call('inspect', 'pictures', { split: 'train', count: 0 });
      equal(counts.train.length, 2, 'classes');
    },
  },
  {
    name: 'bad pictures are refused by name, and the run stays',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(vision({ ...SMALL, train_size: 20 }));
      await page.waitForStatus('ready');
      await page.call('step', 1);
      const good = Uint8Array.from(await png(page, '#08f'));
      const cut = good.subarray(0, good.length - 20);
      const text = new TextEncoder().encode('no picture at all');
      const heic = new TextEncoder().encode('\0\0\0\x18ftypheic\0\0\0\0mif1heic');
      const both = (bytes) => ({ 'a/1.png': good, 'a/2.png': good, 'b/1.png': good, 'b/2.png': bytes });
      const phone = { ...both(good), 'b/IMG_0001.HEIC': heic, 'b/IMG_0002.HEIC': heic };
      const many = Object.fromEntries(
        Array.from({ length: 6_000 }, (_, number) => [`c${number % 2}/${number}.png`, good]),
      );
      for (const [name, files, code, reason] of [
        ['text.zip', both(text), 'bad_picture', 'not_a_picture'],
        ['renamed.zip', both(heic), 'bad_picture', 'heic'],
        ['phone.zip', phone, 'bad_picture', 'heic'],
        ['scans.zip', { 'a/1.tif': good, 'b/1.tif': good }, 'bad_picture', 'other_format'],
        ['cut.zip', both(cut), 'bad_picture', 'damaged'],
        ['one.zip', { 'a/1.png': good, 'a/2.png': good }, 'bad_pictures', 'one_class'],
        ['empty.zip', { 'a/notes.txt': text }, 'bad_pictures', 'empty'],
        ['out.zip', { '../a/1.png': good, 'b/1.png': good }, 'bad_pictures', 'unsafe_path'],
        ['many.zip', many, 'bad_pictures', 'too_many'],
      ]) {
        const found = await load(page, name, zip(files));
        equal([found?.code, found?.reason], [code, reason], `${name}: code and reason`);
        contains(found.file + found.message, /\.(zip|png|HEIC|tif)/, `${name}: the file is named`);
      }
      await page.waitForText(words('en', 'errors.picture_heic', { file: 'b/IMG_0001.HEIC', found: 2 }));
      const large = await loadLarge(page, 'large.zip', 300);
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
      const outcome = await predictFiles(page, bytes);
      equal([outcome.classes, outcome.seen], [2, [28, 28]], 'answers');
      equal([outcome.refused[0], outcome.refused[1].file], ['bad_picture', '3.png'], 'what is no picture');
    },
  },
  {
    name: 'a run on pictures of the reader is continued after a reload, with its pictures',
    browsers: EVERYWHERE,
    async run({ open, words }) {
      const page = await open(vision({ ...SMALL, batch_size: '2', epochs: '3', backend: 'cpu' }));
      await page.waitForStatus('ready');
      await loadFolder(page, await png(page, '#f60'));
      await page.call('step', 3);
      const { history, config, steps } = await page.call('exportRun');
      equal([config.dataset, steps], ['own', 3], 'data and steps of the run');
      const kept = await untilKept(page, 3);
      equal([kept.files.name, kept.files.files], ['pets', 6], 'which pictures are kept');

      // The lesson opens with filters, which learn from no pictures.
      await page.goto(vision({ backend: 'cpu' }));
      await page.waitForStatus('done');
      const goOn = words('en', 'ui.kept.continue', { step: 3, total: kept.totalSteps });
      await page.click('button', goOn, 'ember-messages');
      await page.waitForStatus('paused');
      equal(await page.call('history'), history, 'history after continuing');
      contains(await page.text('ember-own-pictures'), 'pets', 'the folder on the page');
      await page.call('start');
      const continued = await page.call('history');
      await page.call('reset');
      await page.call('start');
      equal(await page.call('history'), continued, 'history of a run that was not interrupted');

      // Kept once, under the key of the first visit; forgotten, they are gone.
      await untilKept(page, kept.totalSteps);
      equal(
        (await keptKeys(page)).filter(([kind]) => kind === 'pictures'),
        [['pictures', kept.files.key]],
        'kept pictures',
      );
      await page.goto(vision({ backend: 'cpu' }));
      await page.click('button', words('en', 'ui.kept.forget'), 'ember-messages');
      await untilNothingKept(page, 'once the run is forgotten');
    },
  },
  {
    name: 'pictures that are too large to be kept have to be chosen again, and then the run goes on',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(vision({ ...SMALL, batch_size: '2', epochs: '3', backend: 'cpu' }));
      await page.waitForStatus('ready');
      const bytes = await png(page, '#f60');
      await loadFolder(page, bytes, 9e6);
      await page.call('step', 2);
      const history = await page.call('history');
      const { files, totalSteps } = await untilKept(page, 2);
      equal([files.name, files.files, files.key], ['pets', 6, null], 'what is kept of the pictures');

      await page.goto(vision({ backend: 'cpu' }));
      await page.waitForText(words('en', 'ui.kept.pictures_again', { name: 'pets' }), 'ember-messages');
      await page.click('button', words('en', 'ui.kept.use_settings'), 'ember-messages');
      await page.waitForStatus('ready');
      // Others than those it learned from do not do.
      await loadFolder(page, bytes);
      await page.waitForText(words('en', 'ui.kept.pictures_again', { name: 'pets' }), 'ember-messages');
      await loadFolder(page, bytes, 9e6);
      const goOn = words('en', 'ui.kept.continue', { step: 2, total: totalSteps });
      await page.click('button', goOn, 'ember-messages');
      await page.waitForStatus('paused');
      equal(await page.call('history'), history, 'history after continuing');
    },
  },
];
