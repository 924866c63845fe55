/** A row that is filled in and a table that is dropped are answered, by a trained model and by one that is loaded. */

import { readFileSync } from 'node:fs';
import { equal, ok } from '../../browser/support/expect.mjs';
import { caught } from '../../browser/support/downloads.mjs';
import { words } from '../../browser/support/words.mjs';
import { boosting } from './support/lesson.mjs';

const CASES = new URL('../../fixtures/boosting_models/cases/', import.meta.url);
const FORM = 'ember-predict-row';
const SHORT = { num_iterations: '5', hide: 'story,code,goals' };

/** The file that comes back for one that is given. */
async function answered(page, language, name, content) {
  await page.pick(name, content, FORM);
  const file = name.replace(/\.\w+$/, '-answered.csv');
  await page.waitForText(words(language, 'ui.predict_row.save', { file }), FORM);
  const { bytes } = await caught(page, words(language, 'ui.predict_row.save', { file }), FORM);
  return Buffer.from(bytes).toString('utf8');
}

export const tests = [
  ...['en', 'zh'].map((language) => ({
    name: `a row and a table are predicted by what was trained, in ${language}`,
    browsers: ['chromium'],
    async run({ open }) {
      const page = await open(boosting({ lang: language, dataset: 'products', ...SHORT }));
      await page.waitForStatus('ready');
      await page.show(FORM);
      await page.waitForText(words(language, 'ui.predict_row.untrained'), FORM);
      await page.call('start');
      await page.waitForText(words(language, 'ui.predict_row.intro'), FORM);
      const class_ = '是';
      await page.waitForText(words(language, 'ui.predict_row.probability', { class: class_ }), FORM);
      await page.waitForText(words(language, 'ui.predict_row.because'), FORM);
      const table = '城市;备注;年龄;商品ID\r\n上海;"a; b";24;P01\r\n\r\n沈阳;;70;P01\r\n火星;c;24;P01\r\n';
      const text = await answered(page, language, 'people.csv', table);
      const lines = text.split('\r\n');
      equal(lines[0], '城市;备注;年龄;商品ID;probability', 'header');
      const { predictions } = await page.call('predict', { csv: table });
      equal(lines[1], `上海;"a; b";24;P01;${predictions[0]}`, 'first row');
      equal(
        [lines[2], lines[3]],
        ['', `沈阳;;70;P01;${predictions[1]}`],
        'a blank line, and the row behind it',
      );
      await page.waitForText(words(language, 'ui.predict_row.extra', { columns: '备注' }), FORM);
      const unknown = { row: 5, column: '城市', value: '火星' };
      await page.waitForText(words(language, 'ui.predict_row.unknown_one', unknown), FORM);
      await page.pick('bad.csv', '城市,年龄\n上海,24\n', FORM);
      await page.waitForText(words(language, 'errors.columns_do_not_fit', { expected: '商品ID' }), FORM);
    },
  })),
  {
    name: 'a model works without its table: trees, form and a table that is dropped',
    browsers: ['chromium'],
    async run({ open }) {
      const page = await open(boosting({ lang: 'en', ...SHORT }));
      await page.waitForStatus('ready');
      const model = readFileSync(new URL('pandas_order.txt', CASES), 'utf8');
      const csv = readFileSync(new URL('pandas_order.csv', CASES), 'utf8');
      const raw = readFileSync(new URL('pandas_order_raw.txt', CASES), 'utf8').trim().split('\n').map(Number);
      equal(
        await page.load({ name: 'model.txt', content: `\ufeff${model.replaceAll('\n', '\r\n')}` }),
        null,
        'load',
      );
      equal((await page.call('predict', { csv, raw_score: true })).predictions, raw, 'raw scores');
      await page.show(FORM);
      await page.waitForText('region', FORM);
      const text = await answered(page, 'en', 'rows.csv', csv);
      const [header, first] = text.split('\n');
      equal(header, 'region,x,y,probability', 'header');
      ok(Math.abs(Number(first.split(',').at(-1)) - 1 / (1 + Math.exp(-raw[0]))) < 1e-12, 'first row', first);
      await page.openTab(words('en', 'ui.inside.trees'));
      await page.waitForText('region', 'ember-tree-drawing');
      await page.openTab(words('en', 'ui.inside.answers'));
      await page.waitForText('region', 'ember-answer-curves');
    },
  },
  ...['en', 'zh'].map((language) => ({
    name: `no step and no epoch stands on the page of boosting, in ${language}`,
    browsers: ['chromium'],
    async run({ open }) {
      const page = await open(boosting({ lang: language, num_iterations: '5' }));
      await page.waitForStatus('ready');
      await page.call('step', 2);
      await page.call('start');
      const text = await page.text('ember-lab');
      const found = text.match(
        language === 'en' ? /.{0,40}\b(steps?|epochs?)\b.{0,40}/gi : /.{0,20}[0-9每几走] ?步.{0,20}/g,
      );
      equal(found, null, 'where steps or epochs are spoken of');
    },
  })),
  {
    name: 'a tree is drawn with its rows, and the AUC stands with its interval',
    browsers: ['chromium'],
    async run({ open }) {
      const page = await open(boosting({ lang: 'en', ...SHORT }));
      await page.waitForStatus('ready');
      await page.call('start');
      await page.openTab(words('en', 'ui.inside.trees'));
      await page.waitForText('duration ≤', 'ember-tree-drawing');
      const { nodes, leaves } = await page.call('inspect', 'trees', { tree: 0 });
      // Splits and leaves.
      await page.waitForCount(nodes.length + leaves.length, 'button', null, 'ember-tree-drawing');
      await page.openTab(words('en', 'ui.inside.growth'));
      await page.waitForText('Tree 1:', 'ember-tree-growth');
      const { auc, auc_interval: interval } = await page.call('inspect', 'answers', {});
      ok(interval[0] < auc && auc < interval[1] && interval[1] - interval[0] < 0.1, 'interval', interval);
      await page.openTab(words('en', 'ui.inside.answers'));
      await page.waitForText('DeLong', 'ember-answer-curves');
    },
  },
];
