/** A table of the reader's own: taken in, refused, learned from, given back. */

import { contains, equal, ok } from '../../browser/support/expect.mjs';
import { openFront } from '../../browser/support/front.mjs';
import { ALL_PARTS, EVERYWHERE } from '../../browser/support/lessons.mjs';
import { crashWorker, KEEP_WORKERS } from '../../browser/support/workers.mjs';
import { boosting } from '../../boosting/browser/support/lesson.mjs';
import { lesson } from './support/lesson.mjs';

/** Three kinds told apart by their length; a column of noise, one of text, one with a gap. */
function table({ rows = 120, delimiter = ',', kinds = ['small', 'middle', 'large'] } = {}) {
  const lines = [['length', 'noise', 'colour', 'gaps', 'kind']];
  for (let row = 0; row < rows; row += 1) {
    const kind = row % 3;
    const length = kind + ((row * 37) % 100) / 150;
    lines.push([length.toFixed(3), (row * 31) % 97, 'red', row === 4 ? '' : row, kinds[kind]]);
  }
  return lines.map((line) => line.join(delimiter)).join('\r\n');
}

/** Gives a file to the lab by the method of the contract; gives the code of the error, or null. */
const load = async (page, name, content) => (await page.load({ name, content }))?.code ?? null;

/** "类别" and the kinds "短", "中", "长" in GB18030, as a spreadsheet in China saves them. */
const IN_GB18030 = {
  类别: [0xc0, 0xe0, 0xb1, 0xf0],
  短: [0xb6, 0xcc],
  中: [0xd6, 0xd0],
  长: [0xb3, 0xa4],
};

function gb18030(text) {
  return [...text.matchAll(/类别|短|中|长|[\x00-\x7f]/g)].flatMap(
    ([sign]) => IN_GB18030[sign] ?? [sign.charCodeAt(0)],
  );
}

