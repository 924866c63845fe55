/** Everything works with the keyboard alone, and one sees where one is. */

import { contains, equal, ok } from '../support/expect.mjs';
import { lesson } from '../../iris/browser/support/lesson.mjs';
import { EVERYWHERE } from '../support/lessons.mjs';

/** How the links to a page in another language are named. */
const LANGUAGES = { en: 'English', zh: '中文' };

/** More stops than a page has: a walk that has not come by then never will. */
const MOST_STOPS = 150;

/** Presses Tab until `arrived` answers true to what has the focus (`page.focused`); the focus must be seen at every stop. */
async function tabTo(page, what, arrived) {
  const seen = [];
  for (let presses = 0; presses < MOST_STOPS; presses++) {
    await page.press('Tab');
    const stop = await page.focused();
    const label = stop.onPage ? `${stop.role} ${stop.name}` : '';
    seen.push(label.slice(0, 50));
    ok(stop.marked || !stop.onPage, `the focus is seen on "${label}"`);
    if (arrived(stop)) return;
  }
  ok(false, `Tab leads to ${what}; it stopped at`, seen);
}

const isNamed = (role, name) => (stop) => stop.role === role && stop.name === name;
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
      await page.call('start');

      const rate = t('controls.learning_rate.label');
      await tabTo(page, 'the learning rate', isNamed('slider', rate));
      const changes = (await page.call('exportRun')).config.learning_rate;
      await page.press('ArrowRight');
      await page.waitForStatus('ready');
      const changed = (await page.call('exportRun')).config.learning_rate;
      ok(changed > changes, 'an arrow key raises the learning rate', [changes, changed]);
      await page.call('start');

      await tabTo(page, 'the chart of the loss', isCurve);
      const first = await page.pressTo('Home', t('ui.charts.step_number', { step: 0 }));
      await page.press('ArrowRight');
      await page.press('ArrowRight');
      contains(await page.nextValue(first), /\d/, 'the value the chart tells');
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
