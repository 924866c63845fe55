/** The vision lesson: filters, digits, and the same numbers in every browser. */

import { readFileSync } from 'node:fs';
import { contains, equal, ok, Unmet } from '../support/expect.mjs';
import { historyHash, keepHash } from '../support/history.mjs';
import { ALL_PARTS, EVERYWHERE, FEW_DIGITS, vision } from '../support/lesson.mjs';

/** Sums and md5 sums that the document's code gives (tests/vision_filters.rs names the source). */
const DOCUMENT = [
  {
    filter: [0, 1, 0, 1, -4, 1, 0, 1, 0],
    md5: { output: 'd5831f615407fd101be62bb4dfb429bf', pooled: 'b495e29cb9615742d0a88359f7a3f4e5' },
  },
  {
    filter: [-1, -2, -1, 0, 0, 0, 1, 2, 1],
    md5: { output: '6e83e571ff454e6dcff306b7f18d9281', pooled: 'b30772085e4e35feac443450f0a65b7f' },
  },
  {
    filter: [-1, 0, 1, -2, 0, 2, -1, 0, 1],
    md5: { output: '5467ce49bbe93739baec7e650ab60b35', pooled: '4996f613ce91b2171316b00aa5e2f398' },
  },
];

const ORACLE = new URL('../../fixtures/vision_keras.json', import.meta.url);

/** Throws unless two lists of numbers, however deep, agree within a tolerance. */
function near(found, expected, tolerance, what) {
  const flat = (values) => [values].flat(Infinity);
  const [one, other] = [flat(found), flat(expected)];
  equal(one.length, other.length, `${what}: how many numbers`);
  one.forEach((value, index) => {
    if (!(Math.abs(value - other[index]) <= tolerance))
      throw new Unmet(`${what}: number ${index} is ${value}, expected ${other[index]}`);
  });
}

