/** The language and the look of a page, switched in place. */

import { contains, equal, ok } from '../support/expect.mjs';
import { LONG_RUN } from '../../iris/browser/support/lesson.mjs';
import { EVERYWHERE } from '../support/lessons.mjs';

export const tests = [
  {
    name: 'the language switch keeps the settings and the lab running',
    browsers: ['chromium', 'firefox'],
    async run({ open, words }) {
      const page = await open(`iris/?${new URLSearchParams({ lang: 'zh', seed: 3, ...LONG_RUN })}`);
      await page.waitForStatus('ready');
      await page.waitForText(words('zh', 'parts.settings'), 'ember-lab');
      equal(await page.language(), 'zh', 'language of the page');
      await page.unfold(words('zh', 'ui.run.more'), 'ember-run-bar');
      await page.set('combobox', words('zh', 'ui.run.pace'), 'watch', 'ember-run-bar');
      await page.click('button', words('zh', 'ui.run.start'), 'ember-run-bar');
      await page.waitForStatus('training');

      await page.click('link', 'English');
      await page.waitForText(words('en', 'parts.settings'), 'ember-lab');
      equal(await page.property('status'), 'training', 'status after the switch');
      equal(await page.language(), 'en', 'language of the page');
      equal(await page.search(), { lang: 'en', seed: '3', epochs: '2000', eval_steps: '500' }, 'the address');
      equal(await page.textOfAll('h1'), words('en', 'lesson.title', {}, 'iris'), 'headings that are seen');
      contains(
        await page.read(() => document.title),
        words('en', 'lesson.title', {}, 'iris'),
        'title of the page',
      );
      const { steps } = await page.call('exportRun');
      await page.waitForStep(steps);
      await page.call('pause');
      equal((await page.call('exportRun')).seed, 3, 'seed after the switch');

      await page.click('link', '中文');
      await page.waitForText(words('zh', 'ui.status.paused'), 'ember-run-bar');
      ok(!(await page.text('ember-run-bar')).includes(words('en', 'ui.run.reset')), 'no English is left');
    },
  },
  {
    name: 'cover and lesson lead to one another and keep the language asked for',
    browsers: EVERYWHERE,
    async run({ open, words }) {
      const page = await open('?lang=en');
      await page.waitForText(words('en', 'ui.site.simd_found'));
      const text = await page.text();
      for (const id of ['iris', 'vision', 'boosting', 'movies', 'sequences'])
        contains(text, words('en', 'lesson.title', {}, id), 'the cover');
      ok(!text.includes(words('en', 'ui.site.coming')), 'no lesson is still to come', text);
      await page.click('link', words('en', 'lesson.title', {}, 'iris'));
      await page.waitFor('the lesson', () => location.pathname.endsWith('/iris/'));
      await page.waitForStatus('ready');
      equal(await page.language(), 'en', 'language of the lesson');
    },
  },
  {
    name: 'the look can be switched and is kept',
    browsers: ['chromium', 'firefox'],
    async run({ open, words }) {
      const page = await open('iris/?lang=en');
      await page.waitForStatus('ready');
      const background = () => page.background();
      const light = await background();
      await page.click('radio', words('en', 'ui.site.theme_dark'), 'label');
      await page.waitForTheme('dark');
      const dark = await background();
      ok(dark !== light, 'the background changes', dark);
      await page.reload();
      equal(await background(), dark, 'background after a reload');
    },
  },
  {
    name: 'where some words do not come, the page says so in words, and what to do',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open('?lang=en');
      page.allow(/request:|console:|Failed to fetch/);
      // Those that the first figure does without (xtask/scripts/bundle.mjs).
      await page.driver.native.route(/\/shared\/(words\.)?en-[^/]+\.js$/, (route) => route.abort());
      await page.goto('iris/?lang=en');
      await page.waitForText(words('en', 'errors.script_not_loaded'), 'ember-messages');
    },
  },
  {
    name: 'pages in one language work on their own',
    browsers: ['chromium'],
    async run({ open, words }) {
      for (const language of ['zh', 'en']) {
        const page = await open(`iris/${language}.html`);
        await page.waitForStatus('ready');
        await page.call('step', 3);
        contains(await page.text('ember-run-bar'), words(language, 'ui.run.reset'), 'the run bar');
        contains(await page.text(), words(language, 'lesson.title', {}, 'iris'), 'the page');
      }
    },
  },
];
