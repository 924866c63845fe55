/** The panel that predicts: sliders, a pasted row, several rows, and bad ones. */

import { contains, equal } from '../../browser/support/expect.mjs';
import { EVERYWHERE } from '../../browser/support/lessons.mjs';
import { lesson } from './support/lesson.mjs';

const PANEL = 'ember-flower-predict';
const FEATURES = ['sepal_length', 'sepal_width', 'petal_length', 'petal_width'];

export const tests = [
  {
    name: 'predict by sliders and by a pasted row',
    browsers: EVERYWHERE,
    async run({ open, words }) {
      const t = (key, fill) => words('en', key, fill);
      const page = await open(lesson());
      await page.call('start');
      await page.show(PANEL);
      const answerIs = (name) => page.waitForText(`${t('ui.predict.answer')} ${t(`classes.${name}`)}`, PANEL);
      const sliders = async () => (await page.values('slider', PANEL)).map(Number);
      const names = await page.names('slider', PANEL);

      for (const [row, answer] of [
        [[5.1, 3.5, 1.4, 0.2], 'setosa'],
        [[6.7, 3.0, 5.6, 2.2], 'virginica'],
      ]) {
        for (const [index, value] of row.entries())
          await page.set('slider', names[index], String(value), PANEL);
        await answerIs(answer);
        await page.waitForCount(1, 'img', words('en', 'ui.flower.alt', {}, 'iris'), PANEL);
      }

      const field = t('ui.predict.paste', {
        columns: FEATURES.map((name) => t(`features.${name}`)).join(', '),
      });
      await page.click('textbox', field, PANEL);
      await page.type('5.0, 3.4, 1.5, 0.2');
      await answerIs('setosa');
      equal(await sliders(), [5.0, 3.4, 1.5, 0.2], 'sliders after a row was pasted');
      for (const row of ['6.3 3.3 6.0 2.5', '6.3\t3.3\t6.0\t2.5', '6.3;3.3;6.0;2.5']) {
        await page.set('textbox', field, '', PANEL);
        await page.set('textbox', field, row, PANEL);
        await answerIs('virginica');
      }

      await page.set('textbox', field, '5.1, x, 1.4, 0.2', PANEL);
      const problem = { row: 1, column: 2, name: t('features.sepal_width'), given: 'x' };
      await page.waitForText(t('ui.predict.wrong_number', problem), PANEL);
      await page.set('textbox', field, '5.1, 3.5', PANEL);
      await page.waitForText(t('ui.predict.wrong_count', { row: 1, expected: 4, found: 2 }), PANEL);
      contains(await page.text(PANEL), t('classes.virginica'), 'the prediction after a bad paste');

      await page.set('textbox', field, '5.1, 3.5, 1.4, 0.2\n6.7, 3.0, 5.6, 2.2', PANEL);
      const answers = await page.rows(PANEL);
      equal(answers.length, 2, 'rows of answers');
      for (const [index, kind] of ['setosa', 'virginica'].entries())
        contains(answers[index].join(' '), t(`classes.${kind}`), `answer ${index + 1}`);
    },
  },
];
