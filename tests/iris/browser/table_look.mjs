/** A table of the reader's own as it is found: by the method, which asks nobody, and on the page, which asks. */

import { readFileSync } from 'node:fs';
import { checkWithAxe, LANGUAGES } from '../../browser/support/axe.mjs';
import { contains, equal, ok } from '../../browser/support/expect.mjs';
import { checkFits, PHONE } from '../../browser/support/overflow.mjs';
import { boosting } from '../../boosting/browser/support/lesson.mjs';
import { lesson } from './support/lesson.mjs';

const LOOK = 'ember-table-look';

const fixture = (name) => [...readFileSync(`tests/fixtures/tables/${name}`)];

/** Rows of two measurements and a kind, as penguins have them: gaps, an ID, two columns of words. */
function penguins() {
  const lines = ['rowid,species,island,bill,flipper,sex'];
  for (let row = 0; row < 90; row += 1) {
    const kind = row % 3;
    const measured = row % 40 === 3 ? 'NA,NA' : `${38 + 4 * kind}.${row % 9},${180 + 10 * kind + (row % 7)}`;
    lines.push(
      `${row + 1},${['Adelie', 'Chinstrap', 'Gentoo'][kind]},${['Biscoe', 'Dream'][row % 2]},${measured},NA`,
    );
  }
  return lines.join('\n');
}

/** 长 and 宽 in GB 2312, which are signs of Big5 too. */
const AMBIGUOUS = [
  0xb3,
  0xa4,
  0x2c,
  0xbf,
  0xed,
  0x2c,
  0x6b,
  ...Buffer.from('\n1.5,2,a\n2.5,3,b\n3.5,4,a\n4.5,5,b\n5.5,6,a\n6.5,7,b\n'),
];

/** As Big5 has them. */
const IN_BIG5 = new TextDecoder('big5').decode(Uint8Array.from(AMBIGUOUS.slice(0, 5)));

const doubtsOf = ({ found, columns }) => [...found.doubts, ...columns.flatMap(({ doubts }) => doubts)];

