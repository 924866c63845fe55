/** Sequences of the reader's own: tables with pictures and vectors in a folder or a zip, and those that are refused. */

import { zipSync } from 'fflate';
import { eventually } from '../../browser/support/bare_page.mjs';
import { contains, equal, ok } from '../../browser/support/expect.mjs';
import { keptKeys, untilKept, untilNothingKept } from '../../browser/support/kept.mjs';
import { address } from '../../browser/support/lessons.mjs';
import { crashWorker, KEEP_WORKERS } from '../../browser/support/workers.mjs';
import { itemsTable, npy, SHOP, shopFiles, takenTable } from './support/shop.mjs';

const PART = 'ember-own-sequences';

/** A model that is there at once. */
const plain = (parameters = {}) => address('sequences', { model: 'markov', ...parameters });

/** The smallest network with pictures and words. */
const NETWORK = {
  model: 'mmsr',
  dim: '4',
  clusters: '3',
  encoder_epochs: '10',
  epochs: '2',
  batch_size: '64',
};

const zip = (files) => {
  const bytes = Object.entries(files).map(([path, content]) => [path, new Uint8Array(Buffer.from(content))]);
  return [...zipSync(Object.fromEntries(bytes), { level: 1 })];
};

/** Files as a folder that was chosen. */
const folder = (files) =>
  Object.entries(files).map(([path, content]) => ({
    name: path.split('/').at(-1),
    path,
    content: [...content],
  }));

const counts = async (page) => {
  const { users, items, taken } = await page.call('inspect', 'data');
  return [users, items, taken];
};

/** How many files of the module that decodes pictures the page has fetched. */
const decoders = (page) =>
  page.evaluate(
    () => performance.getEntriesByType('resource').filter(({ name }) => name.includes('/pictures/')).length,
  );

