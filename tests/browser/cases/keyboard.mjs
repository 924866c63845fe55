/** Everything works with the keyboard alone, and one sees where one is. */

import { contains, equal, ok } from '../support/expect.mjs';
import { lesson } from '../../iris/browser/support/lesson.mjs';
import { isNamed, tabTo } from '../support/keyboard.mjs';
import { EVERYWHERE } from '../support/lessons.mjs';

/** How the links to a page in another language are named. */
const LANGUAGES = { en: 'English', zh: '中文' };

const isCurve = ({ role, hosts }) => role === 'slider' && hosts.includes('ember-charts');

export const tests = [
  {
    name: 'run, change a setting and read a chart with the keyboard alone',
    browsers: EVERYWHERE,
    async run({ open, words }) {
      const t = (key, fill) => words('en', key, fill);
      // Watched, it runs for 40 s: on any machine it is paused before its end.
      const page = await open(lesson({ epochs: 1000 }));
      await page.waitForStatus('ready');
      await tabTo(page, 'the language switch', isNamed('link', LANGUAGES.en));
      await tabTo(page, 'the Run button', isNamed('button', t('ui.run.start')));
      await page.press('Enter');
      await page.waitForStatus('training');
      await page.press('Space');
      await page.waitForStatus('paused');

      const rate = t('controls.learning_rate.label');
      await tabTo(page, 'the learning rate in the text', isNamed('spinbutton', rate));
      const changes = (await page.call('exportRun')).config.learning_rate;
      await page.press('ArrowRight');
      await page.waitForStatus('ready');
      const changed = (await page.call('exportRun')).config.learning_rate;
      ok(changed > changes, 'an arrow key raises the learning rate', [changes, changed]);
      // Past the middle of the chart, which has room for the whole run.
      await page.call('step', 5000);

      await tabTo(page, 'the chart of the loss', isCurve);
      const first = await page.pressTo('Home', t('ui.charts.step_number', { step: 0 }));
      await page.press('ArrowRight');
      await page.press('ArrowRight');
      contains(await page.nextValue(first), /\d/, 'the value the chart tells');

      // The page scrolls under a mouse that lies there: the browser sends a move, and the keys keep their place.
      const last = await page.pressTo('End', ';');
      const passed = await page.movePointer({ isResting: true });
      equal(passed, last, 'the place of the keys');
      const pointed = await page.movePointer({ isResting: false });
      ok(pointed !== last, 'a mouse that really moves is followed', pointed);
    },
  },
  {
    name: 'letters run, step and reset while the focus is in the lab or a figure, and nowhere else',
    browsers: ['chromium', 'firefox'],
    async run({ open, words }) {
      const t = (key, fill) => words('en', key, fill);
      const page = await open(lesson({ epochs: 1000 }));
      await page.waitForStatus('ready');
      const step = async () => (await page.call('exportRun')).steps;
      // The body has the focus: nothing of the lab's.
      await page.press('s');
      await page.settled();
      equal(await step(), 0, 'steps with the focus outside');

      const rate = t('controls.learning_rate.label');
      await page.focus('slider', rate, 'ember-settings');
      await page.press('s');
      await page.waitForStatus('paused');
      equal(await step(), 1, 'steps after one key');
      await page.press('r');
      await page.waitForStatus('training');
      await page.press('r');
      await page.waitForStatus('paused');
      // On a slider a figure might be meant for a field.
      await page.press('0');
      await page.settled();
      equal(await page.property('status'), 'paused', 'status after a figure on a slider');
      await page.focus('button', t('ui.run.resume'), 'ember-run-bar');
      await page.press('0');
      await page.waitForStatus('ready');

      // A field takes its letters itself.
      await page.focus('spinbutton', rate, 'ember-settings');
      await page.press('s');
      await page.settled();
      equal(await step(), 0, 'steps after a letter in a field');

      const figure = '.only-en ember-figure[name="front"], .only-en ember-figure';
      await page.show(figure);
      await page.focus('button', t('ui.run.start'), figure);
      await page.press('s');
      await page.waitForStatus('paused');
      equal(await step(), 1, 'steps after a key in a figure');
    },
  },
  {
    name: 'the language is switched with the keyboard',
    browsers: ['chromium', 'firefox'],
    async run({ open, words }) {
      const page = await open('iris/?lang=en');
      await page.waitForStatus('ready');
      await tabTo(page, 'the skip link', isNamed('link', words('en', 'ui.site.skip')));
      await tabTo(page, 'the Chinese page', isNamed('link', LANGUAGES.zh));
      await page.press('Enter');
      await page.waitForText(words('zh', 'parts.settings'), 'ember-lab');
      equal(await page.language(), 'zh', 'language of the page');
    },
  },
];
