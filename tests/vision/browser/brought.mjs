/** Zips and pictures that went wrong once, in the page: each with the right answer (tests/fixtures). */

import { readFileSync } from 'node:fs';
import { equal, ok } from '../../browser/support/expect.mjs';
import { EVERYWHERE } from '../../browser/support/lessons.mjs';
import { FEW_DIGITS, vision } from './support/lesson.mjs';
import { predictPictures } from './support/pictures.mjs';

const SMALL = {
  task: 'happy_or_sad',
  image_size: '94',
  filters: '4',
  dense_units: '8',
  epochs: '1',
  hide: 'code',
};
const read = (path) => [...readFileSync(`tests/fixtures/${path}`)];

/** The classes of each zip. */
const CLASSES = {
  zip_backslashes: ['cats', 'dogs'],
  zip_dot_slash: ['cats', 'dogs'],
  zip_gbk_cat: ['狗', '猫'],
  zip_unicode_path_field: ['кошки', 'собаки'],
  zip_training_set_test_set: ['cats', 'dogs'],
};

export const tests = [
  {
    name: 'zips as other systems write them are read, with their classes, and a damaged one is refused by name',
    browsers: EVERYWHERE,
    async run({ open, browser }) {
      const page = await open(vision(SMALL));
      await page.waitForStatus('ready');
      const all = Object.entries(CLASSES);
      for (const [zip, classes] of browser.startsWith('chromium') ? all : all.slice(2, 3)) {
        const name = `${zip}.zip`;
        equal(
          await page.load({ name, content: read(`zips/${name}`) }),
          null,
          `what loading ${name} rejects with`,
        );
        for (const one of classes) await page.waitForText(one, 'ember-own-pictures');
        const { counts } = await page.call('inspect', 'pictures', { split: 'train', count: 0 });
        equal(counts.train.length, classes.length, `number of classes of ${name}`);
      }
      const refused = await page.load({ name: 'broken.zip', content: read('zips/zip_crc_mismatch.zip') });
      equal(
        [refused?.code, refused?.details.reason],
        ['bad_pictures', 'damaged'],
        'a zip with a wrong checksum',
      );
      ok(refused.details.path.length > 0, 'the file inside is named', refused.details);
    },
  },
  {
    name: 'a digit on grey paper is the digit it is on white paper',
    browsers: ['chromium'],
    async run({ open }) {
      const page = await open(vision({ ...FEW_DIGITS, hide: 'code,experiments' }));
      await page.waitForStatus('ready');
      await page.call('start');
      for (const digit of [0, 1, 2]) {
        const [white, grey] = [255, 225].map((paper) => {
          const name = `digit_${digit}_on_paper_${paper}.png`;
          return { name, bytes: read(`pictures/${name}`) };
        });
        const answers = await predictPictures(page, [white, grey]);
        equal(answers.classes[0], answers.classes[1], `digit ${digit} on white and on grey paper`);
        equal(answers.classes[0], String(digit), `digit ${digit}`);
      }
    },
  },
];
