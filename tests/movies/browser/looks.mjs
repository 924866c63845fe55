/** What is learned from, what the model is, and the looks inside it. */

import { checkWithAxe } from '../../browser/support/axe.mjs';
import { contains, equal, ok } from '../../browser/support/expect.mjs';
import { address, EVERYWHERE } from '../../browser/support/lessons.mjs';
import { checkFits, PHONE } from '../../browser/support/overflow.mjs';

/** The ratings of MovieLens. */
const lesson = (parameters) => address('movies', parameters);

/** A made world, which trains in a second. */
const WORLD = { dataset: 'made', users: 120, films: 150, density: 0.15, passes: 1 };

export const tests = [
  {
    name: 'the ratings are counted, marked where something is invented, and shown as the network is given them',
    browsers: ['chromium'],
    async run({ open, words }) {
      const t = (key, fill) => words('en', key, fill, 'movies');
      const page = await open(lesson());
      await page.waitForStatus('ready');
      const part = 'ember-ratings-data';
      await page.show(part);
      await page.waitForText('671 users rated 9,066 films 100,004 times', part);
      contains(await page.text(part), t('ui.ratings.demographics.invented'), 'what is invented is named');
      await page.waitForText(t('ui.samples.place', { from: 1, to: 3, of: '100,004' }), part);
      contains(await page.text(part), '[1, ', 'the sample of user 1');
      await page.click('button', t('ui.samples.on'), part);
      await page.waitForText(t('ui.samples.place', { from: 4, to: 6, of: '100,004' }), part);
      await page.openTab(t('ui.ratings.views.of_films'), part);
      contains(await page.text(part), '3–5', 'films by the number of their ratings');
    },
  },
  {
    name: 'the fusion network is drawn with its features, its parameters and the keys of its tensors',
    browsers: ['chromium'],
    async run({ open, words }) {
      const t = (key, fill) => words('en', key, fill, 'movies');
      const page = await open(lesson());
      await page.waitForStatus('ready');
      const part = 'ember-fusion-model';
      await page.show(part);
      await page.waitForText(t('ui.fusion.parameters', { count: '703,776' }), part);
      const text = await page.text(part);
      for (const kind of [
        'integer_value(671)',
        'sparse_binary_vector(20)',
        'integer_value_sequence(10,919)',
      ]) {
        contains(text, kind, 'a kind of input with its size');
      }
      const { tensors } = await page.call('inspect', 'layers', {});
      equal(tensors.length, 29, 'tensors');
    },
  },
  {
    name: 'the picture of the network follows the settings, and other models are told in words',
    browsers: ['chromium'],
    async run({ open, words }) {
      const t = (key, fill) => words('en', key, fill, 'movies');
      const page = await open(lesson({ ...WORLD, demographics: 'none', embedding_size: 24 }));
      await page.waitForStatus('ready');
      const part = 'ember-fusion-model';
      await page.show(part);
      await page.waitForText('mov_title_conv', part);
      ok(!(await page.text(part)).includes('gender_id'), 'a feature that is switched off is not drawn');
      contains(await page.text(part), '· 24', 'the width that was set');
      for (const model of ['ease', 'mf', 'candidate']) {
        await page.setProperty('config', { ...WORLD, model });
        await page.waitForText(t(`ui.fusion.models.${model}`), part);
      }
    },
  },
  {
    name: 'a made world has no goals, and no empty part for them',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(lesson());
      await page.waitForStatus('ready');
      await page.waitForCount(1, 'heading', words('en', 'parts.goals'), 'ember-goals');
      await page.setProperty('config', WORLD);
      await page.waitForSettings(WORLD);
      await page.waitForCount(0, 'heading', words('en', 'parts.goals'), 'ember-goals');
    },
  },
  {
    name: 'any title is taken apart: its words, the window, the feature map and what is kept',
    browsers: ['chromium'],
    async run({ open, words }) {
      const t = (key, fill) => words('en', key, fill, 'movies');
      const page = await open(lesson({ passes: 1 }));
      await page.waitForStatus('ready');
      const part = 'ember-title-steps';
      await page.openTab(t('ui.inside.title'), 'ember-inside');
      await page.show(part);
      await page.waitForText(t('ui.title.map'), part);
      await page.set('textbox', t('ui.title.title'), 'Toy Story of Zyzzyva', part);
      await page.waitForText(t('ui.title.unknown', { words: 'zyzzyva' }), part);
      await page.waitForText(t('ui.title.window', { window: 1, of: 4 }), part);
      await page.click('button', t('ui.title.on'), part);
      await page.waitForText(t('ui.title.window', { window: 2, of: 4 }), part);
      contains(await page.text(part), 'toy · story · of', 'the words in the window');
      // Played, the window goes on by itself.
      await page.click('button', t('ui.title.play'), part);
      await page.waitForText(t('ui.title.window', { window: 4, of: 4 }), part);
      await page.click('button', t('ui.title.pause'), part);
      await page.waitForCount(1, 'button', t('ui.title.play'), part);
      await page.click('radio', t('ui.title.forms.text'), part);
      await page.waitForText(t('ui.title.window', { window: 1, of: 2 }), part);
      await page.set('textbox', t('ui.title.title'), 'Jumanji', part);
      await page.waitForText(t('ui.title.no_window', { window: 3 }), part);
    },
  },
  {
    name: 'the map of films is walked along with the keys, a genre at a time, and keeps a film marked',
    browsers: EVERYWHERE,
    async run({ open, words }) {
      const t = (key, fill) => words('en', key, fill, 'movies');
      const page = await open(lesson(WORLD));
      await page.call('start');
      const part = 'ember-film-map';
      await page.openTab(t('ui.inside.map'), 'ember-inside');
      await page.show(part);
      await page.waitForCount(1, 'slider', t('ui.map.picture'), part);
      await page.focus('slider', t('ui.map.picture'), part);
      const first = await page.pressTo('Home', ';');
      const last = await page.pressTo('End', ';');
      ok(first !== last, 'two films', [first, last]);
      const { genres, titles } = await page.call('inspect', 'films', {});
      await page.click('combobox', t('ui.map.search'), part);
      await page.type(titles[7]);
      await page.press('Enter');
      await page.waitForText(t('ui.map.marked', { title: titles[7] }), part);
      // The keys begin at the film that is marked.
      await page.focus('slider', t('ui.map.picture'), part);
      await page.press('ArrowRight');
      await page.press('ArrowLeft');
      await page.waitForValue(titles[7]);
      await page.click('button', t('ui.map.unmark'), part);
      await page.waitForNoText(t('ui.map.marked', { title: titles[7] }), part);
      await page.set('combobox', t('ui.map.genre'), '0', part);
      await page.focus('slider', t('ui.map.picture'), part);
      contains(await page.pressTo('Home', ';'), genres[0], 'a film of the genre');
    },
  },
  {
    name: 'the table of cold start fills for users, and then for films',
    browsers: ['chromium'],
    async run({ open, words }) {
      const t = (key, fill) => words('en', key, fill, 'movies');
      const page = await open(lesson({ ...WORLD, density: 0.3 }));
      await page.waitForStatus('ready');
      const part = 'ember-cold-start';
      await page.openTab(t('ui.inside.cold_start'), 'ember-inside');
      await page.show(part);
      await page.click('button', t('ui.cold_start.begin'), part);
      await page.waitForCount(1, 'button', t('ui.cold_start.on'), part);
      const rows = await page.rows(part);
      ok(rows.length === 7 && rows.every((cells) => cells.length >= 4), 'seven methods', rows);
      ok(
        rows.flat().every((cell) => cell.trim() !== '·'),
        'every cell is known',
        rows,
      );
      ok(!(await page.isEnabled('button', t('ui.cold_start.on'), part)), 'nothing is left to do');
      await page.click('radio', t('ui.cold_start.of.films'), part);
      await page.waitForCount(1, 'button', t('ui.cold_start.begin'), part);
    },
  },
  {
    name: 'the table of cold start can be stopped, keeps what is known, and goes on',
    browsers: ['chromium'],
    async run({ open, words }) {
      const t = (key, fill) => words('en', key, fill, 'movies');
      const page = await open(lesson());
      await page.waitForStatus('ready');
      const part = 'ember-cold-start';
      const known = async () => (await page.rows(part)).flat().filter((cell) => cell.trim() !== '·').length;
      await page.openTab(t('ui.inside.cold_start'), 'ember-inside');
      await page.show(part);
      await page.click('button', t('ui.cold_start.begin'), part);
      // The button keeps the focus and stops now: the page does not come to rest while the table fills.
      await page.press('Enter');
      await page.waitForCount(1, 'button', t('ui.cold_start.on'), part);
      const before = await known();
      ok(await page.isEnabled('button', t('ui.cold_start.on'), part), 'something is left to do');
      await page.click('button', t('ui.cold_start.on'), part);
      await page.waitForCount(1, 'button', t('ui.cold_start.on'), part);
      ok(!(await page.isEnabled('button', t('ui.cold_start.on'), part)), 'nothing is left to do');
      ok((await known()) > before, 'more is known than before', before);
    },
  },
  {
    name: 'first lists of users who come new are judged beside popularity, until nothing is left to do',
    browsers: EVERYWHERE,
    async run({ open, words }) {
      const t = (key, fill) => words('en', key, fill, 'movies');
      const page = await open(lesson({ ...WORLD, density: 0.3, model: 'item_cf' }));
      await page.waitForStatus('ready');
      const part = 'ember-first-lists';
      await page.openTab(t('ui.inside.first_lists'), 'ember-inside');
      await page.show(part);
      await page.click('button', t('ui.first_lists.begin'), part);
      await page.waitForCount(1, 'button', t('ui.first_lists.done'), part);
      equal((await page.rows(part)).length, 2, 'the model and popularity');
      ok(!(await page.isEnabled('button', t('ui.first_lists.done'), part)), 'nothing is left to do');
      contains(await page.text(part), 'in NDCG@10', 'how much the two differ');
    },
  },
  ...['zh', 'en'].map((language) => ({
    name: `axe finds nothing on the looks of the movies lesson in ${language}, and they fit a phone`,
    browsers: ['chromium'],
    async run({ open, words }) {
      const t = (key) => words(language, key);
      const page = await open(lesson({ ...WORLD, lang: language }), PHONE);
      await page.call('start');
      for (const look of ['title', 'map', 'cold_start', 'first_lists']) {
        await page.openTab(t(`ui.inside.${look}`), 'ember-inside');
        await page.show('ember-inside');
        await checkFits(page, `the look ${look}`);
        await checkWithAxe(page, `the look ${look}`, { widths: [360], within: 'ember-inside' });
      }
    },
  })),
];