export const tests = [
  {
    name: 'files that spreadsheets and people write are read, and what was guessed is the answer',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(lesson({ model: 'softmax', hide: 'experiments' }));
      const cases = [
        ['semicolon.csv', { delimiter: ';', decimal: 'comma', encoding: 'utf-8' }, ['width', 'height'], []],
        ['excel_sep_line.csv', { delimiter: ';', decimal: 'point' }, ['width', 'height'], []],
        ['units_row.csv', { header: true }, ['width', 'height'], [['units_row', 2]]],
        ['headerless.csv', { header: false }, ['column_1', 'column_2'], [['no_header', 1]]],
        ['label_one_gap.csv', { header: true }, ['width', 'height'], []],
        ['western_windows1252.csv', { encoding: 'windows-1252' }, ['Größe', 'Höhe'], []],
        ['fine_and_large_columns.csv', { decimal: 'point' }, ['mass_g', 'thickness_m'], []],
      ];
      for (const [name, found, features, doubts] of cases) {
        const look = await page.taken({ name, content: fixture(name) });
        for (const [fact, value] of Object.entries(found))
          equal(look.found[fact], value, `${fact} of ${name}`);
        const used = look.columns.filter(({ used }) => used).map(({ name }) => name);
        equal(used, features, `features of ${name}`);
        equal(
          look.found.doubts.map(({ doubt, row }) => [doubt, row]),
          doubts,
          `doubts about ${name}`,
        );
        equal(look.label, look.columns.at(-1).name, `label of ${name}`);
        equal(
          (await page.call('inspect', 'data', {})).features,
          features,
          `features learned from in ${name}`,
        );
      }
      // The last of them: figures as fine as the file has them, and sliders that reach each value.
      const data = await page.call('inspect', 'data', {});
      equal(data.rows[0], [12345.678, 0.0012], 'the first row');
      const steps = await page.steps('slider', 'ember-flower-predict');
      equal(steps, ['0.001', '0.0001'], 'steps of the sliders');
      contains(await page.text('ember-own-table'), '12,345.68', 'the smallest mass');
      await page.waitForText(
        words('en', 'ui.own_table.taken', { file: 'fine_and_large_columns.csv', encoding: 'UTF-8' }),
      );
    },
  },
  {
    name: 'values set in Predict do not survive into the next table',
    browsers: ['chromium'],
    async run({ open }) {
      const page = await open(lesson({ model: 'softmax', hide: 'experiments' }));
      await page.taken({ name: 'one.csv', content: fixture('semicolon.csv') });
      const mean = await page.values('slider', 'ember-flower-predict');
      await page.set('slider', 'width', '1.5', 'ember-flower-predict');
      equal((await page.values('slider', 'ember-flower-predict'))[0], '1.5', 'the value set');
      await page.taken({ name: 'two.csv', content: fixture('semicolon.csv') });
      equal(await page.values('slider', 'ember-flower-predict'), mean, 'the values of the next table');
      // Names that objects have of their own.
      const rows = Array.from(
        { length: 12 },
        (_, row) => `${row % 4}.5,${row % 3},${['fern', 'kelp'][row % 2]}`,
      );
      await page.taken({ name: 'names.csv', content: ['constructor,__proto__,kind', ...rows].join('\n') });
      await page.waitForText('constructor', 'ember-flower-predict');
      equal(await page.values('slider', 'ember-flower-predict'), ['2', '1'], 'the means');
    },
  },
  {
    name: 'the page asks about a table before it learns from it, by keyboard too',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(lesson({ model: 'softmax', hide: 'experiments' }));
      const t = (key, fill) => words('en', `ui.table_look.${key}`, fill);
      await page.waitForStatus('ready');
      await page.pick('penguins.csv', penguins(), 'ember-own-table');
      await page.waitForText(t('title', { file: 'penguins.csv', rows: 90, columns: 6 }), LOOK);
      equal((await page.focused()).role, 'heading', 'what has the focus');
      equal(
        (await page.property('controls')).find(({ name }) => name === 'dataset').default,
        'iris',
        'the data so far',
      );
      equal(await page.values('combobox', LOOK).then((values) => values.slice(0, 5)), [
        ...['utf-8', ',', 'point', 'names', 'species'],
      ]);
      contains(await page.text(LOOK), t('doubts.id', { example: '1' }), 'an ID');
      // Another label, and another way with gaps; sex, which holds nothing, can be neither.
      await page.set('combobox', t('label'), 'island', LOOK);
      await page.set('combobox', words('en', 'controls.gaps.label', {}, 'iris'), 'train_mean', LOOK);
      await page.focus('checkbox', 'flipper', LOOK);
      await page.press('Space');
      await page.waitForText(t('learns_from', { columns: 1 }), LOOK);
      await page.focus('button', t('learn'), LOOK);
      await page.press('Enter');
      await page.waitForDefault('dataset', 'own');
      const { config } = await page.call('exportRun');
      equal(
        [config.label_column, config.features, config.gaps],
        ['island', ['bill'], 'train_mean'],
        'what is learned from',
      );
      equal((await page.call('inspect', 'data', {})).total, 90, 'rows');
      await page.waitForCount(0, 'button', t('learn'), 'ember-own-table');
    },
  },
  {
    name: 'what was read can be changed with a look at what comes of it, and put aside',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(boosting({ num_iterations: '3', hide: 'experiments' }));
      const t = (key, fill) => words('en', `ui.table_look.${key}`, fill);
      await page.waitForStatus('ready');
      const rows = Array.from(
        { length: 60 },
        (_, row) => `${1 + (row % 9)}.${100 + row};${row % 7};${'xy'[row % 2]}`,
      );
      await page.pick('people.csv', ['people;size;kind', ...rows].join('\n'), 'ember-own-table');
      await page.waitForText(t('doubts.maybe_thousands', { count: 60, of: 60, example: '1.100' }), LOOK);
      await page.set('combobox', t('decimal'), 'comma', LOOK);
      await page.waitForText(t('doubts.thousands', { count: 60, of: 60, example: '1.100' }), LOOK);
      await page.set('combobox', t('delimiter'), ',', LOOK);
      await page.waitForText('people.csv', LOOK);
      await page.waitForCount(1, 'button', t('learn'), LOOK);
      equal(await page.isEnabled('button', t('learn'), LOOK), false, 'whether it can be learned from');
      await page.set('combobox', t('delimiter'), ';', LOOK);
      await page.set('combobox', t('kind_of', { name: 'size' }), 'category', LOOK);
      await page.click('button', t('learn'), LOOK);
      await page.waitForDefault('dataset', 'own');
      const { config } = await page.call('exportRun');
      equal(config.categorical_feature, ['size', 'kind'], 'categories');
      equal(
        (await page.call('inspect', 'data', {})).sample[0][0],
        '1100',
        'a number with a sign between thousands',
      );
      // Put aside, it leaves the lab as it was.
      await page.pick(
        'again.csv',
        ['a;b', ...rows.map((row) => row.slice(0, row.lastIndexOf(';')))].join('\n'),
        'ember-own-table',
      );
      await page.click('button', t('cancel'), LOOK);
      await page.waitForText('people.csv', 'ember-own-table');
    },
  },
  {
    name: 'where the encoding is not certain, the page shows how each one reads',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(lesson({ model: 'softmax', hide: 'experiments' }));
      const t = (key, fill) => words('en', `ui.table_look.${key}`, fill);
      await page.waitForStatus('ready');
      await page.pick('length.csv', AMBIGUOUS, 'ember-own-table');
      await page.waitForText(t('which_encoding'), LOOK);
      await page.waitForText('GB18030: 长,宽,k', LOOK);
      await page.waitForText(`BIG5: ${IN_BIG5}`, LOOK);
      await page.set('combobox', t('encoding'), 'big5', LOOK);
      await page.waitForCount(1, 'checkbox', IN_BIG5[0], LOOK);
      await page.set('combobox', t('encoding'), 'gb18030', LOOK);
      await page.waitForCount(1, 'checkbox', '长', LOOK);
      await page.click('button', t('learn'), LOOK);
      await page.waitForDefault('dataset', 'own');
      contains((await page.call('inspect', 'code', {})).python.text, 'ENCODING = "gb18030"', 'the program');
    },
  },
  {
    name: 'a label that the address names is not asked for',
    browsers: ['chromium'],
    async run({ open }) {
      const page = await open(lesson({ label_column: 'island', model: 'softmax', hide: 'experiments' }));
      await page.waitForStatus('ready');
      await page.pick('penguins.csv', penguins(), 'ember-own-table');
      await page.waitForDefault('dataset', 'own');
      equal((await page.call('exportRun')).config.label_column, 'island', 'the label');
      const look = await page.taken({ name: 'penguins.csv', content: penguins() });
      equal([look.label, look.label_sure], ['species', true], 'the guess, which is the answer all the same');
      equal((await page.call('exportRun')).config.label_column, 'island', 'the label by the method');
      ok(
        doubtsOf(look).some(({ doubt }) => doubt === 'id'),
        'a doubt about the ID',
        doubtsOf(look),
      );
    },
  },
  ...LANGUAGES.map((language) => ({
    name: `the look at a table is accessible and fits a phone in ${language}`,
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(lesson({ lang: language, hide: 'experiments,inside,charts' }), PHONE);
      await page.waitForStatus('ready');
      await page.pick('penguins.csv', penguins(), 'ember-own-table');
      await page.waitForText(words(language, 'ui.table_look.learn'), LOOK);
      await checkFits(page, 'the look at a table');
      await checkWithAxe(page, 'the look at a table');
    },
  })),
];
