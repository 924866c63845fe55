/** Columns and classes may be called what every object of JavaScript has. */

import { contains, equal, ok } from '../../browser/support/expect.mjs';
import { lesson } from './support/lesson.mjs';

const NAMES = ['constructor', 'toString', '__proto__', 'hasOwnProperty', 'paste'];

/** Four columns and three classes called so; the class is told by the first column. */
function table() {
  const classes = ['constructor', '__proto__', 'valueOf'];
  const rows = Array.from({ length: 60 }, (_, row) => [
    (row % 3) * 3 + (row % 7) / 10,
    (row * 31) % 11,
    (row * 17) % 13,
    (row * 7) % 5,
    (row * 3) % 8,
    classes[row % 3],
  ]);
  return [[...NAMES, 'kind'], ...rows].map((row) => row.join(',')).join('\n');
}

export const tests = [
  {
    name: 'columns and classes called constructor, __proto__ or toString are names like others in every panel',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(lesson({ model: 'softmax', C: 100 }));
      await page.recordEvents();
      equal(await page.load({ name: 'names.csv', content: table() }), null, 'what load rejects with');
      await page.call('start');
      await page.show('ember-flower-predict');
      const sliders = await page.names('slider', 'ember-flower-predict');
      equal(sliders, NAMES, 'sliders');
      for (const [value, name] of [
        ['0', 'constructor'],
        ['3', '__proto__'],
        ['6.5', 'valueOf'],
      ]) {
        await page.set('slider', 'constructor', value, 'ember-flower-predict');
        await page.waitForText(`${words('en', 'ui.predict.answer')} ${name}`, 'ember-flower-predict');
      }
      for (const name of NAMES) await page.set('slider', name, '3', 'ember-flower-predict');
      const values = await page.values('slider', 'ember-flower-predict');
      equal(
        values.map(Number),
        NAMES.map(() => 3),
        'values of the sliders',
      );
      await page.waitForText(`${words('en', 'ui.predict.answer')} __proto__`, 'ember-flower-predict');

      const { classes } = await page.call('predict', [[6.5, 1, 1, 1, 1]]);
      equal(classes, ['valueOf'], 'the answer of the method');
      const { features } = await page.call('inspect', 'data');
      equal(features, NAMES, 'columns of the data');
      await page.show('ember-inside');
      for (const view of await page.names('tab', 'ember-inside')) {
        await page.openTab(view, 'ember-inside');
        ok((await page.text('ember-inside')).length > 50, `what ${view} shows`);
      }
      for (const part of ['ember-data', 'ember-judgement', 'ember-code', 'ember-own-table']) {
        await page.show(part);
        contains(await page.text(part), 'constructor', `a column or class in ${part}`);
      }
      equal(await page.events('ember-error'), [], 'errors');
    },
  },
];
