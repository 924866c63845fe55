/** Networks of the vision lesson: digits, the same numbers in every browser, and tasks that bring their settings. */

import { readFileSync } from 'node:fs';
import { equal, ok, Unmet } from '../../browser/support/expect.mjs';
import { historyHash, keepHash } from '../../browser/support/history.mjs';
import { ALL_PARTS, EVERYWHERE } from '../../browser/support/lessons.mjs';
import { FEW_DIGITS, vision } from './support/lesson.mjs';
import { drawStroke, predictStroke } from './support/pad.mjs';

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
    browsers: ['chromium'],
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
      const answered = await predictStroke(page);
      equal([answered.classes.length, answered.probabilities[0].length], [1, 10], 'shape of the answer');
      equal(answered.classes[0], '1', 'what an upright stroke is taken for');
      await drawStroke(page);
      await page.waitForText(`${words('en', 'ui.predict.answer')} 1`, 'ember-predict-pictures');
    },
  },
  {
    name: 'a task brings its settings, and the address carries them',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(vision({ task: 'mnist', epochs: 3, seed: 7 }));
      await page.waitForStatus('ready');
      const settings = async () => (await page.call('exportRun')).config;
      const first = await settings();
      equal([first.task, first.epochs, first.seed], ['mnist', 3, 7], 'settings of the address');
      equal((await page.call('inspect', 'summary')).parameters, 347_690, "the document's network");
      await page.click('radio', words('en', 'controls.task.options.happy_or_sad'), 'ember-task');
      await page.waitForSettings({ task: 'happy_or_sad' });
      const other = await settings();
      equal([other.filters, other.batch_size, other.seed], [[32, 64, 64], 16, 7], 'settings of the task');
      equal((await page.call('inspect', 'summary')).parameters, 9_527_297, 'its network');
      const address = await page.search();
      equal(address.task, 'happy_or_sad', 'the task in the address');
      ok(!('epochs' in address), 'only what differs is carried', address);
    },
  },
];
