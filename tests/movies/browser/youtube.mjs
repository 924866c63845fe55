/** YouTube's two stages for one user, and made worlds beside what was found of them. */

import { checkWithAxe, LANGUAGES } from '../../browser/support/axe.mjs';
import { equal, ok } from '../../browser/support/expect.mjs';
import { address } from '../../browser/support/lessons.mjs';
import { checkFits, PHONE } from '../../browser/support/overflow.mjs';
import { words } from '../../browser/support/words.mjs';

const FUNNEL = 'ember-funnel';
const WORLD = 'ember-made-world';
/** A world that is trained on in a moment. */
const SMALL = { dataset: 'made', users: '80', films: '400', passes: '2', hide: 'story,code,goals' };
const movies = (parameters) => address('movies', { ...SMALL, ...parameters });
const view = (page, language, name) => page.openTab(words(language, `ui.inside.${name}`), 'ember-inside');

export const tests = [
  {
    name: 'four hundred films become candidates and ten, the same with and without the normaliser',
    browsers: ['chromium'],
    async run({ open }) {
      const t = (key, fill) => words('en', key, fill, 'movies');
      const settings = { model: 'ranking', ranking_passes: '1', watch_weight: 'time' };
      const page = await open(movies({ lang: 'en', ...settings }));
      await page.waitForStatus('ready');
      await view(page, 'en', 'funnel');
      await page.waitForText(t('ui.funnel.no_network'), FUNNEL);
      await page.call('start');
      await page.waitForText(t('ui.funnel.odds.time'), FUNNEL);
      await page.waitForNoText(t('ui.funnel.no_network'), FUNNEL);
      await page.waitForText(t('ui.funnel.all', { count: '400' }), FUNNEL);
      const funnel = await page.call('inspect', 'funnel', { user: 2 });
      ok(funnel.same_order, 'with and without the normaliser');
      equal(funnel.list.length, 10, 'films of the list');
      await page.click('button', t('ui.funnel.next'), FUNNEL);
      for (const { title } of funnel.list) await page.waitForText(title, FUNNEL);
      await page.set('spinbutton', t('ui.funnel.user'), '81', FUNNEL);
      await page.waitForText(t('ui.funnel.unknown', { user: '81' }), FUNNEL);
    },
  },
  {
    name: 'a made world is chosen by a button, and what a model found of it is said in a sentence',
    browsers: ['chromium'],
    async run({ open }) {
      const t = (key, fill) => words('en', key, fill, 'movies');
      const page = await open(movies({ lang: 'en', model: 'popular' }));
      await page.waitForStatus('ready');
      await view(page, 'en', 'world');
      await page.waitForText(t('ui.world.about.own'), WORLD);
      await page.waitForText(t('ui.world.untrained'), WORLD);
      await page.click('button', t('ui.world.names.clear'), WORLD);
      await page.waitForText(t('ui.world.about.clear'), WORLD);
      await page.call('start');
      await page.waitForText(t('ui.world.verdicts.popularity'), WORLD);
      await page.click('button', t('ui.world.names.popularity'), WORLD);
      await page.waitForText(t('ui.world.about.popularity'), WORLD);
      await page.call('start');
      await page.waitForText(t('ui.world.verdicts.no_tastes'), WORLD);
    },
  },
  ...['zh', 'en'].map((language) => ({
    name: `the two stages and the made world fit a phone in ${language}`,
    browsers: ['chromium', 'firefox'],
    async run({ open }) {
      const page = await open(movies({ lang: language, model: 'ranking', ranking_passes: '1' }), PHONE);
      await page.waitForStatus('ready');
      await page.call('start');
      for (const name of ['funnel', 'world']) {
        await view(page, language, name);
        await checkFits(page, `the look inside ${name}`);
      }
    },
  })),
  ...LANGUAGES.map((language) => ({
    name: `axe finds nothing on the two stages and the made world in ${language}`,
    browsers: ['chromium'],
    async run({ open }) {
      const page = await open(movies({ lang: language, model: 'ranking', ranking_passes: '1' }));
      await page.waitForStatus('ready');
      await page.call('start');
      for (const name of ['funnel', 'world']) {
        await view(page, language, name);
        // The second time the rest of the page is as it was.
        const within = name === 'funnel' ? null : 'ember-inside';
        await checkWithAxe(page, `the look inside ${name}`, { widths: [1280], within });
      }
    },
  })),
];