export const tests = [
  {
    name: 'the lesson learns from a table of ones own, and goes back to its own data',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(lesson());
      equal(await load(page, 'kinds.csv', table()), null, 'the table is taken');
      await page.waitForText(words('en', 'ui.own_table.taken', { file: 'kinds.csv', encoding: 'UTF-8' }));
      const controls = Object.fromEntries(
        (await page.property('controls')).map(({ name, default: usual }) => [name, usual]),
      );
      equal(
        [controls.dataset, controls.label_column, controls.features, controls.train_size],
        ['own', 'kind', ['length', 'noise'], 96],
        'settings of the table',
      );
      for (const model of ['mlp', 'softmax', 'svm']) {
        const config = { model, dataset: 'own', optimizer: 'adam', learning_rate: 0.05, C: 100 };
        await page.setProperty('config', config);
        await page.call('start');
        const { accuracy, rows } = await page.call('evaluate', 'test');
        equal(rows, 12, `test rows with ${model}`);
        ok(accuracy > 0.9, `test accuracy with ${model}`, accuracy);
        const answer = await page.call('predict', [[0.2, 50]]);
        equal(answer.classes, ['small'], `class of a short one with ${model}`);
      }
      await page.click('button', words('en', 'ui.own_table.back'));
      await page.waitForDefault('dataset', 'iris');
      equal((await page.call('evaluate', 'test')).rows, 15, 'test flowers');
    },
  },
  {
    name: 'a table in GB18030, parted by semicolons, is read as it was written',
    browsers: EVERYWHERE,
    async run({ open, words }) {
      const page = await open(lesson({ lang: 'zh' }));
      const text = table({ delimiter: ';', kinds: ['短', '中', '长'] }).replace('kind', '类别');
      equal(await load(page, 'kinds.csv', gb18030(text)), null, 'the table is taken');
      await page.waitForText(words('zh', 'ui.own_table.taken', { file: 'kinds.csv', encoding: 'GB18030' }));
      const { counts } = await page.call('inspect', 'data', {});
      equal(counts.all, [40, 40, 40], 'rows of each class');
      await page.waitForText('类别');
    },
  },
  {
    name: 'a bad table is refused with its row, and the run under way goes on untouched',
    browsers: EVERYWHERE,
    async run({ open, words }) {
      const page = await open(lesson({ epochs: 2000, eval_steps: 500 }));
      await page.waitForStatus('ready');
      // Paced, so that the run cannot be over before the last look at it, however long the looks take.
      await page.unfold(words('en', 'ui.run.more'), 'ember-run-bar');
      await page.set('combobox', words('en', 'ui.run.pace'), 'watch', 'ember-run-bar');
      await page.click('button', words('en', 'ui.run.start'), 'ember-run-bar');
      await page.waitForStep(21);
      const broken = table().split('\r\n');
      broken[9] = '1,2';
      equal(await load(page, 'broken.csv', broken.join('\n')), 'bad_table', 'code of the error');
      const sentence = words('en', 'errors.table_row_length', {
        file: 'broken.csv',
        row: 10,
        expected: 5,
        found: 2,
      });
      await page.waitForText(sentence);
      equal(await load(page, 'one.csv', 'a,kind\n1,x\n2,x\n3,x\n'), 'bad_table', 'a table of one class');
      equal(
        await load(page, 'bytes.csv', [97, 44, 98, 10, 255, 255, 10]),
        'bad_table',
        'bytes that are no text',
      );
      await page.waitForDefault('dataset', 'iris');
      const { steps } = await page.call('exportRun');
      await page.waitForStep(steps);
      equal(await page.property('status'), 'training', 'status');
      await page.call('pause');
    },
  },
  {
    name: 'an address that asks for a table of ones own gets the flowers and says why',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(lesson({ dataset: 'own', label_column: 'kind', features: 'length' }));
      await page.waitForText(words('en', 'notices.table_missing'));
      equal((await page.call('evaluate', 'test')).rows, 15, 'test flowers');
      contains(await page.text(), words('en', 'ui.own_table.title'), 'the page offers to take a table');
    },
  },
  {
    name: 'what an address sets for a table of ones own leaves the lessons table as it is',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(boosting({ dataset: 'own', drop_columns: 'duration' }));
      await page.waitForText(words('en', 'notices.table_missing'));
      const { config } = await page.call('exportRun');
      equal([config.dataset, config.drop_columns], ['bank', []], 'table and columns left out');
    },
  },
  {
    name: 'a new worker fetches no file of the lesson for a run on a table of ones own',
    browsers: ['chromium'],
    async run({ open, siteUrl, atEnd }) {
      const front = await openFront(siteUrl);
      atEnd(front.close);
      const path = boosting({ hide: ALL_PARTS, num_iterations: '5' });
      const page = await open(`${front.url}${path}`, { before: [KEEP_WORKERS] });
      await page.waitForStatus('ready');
      const bank = () => front.requests.filter((path) => path.endsWith('/bank.bin')).length;
      equal(bank(), 1, 'requests for the table of the lesson');
      equal(await load(page, 'kinds.csv', table()), null, 'the table is taken');
      await page.call('step', 2);
      front.requests.length = 0;
      await page.evaluate(crashWorker);
      await page.call('start');
      equal((await page.call('evaluate', 'test')).rows, 24, 'test rows');
      ok(
        front.requests.some((path) => path.endsWith('/pkg/trees/emberbook.js')),
        'a new worker was started',
        front.requests,
      );
      const files = front.requests.filter((path) => path.includes('/data/'));
      equal(files, [], 'files of lessons that the new worker asked for');
    },
  },
  {
    name: 'the record of a run on a table of ones own is not made again on the lessons table',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(lesson({ epochs: 3 }));
      equal(await load(page, 'kinds.csv', table()), null, 'the table is taken');
      contains(await page.evaluate(() => location.search), 'dataset=own', 'the address');
      await page.call('start');
      const record = JSON.stringify(await page.call('exportRun'));
      await page.click('button', words('en', 'ui.own_table.back'));
      // The table is still at hand only where it was not given back.
      await page.waitForDefault('dataset', 'iris');
      await page.call('step', 5);
      equal(await load(page, 'run.json', record), 'own_data_missing', 'code of the error');
      equal((await page.call('exportRun')).steps, 5, 'steps of the run, which is as it was');
      equal(await load(page, 'kinds.csv', table()), null, 'the table is taken again');
      equal(await load(page, 'run.json', record), null, 'the record is taken');
      await page.waitForText(words('en', 'ui.messages.replay_equal', { file: 'run.json', steps: 18 }));
    },
  },
  {
    name: 'a run from imported weights on a table of ones own is taken up again on that table',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(lesson({ epochs: 3 }));
      equal(await load(page, 'kinds.csv', table()), null, 'the table is taken');
      await page.call('start');
      await page.takeOwnWeights();
      await page.call('step', 4);
      await page.call('reset');
      const resume = words('en', 'ui.runs.resume');
      const [first] = (await page.names('button', 'ember-runs')).filter((name) => name.startsWith(resume));
      await page.click('button', first, 'ember-runs');
      await page.waitForStatus('paused');
      const { config, steps } = await page.call('exportRun');
      equal([config.dataset, steps], ['own', 4], 'data and steps of the run');
      equal((await page.call('evaluate', 'test')).rows, 12, 'test rows');
    },
  },
];
