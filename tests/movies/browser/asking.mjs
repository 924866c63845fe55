/** Look and ask: films found while typing, lists with reasons, ratings of the reader's own, and a rating taken away. */

import { checkWithAxe } from '../../browser/support/axe.mjs';
import { contains, equal, ok } from '../../browser/support/expect.mjs';
import { address, EVERYWHERE } from '../../browser/support/lessons.mjs';
import { endComposition } from './support/input_method.mjs';

const PANEL = 'ember-ask';
const USER = 'ember-ask-user';
const SELF = 'ember-ask-self';
const WITHOUT = 'ember-without';

/** A made world, which needs no file of the site, and a method that is trained in a moment. */
const movies = (parameters = {}) =>
  address('movies', {
    lang: 'en',
    dataset: 'made',
    users: '80',
    films: '90',
    density: '0.2',
    model: 'item_cf',
    hide: 'story,code,goals',
    ...parameters,
  });

/** A lab with a trained model, its panel in sight, and its films. */
async function asked(open, parameters) {
  const page = await open(movies(parameters));
  await page.waitForStatus('ready');
  await page.call('start');
  await page.show(PANEL);
  return { page, films: await page.call('inspect', 'films', {}) };
}

export const tests = [
  {
    name: 'a film is found by keyboard while it is typed, and Enter that ends a composition chooses nothing',
    browsers: EVERYWHERE,
    async run({ open, words }) {
      const t = (key, fill) => words('en', key, fill, 'movies');
      const { page, films } = await asked(open);
      const [first, ...others] = films.titles[40].split(' ');
      await page.click('combobox', t('ui.ask.film'), USER);
      await page.type(`${others.join(' ')} ${first.slice(0, 3).toUpperCase()}`);
      await page.waitForCount(1, 'option', null, USER);
      await endComposition(page);
      equal(await page.count('option', null, USER), 1, 'options after a composition');
      await page.press('Escape');
      await page.waitForCount(0, 'option', null, USER);
      await page.press('ArrowDown');
      await page.waitForCount(12, 'option', null, USER);
      await page.press('ArrowDown');
      await page.press('ArrowUp');
      await page.type(films.titles[40]);
      await page.waitForCount(1, 'option', null, USER);
      await page.press('Enter');
      await page.waitForText(t('ui.ask.of_five'), USER);
      const [{ score }, text] = [
        await page.call('predict', { user: 1, movie: films.ids[40] }),
        await page.text(USER),
      ];
      contains(text, `${Number(score.toFixed(2))} `, 'stars of the film');
      equal(await page.values('combobox', USER), [films.titles[40], ''], 'what stands in the fields');
    },
  },
  {
    name: 'a list with reasons is there once the method is trained, for any user',
    browsers: ['chromium'],
    async run({ open, words }) {
      const t = (key, fill) => words('en', key, fill, 'movies');
      const page = await open(movies());
      await page.waitForStatus('ready');
      await page.show(PANEL);
      await page.waitForText(t('ui.ask.not_trained'), USER);
      await page.call('start');
      await page.waitForText(t('ui.ask.list', { user: 1 }), USER);
      await page.set('spinbutton', t('ui.ask.user'), '7', USER);
      await page.waitForText(t('ui.ask.list', { user: 7 }), USER);
      const { list, seen } = await page.call('predict', { user: 7, top: 10 });
      const text = await page.text(USER);
      for (const { title } of list) contains(text, title, 'the list');
      contains(text, t('ui.ask.left_out', { count: seen }), 'what is left out');
      await page.set('spinbutton', t('ui.ask.user'), '999', USER);
      await page.waitForText(t('errors.unknown_user', { user: 999 }), USER);
      await page.click('button', t('ui.ask.random'), USER);
      await page.waitForNoText(t('errors.unknown_user', { user: 999 }), USER);
    },
  },
  {
    name: 'the reader rates films and gets a list, and what was rated can be taken back',
    browsers: ['chromium'],
    async run({ open, words }) {
      const t = (key, fill) => words('en', key, fill, 'movies');
      const { page, films } = await asked(open);
      await page.openTab(t('ui.ask.tabs.self'), PANEL);
      await page.waitForText(t('ui.self.nothing.item_cf'), SELF);
      const [name] = await page.names('slider', SELF);
      await page.set('slider', name, '5', SELF);
      await page.waitForText(t('ui.self.rated', { count: 1 }), SELF);
      await page.focus('slider', null, SELF, 0);
      await page.press('ArrowLeft');
      await page.waitForText(t('ui.self.list'), SELF);
      const rated = films.titles.findIndex((title) => name === t('ui.self.stars_of', { title }));
      const { list, popular } = await page.call('predict', { ratings: [[films.ids[rated], 4.5]], top: 10 });
      await page.waitForText(list[0].title, SELF);
      await page.waitForText(t('ui.self.popular', { count: popular, all: 10 }), SELF);
      await page.click('button', t('ui.self.undo'), SELF);
      await page.waitForText(t('ui.self.nothing.item_cf'), SELF);
      await page.click('combobox', t('ui.self.search'), SELF);
      await page.type(films.titles[3]);
      await page.press('Enter');
      await page.waitForText(t('ui.self.rated', { count: 1 }), SELF);
      await page.openTab(t('ui.ask.tabs.nearest'), PANEL);
      await page.waitForText(t('ui.nearest.intro'), PANEL);
      await page.openTab(t('ui.ask.tabs.self'), PANEL);
      await page.waitForText(films.titles[3], SELF);
    },
  },
  {
    name: 'a rating is taken away, and changed places are marked; a network says why it cannot',
    browsers: ['chromium'],
    async run({ open, words }) {
      const t = (key, fill) => words('en', key, fill, 'movies');
      const { page, films } = await asked(open);
      const { rated } = await page.call('inspect', 'user', { user: 1 });
      const title = films.titles[films.ids.indexOf(rated[0][0])];
      await page.click('combobox', t('ui.without.film', { user: 1 }), WITHOUT);
      await page.type(title);
      await page.press('Enter');
      const { list } = await page.call('inspect', 'without', { user: 1, movie: rated[0][0] });
      await page.waitForText(list[0].title, WITHOUT);
      const moved = list.filter(({ before, after }) => before !== after);
      ok(moved.length > 0, 'a rating changes places', list);
      const text = await page.text(WITHOUT);
      const marks = text.split(/▲|▼|\(was/).length - 1;
      ok(marks >= moved.length, 'changed places are marked', text);
      const network = await open(movies({ model: 'fusion', passes: '1' }));
      await network.waitForStatus('ready');
      await network.show(PANEL);
      await network.waitForText(t('ui.without.network'), WITHOUT);
    },
  },
  {
    name: 'the fusion network says what each feature moved',
    browsers: ['chromium'],
    async run({ open, words }) {
      const t = (key, fill) => words('en', key, fill, 'movies');
      const { page } = await asked(open, { model: 'fusion', passes: '1' });
      await page.waitForText(t('ui.ask.list', { user: 1 }), USER);
      await page.focus('button', t('ui.ask.random'), USER);
      await page.press('Tab');
      await page.press('Tab');
      await page.press('Enter');
      await page.waitForText(t('ui.why.of_features'), USER);
      const { features } = await page.call('inspect', 'moved', {
        user: 1,
        movie: (await page.call('predict', { user: 1, top: 1 })).list[0].movie,
      });
      const text = await page.text(USER);
      for (const { feature } of features) contains(text, t(`ui.why.features.${feature}`), 'the features');
    },
  },
  ...['en', 'zh'].map((lang) => ({
    name: `axe finds nothing where the model is asked, in ${lang}`,
    browsers: ['chromium'],
    async run({ open, words }) {
      const { page, films } = await asked(open, { lang });
      await page.click('combobox', words(lang, 'ui.ask.film'), USER);
      await page.type(films.titles[5]);
      await page.press('Enter');
      await page.waitForText(words(lang, 'ui.ask.of_five'), USER);
      await checkWithAxe(page, 'a film of a user', { within: PANEL });
      await page.click('combobox', words(lang, 'ui.ask.film'), USER);
      await page.type(films.titles[5].slice(0, 4));
      await checkWithAxe(page, 'a list of titles', { within: PANEL });
      await page.openTab(words(lang, 'ui.ask.tabs.self'), PANEL);
      await page.waitForText(words(lang, 'ui.self.suggested'), SELF);
      await checkWithAxe(page, 'films to be rated', { within: PANEL });
      await page.openTab(words(lang, 'ui.ask.tabs.nearest'), PANEL);
      await page.waitForText(films.titles[0].slice(0, 2), PANEL);
      await checkWithAxe(page, 'the nearest films', { within: PANEL });
    },
  })),
];