export const tests = [
  {
    name: "filters give the document's own bytes",
    browsers: EVERYWHERE,
    async run({ open }) {
      const page = await open(vision({ task: 'filters' }));
      await page.waitForStatus('done');
      for (const { filter, md5 } of DOCUMENT) {
        const answer = await page.call('inspect', 'filter', {
          filter,
          orientation: 'as_written',
          pool: true,
        });
        equal(answer.md5, md5, `md5 sums of ${filter}`);
      }
      const refused = await page.failure('inspect', 'filter', { filter: [1, 2, 3] });
      equal(refused.code, 'bad_input', 'three numbers are no filter');
    },
  },
  {
    name: 'the filter on the bench stands in the address, and follows what is typed at once',
    browsers: EVERYWHERE,
    async run({ open, words }) {
      const bench = 'ember-filter-bench';
      const same = (id) =>
        words('en', 'ui.filter_bench.same_bytes', { filter: words('en', `ui.filter_bench.filters.${id}`) });
      const rows = '-1,-2,-1,0,0,0,1,2,1';
      const page = await open(vision({ filter: rows, filter_orientation: 'as_written' }));
      await page.waitForStatus('done');
      // What is out of sight is not computed.
      const lookAtIt = () =>
        page.evaluate((bench) => emberTest.first(bench).scrollIntoView({ behavior: 'instant' }), bench);
      await lookAtIt();
      await page.waitForText(same('rows'), bench);
      equal(
        await page.evaluate(
          (bench) => emberTest.all('spinbutton', null, bench).map(({ value }) => value),
          bench,
        ),
        [...rows.split(','), '1'],
        'numbers and weight on the bench',
      );

      const { search, shown } = await page.evaluate(
        async (name, bench) => {
          const field = emberTest.one('spinbutton', name, bench);
          // As a reader types, faster than the settings follow.
          for (const value of ['-3', '-3.', '-3.2', '-3.25']) {
            field.value = value;
            field.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
          }
          await new Promise((resolve) => setTimeout(resolve, 50));
          return { search: location.search, shown: emberTest.all('combobox', null, bench)[0].value };
        },
        words('en', 'ui.filter_bench.number', { row: 1, column: 1 }),
        bench,
      );
      ok(!search.includes('-3'), 'nothing is written while the reader types', search);
      equal(shown, '', 'the list of filters follows at once: numbers of the reader’s own');
      await page.waitFor('the numbers in the address', () =>
        location.search.includes('filter=-3.25,-2,-1,0'),
      );
      ok(!(await page.text(bench)).includes(same('rows')), 'the pictures are those of the new numbers');

      await page.set('spinbutton', words('en', 'controls.filter_weight.label'), '0.5', bench);
      await page.waitFor('the weight in the address', () => location.search.includes('filter_weight=0.5'));
      await page.reload();
      await page.waitForStatus('done');
      const { config } = await page.call('exportRun');
      equal(
        [config.filter, config.filter_weight, config.filter_orientation],
        [[-3.25, -2, -1, 0, 0, 0, 1, 2, 1], 0.5, 'as_written'],
        'settings after a reload',
      );

      await page.set('combobox', words('en', 'ui.filter_bench.begin'), 'all_edges', bench);
      await page.click('radio', words('en', 'controls.filter_orientation.options.corrected'), bench);
      await page.waitForText(same('all_edges'), bench);
      await page.waitFor('the defaults gone from the address', () => location.search === '?lang=en');
    },
  },
  {
    name: 'a filter that is none is replaced by the default with a notice, and an author can fix one',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(vision({ filter: '1,2,3', filter_weight: '1e12' }));
      await page.waitForStatus('done');
      const notice = (setting, given, used) =>
        words('en', 'notices.setting_out_of_range', {
          given,
          setting: words('en', `controls.${setting}.label`),
          used,
        });
      await page.waitForText(notice('filter', '1,2,3', '0,1,0,1,-4,1,0,1,0'), 'ember-messages');
      await page.waitForText(notice('filter_weight', '1e12', '1'), 'ember-messages');
      await page.addLab('fixed', {
        lesson: 'vision',
        config: { filter: [1, 1, 1, 1, 1, 1, 1, 1, 1], filter_weight: 0.1 },
        lock: 'filter,filter_orientation',
      });
      await page.waitFor('the bench', () => emberTest.all('combobox', null, '#fixed').length > 0);
      const disabled = await page.evaluate(() =>
        ['spinbutton', 'radio', 'combobox'].map((role) =>
          emberTest
            .all(role, null, '#fixed')
            .filter((input) => emberTest.isWithin(input, 'ember-filter-bench'))
            .map((input) => input.matches(':disabled')),
        ),
      );
      equal(disabled, [[...Array(9).fill(true), false], [true, true], [true]], 'what is fixed');
    },
  },
  {
    name: 'digits are learned, and every browser learns the same',
    browsers: EVERYWHERE,
    async run({ open, shared, browser }) {
      const page = await open(vision({ ...FEW_DIGITS, seed: 7, backend: 'cpu' }));
      await page.waitForStatus('ready');
      await page.call('start');
      const points = await page.call('history');
      const last = (metric) => points.filter((point) => metric in point).at(-1)[metric];
      ok(last('accuracy') >= 0.88, 'running training accuracy', last('accuracy'));
      ok(last('validation_accuracy') >= 0.85, 'validation accuracy', last('validation_accuracy'));
      const test = await page.call('evaluate', 'test');
      equal([test.accuracy, test.rows], [last('validation_accuracy'), 2000], 'evaluate on test');
      const hash = await historyHash(page);
      keepHash(shared, 'digits', browser, hash);
      await page.call('reset');
      await page.call('start');
      equal(await historyHash(page), hash, 'history after a reset');
      const maps = await page.call('inspect', 'maps', { split: 'test', index: 3 });
      equal(
        maps.layers.map(({ name }) => name),
        ['conv2d', 'max_pooling2d', 'dense'],
        'layers of the maps',
      );
      equal((await page.call('inspect', 'filters')).layers[0].values.length, 36, 'numbers of the filters');
    },
  },
  {
    name: 'convolutional networks agree with Keras',
    browsers: EVERYWHERE,
    async run({ open }) {
      const page = await open(vision({ ...FEW_DIGITS, train_size: '100', hide: ALL_PARTS }));
      await page.waitForStatus('ready');
      const { cases } = JSON.parse(readFileSync(ORACLE, 'utf8'));
      for (const one of cases) {
        for (const run of one.runs) {
          const { optimizer, learning_rate } = run;
          const { network, classes, pictures, labels, initial, batches } = one;
          const given = { network, classes, pictures, labels, initial, batches, optimizer, learning_rate };
          const found = await page.call('inspect', 'replay', given);
          near(found.logits.values, one.logits.values, 1e-4, `logits, ${optimizer}`);
          one.layers.forEach((layer, index) =>
            near(found.layers[index].values, layer.values, 1e-4, `layer ${layer.name}`),
          );
          one.gradients.forEach((gradient, index) =>
            near(found.gradients[index].values, gradient.values, 1e-4, `gradient of ${gradient.name}`),
          );
          near(found.losses, run.losses, 1e-4, `losses, ${optimizer}`);
          near(found.accuracies, run.accuracies, 1e-6, `accuracies, ${optimizer}`);
        }
      }
    },
  },
  {
    name: 'a digit drawn on the pad is answered',
    browsers: ['chromium', 'firefox'],
    async run({ open, words }) {
      const page = await open(vision({ ...FEW_DIGITS, backend: 'cpu' }));
      await page.waitForStatus('ready');
      await page.call('start');
      const answered = await page.evaluate(async () => {
        const picture = new ImageData(280, 280);
        for (let i = 3; i < picture.data.length; i += 4) picture.data[i] = 255;
        for (let y = 50; y < 230; y += 1)
          for (let x = 130; x < 152; x += 1) picture.data.fill(255, (y * 280 + x) * 4, (y * 280 + x) * 4 + 3);
        return document.querySelector('ember-lab').predict(picture);
      });
      equal([answered.classes.length, answered.probabilities[0].length], [1, 10], 'shape of the answer');
      equal(answered.classes[0], '1', 'what an upright stroke is taken for');
      await page.evaluate(() => {
        const pad = [...emberTest.elements(document)].find((e) => e.localName === 'ember-drawing-pad');
        const canvas = pad.shadowRoot.querySelector('canvas');
        canvas.scrollIntoView({ block: 'center' });
        const { left, top, width, height } = canvas.getBoundingClientRect();
        const at = (type, share) =>
          canvas.dispatchEvent(
            new PointerEvent(type, {
              pointerId: 1,
              pointerType: 'mouse',
              isPrimary: true,
              button: 0,
              buttons: type === 'pointerup' ? 0 : 1,
              clientX: left + width / 2,
              clientY: top + height * share,
              bubbles: true,
              composed: true,
            }),
          );
        canvas.setPointerCapture = () => undefined;
        at('pointerdown', 0.2);
        for (let share = 0.25; share < 0.8; share += 0.05) at('pointermove', share);
        at('pointerup', 0.8);
      });
      await page.waitForText(`${words('en', 'ui.predict.answer')} 1`, 'ember-predict-pictures');
    },
  },
  {
    name: 'a task brings its settings, and the address carries them',
    browsers: EVERYWHERE,
    async run({ open, words }) {
      const page = await open(vision({ task: 'mnist', epochs: 3, seed: 7 }));
      await page.waitForStatus('ready');
      const settings = async () => (await page.call('exportRun')).config;
      const first = await settings();
      equal([first.task, first.epochs, first.seed], ['mnist', 3, 7], 'settings of the address');
      equal((await page.call('inspect', 'summary')).parameters, 347_690, "the document's network");
      await page.click('radio', words('en', 'controls.task.options.happy_or_sad'), 'ember-task');
      await page.waitFor(
        'the other task',
        async () => (await document.querySelector('ember-lab').exportRun()).config.task === 'happy_or_sad',
      );
      const other = await settings();
      equal([other.filters, other.batch_size, other.seed], [[32, 64, 64], 16, 7], 'settings of the task');
      equal((await page.call('inspect', 'summary')).parameters, 9_527_297, 'its network');
      contains(await page.evaluate(() => location.search), 'task=happy_or_sad', 'the address');
      ok(!(await page.evaluate(() => location.search)).includes('epochs'), 'only what differs is carried');
    },
  },
];
