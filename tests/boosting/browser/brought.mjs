/**
 * Training sets and model files that went wrong once, in the page: the trees and the answers are LightGBM's
 * (tests/oracles/boosting_differential.py, tests/fixtures/boosting_models/cases).
 */

import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { equal, ok } from '../../browser/support/expect.mjs';
import { ALL_PARTS } from '../../browser/support/lessons.mjs';
import { boosting } from './support/lesson.mjs';
import { trees } from './support/sets.mjs';

const CASES = new URL('../../fixtures/boosting_models/cases/', import.meta.url);
const SETS = new URL('../../../crates/gbdt/tests/cases.jsonl.gz', import.meta.url);

/** JSON knows no infinity; any code from 2³¹ on is missing to LightGBM, as an infinite one is. */
const LARGEST = 1e300;

/** A cell as `inspect('replay')` takes it. */
const cell = (text) => (text === 'nan' ? null : text === 'inf' ? LARGEST : Number(text));
const cells = (text) => text.split(' ').map(cell);

/** A set as the lab trains it, with LightGBM's model and raw scores. */
function setOf(line) {
  const { set, params, rounds, categorical, valid, columns, label, weight, asked, model, raw } =
    JSON.parse(line);
  const given = {
    columns: columns.map((values, index) => ({
      name: `Column_${index}`,
      values: cells(values),
      categorical: categorical.includes(index),
    })),
    labels: cells(label),
    weights: weight ? cells(weight) : null,
    valid_rows: valid,
    parameters: params,
    rounds,
    metrics: asked,
  };
  return { set, given, model, raw: cells(raw) };
}

const sets = gunzipSync(readFileSync(SETS)).toString().trimEnd().split('\n').map(setOf);

export const tests = [
  {
    name: 'sets that went wrong once have the trees and the scores of LightGBM',
    browsers: ['chromium'],
    async run({ open }) {
      const page = await open(boosting({ hide: ALL_PARTS }));
      await page.waitForStatus('ready');
      ok(sets.length >= 10, 'number of sets', sets.length);
      for (const { set, given, model, raw } of sets) {
        const found = await page.call('inspect', 'replay', given);
        equal(trees(found.model), trees(model), `trees of set ${set}`);
        equal(found.raw.slice(0, raw.length), raw, `raw scores of set ${set}`);
      }
    },
  },
  {
    name: 'a row to judge by whose class is none of the model’s is refused, and the worker stays',
    browsers: ['chromium'],
    async run({ open }) {
      const page = await open(boosting({ hide: ALL_PARTS }));
      await page.waitForStatus('ready');
      const rows = Array.from({ length: 48 }, (_, row) => row);
      const given = {
        columns: [{ name: 'Column_0', values: rows, categorical: false }],
        labels: rows.map((row) => (row === 47 ? 7 : row % 3)),
        weights: null,
        valid_rows: 1,
        parameters: { objective: 'multiclass', num_class: 3 },
        rounds: 1,
        metrics: ['multi_logloss'],
      };
      const refused = await page.failure('inspect', 'replay', given);
      equal(refused.code, 'bad_label', 'code');
      const labels = given.labels.with(47, 2);
      ok(
        (await page.call('inspect', 'replay', { ...given, labels })).model.includes('num_class=3'),
        'it trains',
      );
    },
  },
  {
    name: 'model files of every age and way of writing are read, and predict alone',
    browsers: ['chromium'],
    async run({ open }) {
      const page = await open(boosting({ num_iterations: '2', hide: ALL_PARTS }));
      await page.waitForStatus('ready');
      const names = ['bom', 'infinity', 'nan_ind', 'no_version', 'own_loss_three_classes', 'version_2'];
      for (const name of names) {
        const content = [...readFileSync(new URL(`${name}.txt`, CASES))];
        equal(await page.load({ name: `${name}.txt`, content }), null, `what loading ${name} rejects with`);
        const model = await page.call('exportModel', 'lightgbm');
        ok(Buffer.from(model).toString().startsWith('tree\n'), `${name} written again`);
      }
      for (const name of ['numbers_and_truths', 'pandas_order']) {
        const content = [...readFileSync(new URL(`${name}.txt`, CASES))];
        equal(await page.load({ name: `${name}.txt`, content }), null, `what loading ${name} rejects with`);
        const csv = readFileSync(new URL(`${name}.csv`, CASES), 'utf8');
        const { predictions, unknown } = await page.call('predict', { csv });
        const rows = csv.trimEnd().split(/\r?\n/).length - 1;
        equal([predictions.length, unknown], [rows, []], `answers of ${name}`);
      }
    },
  },
];
