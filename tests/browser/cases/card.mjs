/** The picture card of a run. */

import { caught } from '../support/downloads.mjs';
import { contains, equal, ok } from '../support/expect.mjs';
import { lesson } from '../../iris/browser/support/lesson.mjs';
import { EVERYWHERE } from '../support/lessons.mjs';
import { readPicture } from '../support/picture.mjs';

/** Nearer to the edge than this nothing may be drawn. */
const MARGIN = 40;

/** What the button offers as a file: its name, and the picture read again by the browser. */
async function savedPicture(page, label) {
  const { name, type, bytes } = await caught(page, label, 'ember-card');
  return { name, type, signature: [...bytes.subarray(0, 8)], ...(await readPicture(page, MARGIN - 4)) };
}

function checkPicture(picture, name) {
  equal(picture.name, name, 'name of the file');
  equal(picture.type, 'image/png', 'type of the file');
  equal(picture.signature, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], 'signature of the file');
  equal(picture.size, [1200, 630], 'width and height');
  ok(picture.colors > 20, 'colours of the picture', picture.colors);
  ok(picture.share > 0.01 && picture.share < 0.5, 'share of the picture that is drawn on', picture.share);
  equal(picture.drawnAtEdge, 0, 'pixels drawn in the margin');
}

const description = async (page) => (await page.names('img', 'ember-card'))[0];

export const tests = [
  {
    name: 'the picture card of a run is a PNG of the right size with the run on it',
    browsers: EVERYWHERE,
    async run({ open, words }) {
      const page = await open(lesson({ preset: 'quick', seed: 2 }));
      await page.waitForStatus('ready');
      // The card is fetched when its part comes into view.
      await page.show('ember-share');
      await page.waitForText(words('en', 'ui.share.card_before'), 'ember-card');
      equal(
        await page.isEnabled('button', words('en', 'ui.share.card_save'), 'ember-card'),
        false,
        'something to save before a run',
      );
      await page.call('start');
      // The figures of a finished run come in one part of the data after the other; then the card rests.
      await page.waitForText(`${words('en', 'splits.test')}: `, 'ember-card');
      const { steps } = await page.call('exportRun');
      const picture = await savedPicture(page, words('en', 'ui.share.card_save'));
      checkPicture(picture, `iris-step${steps}.png`);
      equal(picture.dark, false, 'a light lab gives a light picture');
      const text = await description(page);
      for (const part of [
        words('en', 'lesson.title', {}, 'iris'),
        `${words('en', 'controls.seed.label')} 2`,
        words('en', 'metrics.loss'),
        'seed=2',
      ])
        contains(text, part, 'description of the picture');
      contains(await page.text('ember-card'), text, 'the description stands there to be copied');
    },
  },
  {
    name: 'the picture card is dark in a dark lab, and long texts stay inside in both languages',
    browsers: ['chromium', 'firefox'],
    async run({ open, words }) {
      // As much as the settings can hold: the column and the address have no room for all of it.
      const settings = {
        seed: 4294967295,
        features: 'sepal_length,petal_length,petal_width',
        split: 'as_written',
        hidden: '64,64,64,64',
        activation: 'relu',
        init_std: 0.123456,
        init_bias: -0.98765,
        optimizer: 'adam',
        learning_rate: 0.0123456,
        batch_size: 120,
        epochs: 2000,
        eval_steps: 1234,
        checkpoint: 'best_dev',
        utm_source: 'x'.repeat(200),
      };
      for (const lang of ['zh', 'en']) {
        const page = await open(lesson({ ...settings, lang }), { dark: true });
        await page.waitForStatus('ready');
        await page.show('ember-share');
        await page.call('step', 3);
        await page.waitForText(words(lang, 'ui.share.card_text'), 'ember-card');
        const picture = await savedPicture(page, words(lang, 'ui.share.card_save'));
        checkPicture(picture, 'iris-step3.png');
        equal(picture.dark, true, 'a dark lab gives a dark picture');
      }
    },
  },
  {
    name: 'where the browser can share pictures, the card offers that and hands over the file and its text',
    browsers: ['chromium'],
    async run({ open, words }) {
      const canShare = `navigator.canShare = ({ files }) => files.every(({ type }) => type === 'image/png');
        navigator.share = async (what) => { globalThis.shared = what; };`;
      const page = await open(lesson(), { before: [canShare] });
      await page.waitForStatus('ready');
      await page.show('ember-share');
      await page.call('step', 20);
      await page.click('button', words('en', 'ui.share.card_share'), 'ember-card');
      const shared = await page.waitFor('what is shared', () => {
        const { files, title, text } = globalThis.shared ?? {};
        return files && { name: files[0].name, bytes: files[0].size, title, text };
      });
      equal(
        [shared.name, shared.title],
        ['iris-step20.png', words('en', 'lesson.title', {}, 'iris')],
        'what is shared',
      );
      ok(shared.bytes > 5000, 'size of the picture', shared.bytes);
      equal(shared.text, await description(page), 'text that goes with it');
    },
  },
];