export const tests = [
  {
    name: 'a folder with pictures and vectors is learned from, a worker that dies gets it again, and the way back is open',
    browsers: ['chromium', 'firefox'],
    async run({ open, words }) {
      const t = (key, fill) => words('en', key, fill, 'sequences');
      const page = await open(address('sequences', NETWORK), { before: [KEEP_WORKERS] });
      await page.waitForStatus('ready');
      equal(await page.load(...folder(shopFiles())), null, 'what loading the folder says');
      await page.waitForText(t('ui.own_sequences.taken', { name: 'shop', sequences: SHOP.taken }));
      const whole = [SHOP.users, SHOP.items, SHOP.taken];
      equal(await counts(page), whole, 'what is learned from');
      await page.waitForText(t('ui.own_sequences.in_use', { file: 'shop' }), PART);
      const shown = await page.text(PART);
      contains(shown, t('ui.own_sequences.counts.text_columns'), 'vectors in place of words');
      contains(shown, t('ui.own_sequences.pictures_of_none', { count: 1 }), 'a picture of no item');
      await page.call('start');
      ok((await page.call('evaluate', 'test'))['hr@5'] >= 0, 'the network was judged');
      const { history } = await page.call('exportRun');
      await page.evaluate(crashWorker);
      await page.waitFor('another worker', () => emberWorkers.length >= 2);
      equal(await counts(page), whole, 'what another worker learns from');
      await page.call('reset');
      await page.call('start');
      equal((await page.call('exportRun')).history, history, 'the run of another worker');
      await page.click('button', t('ui.own_sequences.back'), PART);
      await eventually('the sequences of the lesson', async () => (await counts(page))[0] !== SHOP.users);
    },
  },
  {
    name: 'an address that asks for sequences of ones own gets those of the lesson and says why; the example will do',
    browsers: ['chromium'],
    async run({ open, words }) {
      const t = (key, fill) => words('en', key, fill, 'sequences');
      const page = await open(plain({ dataset: 'own' }));
      await page.waitForStatus('ready');
      await page.waitForText(t('notices.sequences_missing'));
      ok((await counts(page))[0] > SHOP.users, 'the lesson’s own are learned from');
      await page.click('summary', t('ui.own_sequences.form'), PART);
      await page.waitForText(t('ui.own_sequences.tables.list.is'), PART);
      const example = t('ui.own_sequences.tables.history.example');
      contains(await page.text(PART), example.split('\n')[1], 'a row of the example');
      equal(await page.load({ name: 'mine.csv', content: example }), null, 'loading the example');
      equal(await counts(page), [2, 3, 5], 'what is learned from');
      await page.waitForNoText(t('notices.sequences_missing'));
      contains(await page.evaluate(() => location.search), 'dataset=own', 'the address');
      equal(await decoders(page), 0, 'modules of decoders without a picture');
      equal(await page.load(...folder(shopFiles())), null, 'loading the shop');
      ok((await decoders(page)) > 0, 'a module of decoders with the first picture');
    },
  },
  {
    name: 'files that do not fit together are refused with file, place, reason and what to do, and the run stays',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(plain());
      await page.waitForStatus('ready');
      await page.call('start');
      const { steps } = await page.call('exportRun');
      const [taken, items] = [takenTable(), itemsTable()];
      const vectors = npy(3, 2, () => 1);
      const row = (line) => taken.replace('\n', `\n${line}\n`);
      for (const [name, files, reason, place = {}] of [
        ['photos.zip', { 'b0.png': 'x' }, 'no_table'],
        ['two.zip', { 'a.csv': taken, 'b.csv': taken }, 'tables_twice', { file: 'b.csv', other: 'a.csv' }],
        ['s.csv', 'user,item\nann,b1\n', 'missing_column', { file: 's.csv', row: 1, column: 'time' }],
        ['s.csv', row('ann,b1,yesterday'), 'time', { file: 's.csv', row: 2, column: 'time' }],
        ['s.csv', row(',b1,2024-03-01'), 'empty_cell', { file: 's.csv', row: 2, column: 'user' }],
        [
          'i.zip',
          { 's.csv': row('ann,b99,2024-03-01'), 'i.csv': items },
          'unknown_item',
          { row: 2, value: 'b99' },
        ],
        ['p.zip', { 's.csv': taken, 'holiday.png': 'x' }, 'no_picture', { file: 'holiday.png' }],
        ['p.zip', { 's.csv': taken, 'b0.png': 'x', 'a/b0.jpg': 'x' }, 'picture_twice', { value: 'b0' }],
        ['v.zip', { 's.csv': taken, 'i.csv': items, 'v.npy': vectors }, 'which_vectors', { file: 'v.npy' }],
        ['v.zip', { 's.csv': taken, 'text.npy': vectors }, 'no_list'],
        [
          'v.zip',
          { 's.csv': taken, 'i.csv': items, 'text.npy': vectors },
          'rows_of_items',
          { found: 3, expected: 12 },
        ],
        ['few.csv', 'user,item,time\na,b1,1\n', 'too_few'],
      ]) {
        const content = typeof files === 'string' ? files : zip(files);
        const error = await page.load({ name, content });
        equal([error?.code, error?.details.reason], ['bad_sequences', reason], name);
        for (const [key, value] of Object.entries(place))
          equal(error.details[key], value, `${name}, ${reason}: ${key}`);
        await page.waitForText(words('en', `errors.sequences_${reason}`, error.details, 'sequences'));
      }
      const broken = await page.load({ name: 'p.zip', content: zip({ 's.csv': taken, 'b0.png': 'x' }) });
      equal(
        [broken.code, broken.details.reason, broken.details.file],
        ['bad_picture', 'not_a_picture', 'b0.png'],
      );
      const cut = await page.load({ name: 'p.zip', content: zip({ 's.csv': taken }).slice(0, -9) });
      equal([cut.code, cut.details.reason], ['bad_sequences', 'not_a_zip']);
      equal((await page.call('exportRun')).steps, steps, 'the run is where it was');
    },
  },
  {
    name: 'a run on sequences of the reader is continued after a reload, with tables and pictures',
    browsers: ['chromium'],
    async run({ open, words }) {
      const t = (key, fill) => words('en', key, fill, 'sequences');
      const page = await open(address('sequences', { ...NETWORK, backend: 'cpu' }));
      await page.waitForStatus('ready');
      equal(await page.load({ name: 'shop.zip', content: zip(shopFiles()) }), null, 'loading');
      await page.call('step', 3);
      const { history, config } = await page.call('exportRun');
      equal(config.dataset, 'own', 'the data of the run');
      const kept = await untilKept(page, 3);
      equal(
        [kept.files.kind, kept.files.name, kept.files.files],
        ['sequences', 'shop.zip', 1],
        'what is kept',
      );

      await page.goto(plain({ backend: 'cpu' }));
      await page.waitForStatus('ready');
      const goOn = t('ui.kept.continue', { step: 3, total: kept.totalSteps });
      await page.click('button', goOn, 'ember-messages');
      await page.waitForStatus('paused');
      equal(await page.call('history'), history, 'history after continuing');
      equal(await counts(page), [SHOP.users, SHOP.items, SHOP.taken], 'what is learned from');
      contains(await page.text(PART), 'shop.zip', 'the zip on the page');
      ok(
        (await keptKeys(page)).some(([kind]) => kind === 'sequences'),
        'the files are kept',
      );
      await page.goto(plain({ backend: 'cpu' }));
      await page.click('button', words('en', 'ui.kept.forget'), 'ember-messages');
      await untilNothingKept(page, 'once the run is forgotten');
    },
  },
];
