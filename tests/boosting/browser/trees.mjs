/** The boosting lesson: the same trees in every browser, a model of LightGBM's, a table of one's own, a tree split by split. */

import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { names, read, trees } from './support/sets.mjs';
import { equal, ok } from '../../browser/support/expect.mjs';
import { ALL_PARTS, EVERYWHERE } from '../../browser/support/lessons.mjs';
import { boosting } from './support/lesson.mjs';
import { KEEP_WORKERS } from '../../browser/support/workers.mjs';
import { words } from '../../browser/support/words.mjs';

/** tests/oracles/boosting_lightgbm.py `bank`. */
const BANK = new URL('../../fixtures/boosting_bank/', import.meta.url);

/** FNV-1a over the model file of the run below, as tests/boosting/lab.rs has it natively. */
const MODEL_HASH = 'd2730a7c878a978c';
const HASHED_RUN = { num_iterations: '12', num_leaves: '15', seed: '3', hide: ALL_PARTS };

function hashed(bytes) {
  let hash = 0xcbf29ce484222325n;
  for (const byte of bytes) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16);
}

export const tests = [
  {
    name: 'trees are the same bytes natively and in every browser',
    browsers: EVERYWHERE,
    async run({ open }) {
      const page = await open(boosting(HASHED_RUN));
      await page.waitForStatus('ready');
      await page.call('start');
      const bytes = await page.call('exportModel', 'lightgbm');
      equal(hashed(bytes), MODEL_HASH, 'hash of the model file');
      const { auc, rows } = await page.call('evaluate', 'valid');
      ok(auc > 0.85, 'validation AUC with the leaking column', auc);
      equal(rows, 904, 'validation rows');
      // Back to a checkpoint and on again: the same trees.
      await page.call('reset');
      await page.call('step', 5);
      await page.call('start');
      equal((await page.call('history')).length, 12, 'rounds recorded');
    },
  },
  {
    name: 'every set has the trees and the scores of LightGBM',
    browsers: ['chromium'],
    async run({ open }) {
      const page = await open(boosting({ hide: ALL_PARTS }));
      await page.waitForStatus('ready');
      ok(names.length >= 12, 'number of sets', names.length);
      for (const name of names) {
        const { given, model, raw } = read(name);
        const found = await page.call('inspect', 'replay', given);
        equal(trees(found.model), trees(model), `trees of ${name}`);
        equal(found.raw.slice(0, raw.length), raw, `raw scores of ${name}`);
      }
    },
  },
  {
    name: 'a model of LightGBM is taken in and predicts what LightGBM predicts',
    browsers: ['chromium'],
    async run({ open }) {
      const model = [...gunzipSync(readFileSync(new URL('model.txt.gz', BANK)))];
      const { csv, raw } = JSON.parse(readFileSync(new URL('outputs.json', BANK), 'utf8'));
      const page = await open(boosting({ hide: ALL_PARTS }));
      await page.waitForStatus('ready');
      equal(await page.importModel(model), null, 'what a good model is refused for');
      const { predictions } = await page.call('predict', { csv, raw_score: true });
      equal(predictions, raw, 'raw scores');
      const { predictions: parts } = await page.call('predict', { csv, pred_contrib: true });
      parts.forEach((of, row) => {
        const sum = of.reduce((one, other) => one + other, 0);
        ok(Math.abs(sum - raw[row]) < 1e-9, `contributions of row ${row}`, sum);
      });
      const cut = await page.importModel(model.slice(0, model.length / 2));
      equal(cut, 'bad_model_file', 'a model that is cut off');
      equal((await page.call('predict', { csv, raw_score: true })).predictions, raw, 'scores afterwards');
    },
  },
  {
    name: 'a worker that ends in the middle of a batch transform is replaced, and the file goes through',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(boosting({ num_iterations: 8 }), { before: [KEEP_WORKERS] });
      await page.call('start');
      await page.show('ember-inside');
      await page.openTab(words('en', 'ui.inside.batch'), 'ember-inside');
      const part = 'ember-batch-transform';
      await page.set('combobox', words('en', 'ui.batch.source.label'), 'all', part);
      // Each row a request, so that the answers come in several parts.
      await page.set('combobox', 'strategy', 'SingleRecord', part);
      const transformed = async () => {
        await page.click('button', words('en', 'ui.batch.run'), part);
        await page.waitForText(words('en', 'ui.batch.output'), part);
        return page.text(part);
      };
      const whole = await transformed();
      // From the second request for answers on, the worker is gone.
      await page.evaluate(() => {
        const worker = emberWorkers.at(-1);
        const { postMessage } = worker;
        let asked = 0;
        worker.postMessage = function (message, ...rest) {
          if (message?.args?.what === 'batch' && ++asked === 2) this.terminate();
          return postMessage.call(this, message, ...rest);
        };
      });
      equal(await transformed(), whole, 'what the transform came to');
      equal(await page.evaluate(() => emberWorkers.length), 2, 'workers that were made');
    },
  },
  {
    name: 'the largest seed draws as any other',
    browsers: ['chromium'],
    async run({ open }) {
      const largest = 4_294_967_295;
      const auc = async (seed) => {
        await page.setProperty('seed', seed);
        await page.call('start');
        equal((await page.call('exportRun')).config.seed, seed, 'seed of the run');
        return (await page.call('evaluate', 'valid')).auc;
      };
      const page = await open(boosting({ num_iterations: 3, bagging_fraction: 0.5, bagging_freq: 1 }));
      await page.waitForStatus('ready');
      const [first, again, other] = [await auc(largest), await auc(largest), await auc(largest - 1)];
      equal(again, first, 'validation AUC of the same seed');
      ok(other !== first, 'validation AUC of another', other);
    },
  },
  {
    name: 'a table with texts and gaps is learned from, and bad ones are refused',
    browsers: ['chromium'],
    async run({ open }) {
      const page = await open(boosting({ hide: 'story', num_iterations: '5' }));
      await page.waitForStatus('ready');
      const load = async (name, content) => {
        const error = await page.load({ name, content });
        if (!error) return 'taken';
        const { reason, row, column } = error.details;
        return [error.code, reason, row, column].join(' ');
      };
      const rows = Array.from(
        { length: 300 },
        (_, row) => `${row % 19},${['red', '蓝', ''][row % 3]},${row % 19 > 9 ? 'yes' : 'no'}`,
      );
      equal(await load('own.csv', ['size,colour,bought', ...rows].join('\n')), 'taken', 'a good table');
      await page.call('start');
      equal((await page.call('evaluate', 'test')).auc, 1, 'AUC on a table that can be told');
      const numbers = rows.map((line, row) => (row === 40 ? `many${line.slice(line.indexOf(','))}` : line));
      const stray = { name: 'stray.csv', content: ['size,colour,bought', ...numbers].join('\n') };
      const [{ doubts }] = (await page.taken(stray)).columns;
      equal(
        doubts.map(({ doubt, count, of, example, row }) => [doubt, count, of, example, row]),
        [['not_numbers', 1, 300, 'many', 42]],
        'a text among numbers',
      );
      await page.call('start');
      equal((await page.call('evaluate', 'test')).auc, 1, 'AUC with a text among numbers');
      for (const [text, found] of [
        ['a,a\n1,2\n', 'bad_table duplicate_name 1 2'],
        ['a,b\n1,x\n1,x\n', 'bad_table nothing_to_tell 1 '],
        ['a,b\n1,"x\n', 'bad_table unclosed_quote 2 '],
        ['a,b\n1\n', 'bad_table row_length 2 '],
      ])
        equal(await load('bad.csv', text), found, text.slice(0, 30));
      equal((await page.call('evaluate', 'test')).auc, 1, 'the run is as it was');
      equal(await load('a.svm', '1 1:2 2:0.5\n0 1:3\n1 2:0.25\n0 1:5\n'.repeat(20)), 'taken', 'LibSVM');
    },
  },
  {
    name: 'a tree grows split by split, and its columns, curves and scores are shown',
    browsers: ['chromium'],
    async run({ open }) {
      for (const language of ['en', 'zh']) {
        const page = await open(boosting({ lang: language, num_iterations: '5' }));
        await page.waitForStatus('ready');
        const tab = (name) => page.openTab(words(language, `ui.inside.${name}`));
        await tab('growth');
        await page.waitForText(words(language, 'ui.growth.next_split'), 'ember-tree-growth');
        await page.click('button', words(language, 'ui.growth.next_split'));
        await page.waitForText('duration ≤', 'ember-tree-growth');
        await page.click('button', words(language, 'ui.growth.whole'));
        await page.waitForText(words(language, 'ui.growth.over'), 'ember-tree-growth');
        await page.click('button', words(language, 'ui.exact_search.measure'));
        await page.waitForText(words(language, 'ui.exact_search.exact'), 'ember-exact-search');
        await page.call('start');
        await tab('importance');
        await page.waitForText(words(language, 'ui.importance.odd'), 'ember-importance');
        await tab('answers');
        await page.waitForText(words(language, 'ui.answers.threshold'), 'ember-answer-curves');
        await tab('contributions');
        await page.waitForText(words(language, 'ui.contributions.adds'), 'ember-contributions');
        await tab('trees');
        await page.waitForText(words(language, 'ui.trees.file'), 'ember-all-trees');
        await tab('rules');
        await page.click('button', words(language, 'ui.rules.add'));
        await page.waitForText(words(language, 'ui.rules.remove'), 'ember-rules');
        await tab('job');
        await page.click('button', words(language, 'ui.job.start'));
        await page.waitForText("[5] valid_0's auc", 'ember-training-job');
        await tab('batch');
        await page.click('button', words(language, 'ui.batch.run'));
        await page.waitForText(words(language, 'ui.batch.output'), 'ember-batch-transform');
      }
    },
  },
  {
    name: 'the module of trees is enough: no other comes and no GPU is asked for',
    browsers: ['chromium'],
    async run({ open }) {
      const page = await open('?lang=en');
      const { native } = page.driver;
      const loaded = [];
      await native.route('**/pkg/**/*.wasm', (route) => {
        loaded.push(/pkg\/([a-z]+)\//.exec(route.request().url())[1]);
        return route.continue();
      });
      await page.goto(boosting({ num_iterations: '3', backend: 'webgpu', hide: ALL_PARTS }));
      await page.waitForStatus('ready');
      const { kind, reason } = await page.property('device');
      equal([kind, reason], ['cpu', 'no_tensors'], 'device');
      await page.call('start');
      await native.unroute('**/pkg/**/*.wasm');
      equal(
        loaded.filter((module) => module !== 'plot'),
        ['trees'],
        'modules of the worker',
      );
    },
  },
  {
    name: 'the preset of the document shows an AUC that means nothing',
    browsers: ['chromium'],
    async run({ open }) {
      const page = await open(boosting({ preset: 'document' }));
      await page.waitForStatus('ready');
      await page.call('start');
      equal((await page.call('evaluate', 'test')).auc, 1, 'AUC without any buyer');
      await page.openTab(words('en', 'ui.inside.answers'));
      await page.waitForText(words('en', 'ui.answers.empty'), 'ember-answer-curves');
    },
  },
];
