/** Weights and run records: out of the lab and in again. */

import { openChartMenu } from '../support/charts.mjs';
import { download } from '../support/downloads.mjs';
import { canonical, contains, equal, ok } from '../support/expect.mjs';
import { lesson, TOTAL_STEPS } from '../../iris/browser/support/lesson.mjs';
import { EVERYWHERE } from '../support/lessons.mjs';

const PART = 'ember-export';

/** The head of a safetensors file: 8 bytes of length, then JSON. */
function headOf(bytes) {
  const file = Buffer.from(bytes);
  const length = Number(file.readBigUInt64LE(0));
  return { head: JSON.parse(file.toString('utf8', 8, 8 + length)), data: file.subarray(8 + length) };
}

export const tests = [
  {
    name: 'weights go out as safetensors and burnpack, and come in again',
    browsers: ['chromium', 'firefox'],
    async run({ open, words }) {
      const page = await open(lesson());
      await page.call('start');
      const trained = await page.call('evaluate', 'train');
      const safetensors = await page.call('exportModel', 'safetensors');
      const burnpack = await page.call('exportModel', 'burnpack');

      const { head, data } = headOf(safetensors);
      const { __metadata__: metadata, ...tensors } = head;
      equal(
        Object.fromEntries(
          Object.entries(tensors).map(([name, { dtype, shape }]) => [name, [dtype, ...shape]]),
        ),
        {
          'fc1.weight': ['F32', 6, 4],
          'fc1.bias': ['F32', 6],
          'fc2.weight': ['F32', 3, 6],
          'fc2.bias': ['F32', 3],
        },
        'tensors of the safetensors file',
      );
      equal(data.length, 51 * 4, 'bytes of 51 numbers');
      const about = JSON.parse(metadata.emberbook);
      ok(
        about.lesson === 'iris' && canonical(about).includes(String(TOTAL_STEPS)),
        'metadata of the file',
        about,
      );

      for (const [name, bytes] of Object.entries({ 'iris.safetensors': safetensors, 'iris.bpk': burnpack })) {
        await page.call('reset');
        const fresh = await page.call('evaluate', 'train');
        ok(fresh.accuracy < trained.accuracy, 'a reset network knows less', fresh);
        await page.pick(name, bytes, PART);
        await page.waitForText(words('en', 'ui.messages.model_imported', { file: name }));
        equal(await page.call('evaluate', 'train'), trained, `figures with the weights of ${name}`);
        equal(await page.call('history'), [], 'the run begins anew');
      }
      // The same by the method.
      await page.call('reset');
      equal(await page.importModel(safetensors), null, 'what importModel rejects with');
      equal(await page.call('evaluate', 'train'), trained, 'figures after importModel');
      await page.call('start');
      equal((await page.call('exportRun')).steps, TOTAL_STEPS, 'steps of the run from imported weights');
    },
  },
  {
    name: 'files that cannot be used are named, and nothing is lost',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(lesson());
      await page.call('step', 30);
      const history = canonical(await page.call('history'));
      const outcome = async (name, content) => (await page.load({ name, content }))?.code;
      equal(await outcome('notes.docx', 'hello'), 'unknown_file', 'code for a file of another kind');
      equal(await outcome('bad.safetensors', 'not a tensor'), 'bad_model', 'code for broken safetensors');
      equal(await outcome('bad.bpk', 'not a tensor'), 'bad_model', 'code for a broken burnpack');
      equal(await outcome('bad.json', '{"emberbook": 2}'), 'bad_record', 'code for JSON that is no record');
      equal((await page.failure('exportModel', 'hdf5')).code, 'unknown_format', 'code for an unknown format');
      await page.pick('notes.docx', 'hello', PART);
      await page.waitForText(words('en', 'errors.unknown_file', { file: 'notes.docx' }));
      await page.pick('bad.json', 'no JSON at all', PART);
      await page.waitForText(words('en', 'errors.bad_record', { file: 'bad.json' }));
      ok(canonical(await page.call('history')) === history, 'the history is as it was');
      await page.call('start');
      equal(await page.property('status'), 'done', 'status of the run that goes on');
    },
  },
  {
    name: 'weights for another network are refused',
    browsers: ['chromium'],
    async run({ open }) {
      const page = await open(lesson({ hidden: '7' }));
      const foreign = await page.call('exportModel', 'safetensors');
      await page.goto(lesson());
      await page.call('step', 3);
      equal(
        await page.importModel(foreign),
        'bad_model',
        'code for weights of 7 hidden units in a network of 6',
      );
      equal((await page.call('exportRun')).steps, 3, 'steps of the run that was there');
    },
  },
  {
    name: 'a run record goes out, comes in, and is made again bit for bit',
    browsers: EVERYWHERE,
    async run({ open, words }) {
      const page = await open(lesson({ seed: 5, hidden: '8,4', learning_rate: 0.5 }));
      await page.call('step', 333);
      const record = await page.call('exportRun');
      await page.goto(lesson());
      await page.waitForStatus('ready');
      await page.pick('run.json', JSON.stringify(record), PART);
      await page.waitForText(words('en', 'ui.messages.replay_equal', { file: 'run.json', steps: 333 }));
      const replayed = await page.call('exportRun');
      equal(replayed.config, record.config, 'settings of the run made again');
      ok(canonical(replayed.history) === canonical(record.history), 'the histories are equal');
      equal((await page.search()).hidden, '8,4', 'the address after a replay');

      record.history.find(({ step, loss }) => step === 100 && loss !== undefined).loss += 1e-9;
      await page.pick('forged.json', JSON.stringify(record), PART);
      await page.waitForText(words('en', 'ui.messages.replay_differs', { file: 'forged.json', step: 100 }));
    },
  },
  {
    name: 'the buttons save weights, records and charts',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(lesson());
      await page.call('start');
      const saved = (name, within) => download(page, name, within);
      const weights = await saved(words('en', 'ui.export.weights', { format: 'safetensors' }), PART);
      contains(weights.name, /^iris.*\.safetensors$/, 'name of the weights');
      ok('fc1.weight' in headOf(weights.bytes).head, 'the weights hold fc1.weight');
      const burnpack = await saved(words('en', 'ui.export.weights', { format: 'burnpack' }), PART);
      contains(burnpack.name, /\.bpk$/, 'name of the burnpack');
      const run = await saved(words('en', 'ui.export.run'), PART);
      contains(run.name, /\.json$/, 'name of the record');
      equal(JSON.parse(run.bytes).steps, TOTAL_STEPS, 'steps in the record');

      const loss = words('en', 'charts.loss.title');
      const named = await openChartMenu(page, (key) => words('en', key), loss, 'ember-charts');
      const svg = await saved(named('svg'), 'ember-charts');
      contains(svg.bytes.toString('utf8', 0, 400), '<svg', 'the chart as SVG');
      const csv = await saved(named('csv'), 'ember-charts');
      const lines = csv.bytes.toString('utf8').trim().split(/\r?\n/);
      ok(lines.length > TOTAL_STEPS, 'the chart as CSV holds a line for each step', lines.length);
    },
  },
];
