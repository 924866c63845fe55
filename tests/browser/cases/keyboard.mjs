/** Everything works with the keyboard alone, and one sees where one is. */

import { contains, equal, ok } from '../support/expect.mjs';
import { lesson } from '../../iris/browser/support/lesson.mjs';
import { EVERYWHERE } from '../support/lessons.mjs';

/** More stops than a page has: a walk that has not come by then never will. */
const MOST_STOPS = 150;

/** Presses Tab until `arrived`, a function in the page, answers true; the focus must be seen at every stop. */
async function tabTo(page, what, arrived, ...values) {
  const seen = [];
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    await page.press('Tab');
    const { label, marked } = await page.evaluate(() => {
      const element = emberTest.focused();
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      return {
        label: element === document.body ? '' : `${emberTest.role(element)} ${emberTest.name(element)}`,
        marked: (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none',
      };
    });
    seen.push(label.slice(0, 50));
    ok(marked || label === '', `the focus is seen on "${label}"`);
    if (await page.evaluate(arrived, ...values)) return;
  }
  ok(false, `Tab leads to ${what}; it stopped at`, seen);
}

const isNamed = (role, name) => emberTest.all(role, name).includes(emberTest.focused());
const isSwitchTo = (language) => emberTest.focused().getAttribute('data-switch') === language;
const isSkipLink = () => emberTest.focused().classList.contains('skip');
const isCurve = () => {
  const element = emberTest.focused();
  return emberTest.role(element) === 'slider' && emberTest.isWithin(element, 'ember-charts');
};

export const tests = [
  {
    name: 'run, change a setting and read a chart with the keyboard alone',
    browsers: EVERYWHERE,
    async run({ open, words }) {
      const t = (key, fill) => words('en', key, fill);
      const page = await open(lesson());
      await page.waitForStatus('ready');
      await tabTo(page, 'the language switch', isSwitchTo, 'en');
      await tabTo(page, 'the Run button', isNamed, 'button', t('ui.run.start'));
      await page.press('Enter');
      await page.waitForStatus('training');
      await page.press('Space');
      await page.waitForStatus('paused');
      await page.call('start');

      const rate = t('controls.learning_rate.label');
      await tabTo(page, 'the learning rate', isNamed, 'slider', rate);
      const changes = (await page.call('exportRun')).config.learning_rate;
      await page.press('ArrowRight');
      await page.waitForStatus('ready');
      const changed = (await page.call('exportRun')).config.learning_rate;
      ok(changed > changes, 'an arrow key raises the learning rate', [changes, changed]);
      await page.call('start');

      await tabTo(page, 'the chart of the loss', isCurve);
      const value = () => page.evaluate(() => emberTest.focused().getAttribute('aria-valuetext'));
      await page.press('Home');
      await page.waitFor('a value', () => /\d/.test(emberTest.focused().getAttribute('aria-valuetext')));
      const first = await value();
      await page.press('ArrowRight');
      await page.press('ArrowRight');
      await page.waitFor(
        'another value',
        (first) => emberTest.focused().getAttribute('aria-valuetext') !== first,
        first,
      );
      contains(await value(), /\d/, 'the value the chart tells');
    },
  },
  {
    name: 'the language is switched with the keyboard',
    browsers: ['chromium', 'firefox'],
    async run({ open, words }) {
      const page = await open('iris/?lang=en');
      await page.waitForStatus('ready');
      await tabTo(page, 'the skip link', isSkipLink);
      await tabTo(page, 'the Chinese page', isSwitchTo, 'zh');
      await page.press('Enter');
      await page.waitForText(words('zh', 'parts.settings'), 'ember-lab');
      equal(await page.evaluate(() => document.documentElement.lang), 'zh', 'language of the page');
    },
  },
];
