/** A table of the reader's own: taken in, refused, learned from, given back. */

import { contains, equal, ok } from '../../browser/support/expect.mjs';
import { EVERYWHERE } from '../../browser/support/lessons.mjs';
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
    browsers: EVERYWHERE,
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
      await page.set('combobox', words('en', 'ui.run.pace'), 'watch', 'ember-run-bar');
      await page.begin();
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
];
