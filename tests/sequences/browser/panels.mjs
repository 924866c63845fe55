/** What comes next after a history that the reader puts together, and the looks inside beside the graph. */

import { checkWithAxe, LANGUAGES } from '../../browser/support/axe.mjs';
import { contains, equal, ok } from '../../browser/support/expect.mjs';
import { address, EVERYWHERE } from '../../browser/support/lessons.mjs';
import { checkFits, PHONE } from '../../browser/support/overflow.mjs';
import { withNextItem } from './support/chips.mjs';

const NEXT = 'ember-next-item';
const COMPOSER = 'ember-history-composer';

/** A small world and a small network, which train in a few seconds. */
const small = (parameters = {}) =>
  address('sequences', {
    users: '300',
    dim: '16',
    encoder_epochs: '10',
    epochs: '3',
    backend: 'cpu',
    hide: 'story',
    ...parameters,
  });

const wordsOf = (words, language) => (key, fill) => words(language, key, fill, 'sequences');

/** Ids by title. */
async function idsOf(page, titles) {
  const { items } = await page.call('inspect', 'items', {});
  return titles.map((title) => items.find((item) => item.title === title).id);
}

export const tests = [
  {
    name: 'a history is put together by search, buttons and keys, and the list with its reasons follows',
    browsers: EVERYWHERE,
    async run({ open, words }) {
      const t = wordsOf(words, 'en');
      const page = await open(small());
      await page.waitForStatus('ready');
      await page.call('start');
      await page.show(NEXT);
      await page.waitForText(t('ui.next_item.next'), NEXT);
      await page.click('button', t('ui.next_item.clear'), NEXT);
      await page.waitForText(t('ui.next_item.empty'), NEXT);
      for (const title of ['lemon', 'tangerine', 'lady beetle']) {
        await page.click('combobox', t('ui.composer.add'), COMPOSER);
        await page.type(title);
        await page.press('Enter');
        await page.waitForText(title, COMPOSER);
      }
      await page.click('button', t('ui.composer.earlier'), COMPOSER);
      const history = await idsOf(page, ['lemon', 'lady beetle', 'tangerine']);
      await page.click('summary', t('ui.next_item.call'), NEXT);
      await page.waitForText(`"history":${JSON.stringify(history)}`, NEXT);
      const { list } = await page.call('predict', { history, top: 10 });
      await page.waitForText(list[0].title, NEXT);
      const text = await page.text(NEXT);
      for (const { title } of list) contains(text, title, 'the list');
      ok(
        list[0].reasons.some(({ relation }) => relation !== null),
        'an edge of the graph is among the reasons',
      );
      contains(text, t('ui.reasons.how'), 'what the reasons are');
      await page.click('button', t('ui.composer.remove'), COMPOSER);
      await page.press('Delete');
      await page.waitForText(`"history":${JSON.stringify(history.slice(0, 1))}`, NEXT);
    },
  },
  {
    name: 'the picture of one item never stands beside the title of another',
    browsers: ['chromium'],
    async run({ open, words }) {
      const t = wordsOf(words, 'en');
      const page = await open(small());
      await page.waitForStatus('ready');
      await page.show(NEXT);
      await page.waitForText(t('ui.next_item.next'), NEXT);
      const { now, drawn, then } = await withNextItem(page);
      equal(drawn, 0, `pictures beside “${now}” before its own has come`);
      equal(then, now, 'the title when its picture has come');
    },
  },
  {
    name: 'a user’s history says what was really taken next, and a model that counts asks to be trained first',
    browsers: ['chromium'],
    async run({ open, words }) {
      const t = wordsOf(words, 'en');
      const page = await open(small({ model: 'markov' }));
      await page.waitForStatus('ready');
      await page.show(NEXT);
      await page.waitForText(t('errors.not_trained'), NEXT);
      await page.call('start');
      await page.click('button', t('ui.next_item.user'), NEXT);
      await page.waitForText(t('ui.next_item.really'), NEXT);
      const { history, next } = await page.call('inspect', 'graph', { user: 0 });
      const { items } = await page.call('inspect', 'items', {});
      const text = await page.text(NEXT);
      contains(text, items[next.item].title, 'what was taken next');
      contains(text, items[history.at(-1).item].title, 'the last item before it');
    },
  },
  {
    name: 'the two-bar test judges late fusion three times and the goal by it',
    browsers: ['chromium'],
    async run({ open, words }) {
      const t = wordsOf(words, 'en');
      const page = await open(small({ model: 'late' }));
      await page.waitForStatus('ready');
      await page.recordEvents();
      await page.openTab(t('ui.inside.disturbed'));
      await page.waitForText(t('ui.asked.untrained'), 'ember-two-bars');
      await page.call('start');
      await page.click('button', t('ui.two_bars.begin'), 'ember-two-bars');
      await page.waitForText('standard error', 'ember-two-bars');
      const shown = await page.call('inspect', 'disturbed', {});
      contains(
        await page.text('ember-two-bars'),
        t('ui.two_bars.how', { histories: shown.histories }),
        'how many histories were judged',
      );
      const goals = await page.events('ember-goal');
      const isReached = goals.some(({ detail }) => detail.id === 'late_loses');
      equal(isReached, shown.shuffling_beyond > 2, 'the goal is reached by that figure');
    },
  },
  {
    name: 'one guess is judged in each world with a secret, and the next seed is another world',
    browsers: ['chromium'],
    async run({ open, words }) {
      const t = wordsOf(words, 'en');
      const page = await open(small({ model: 'popular', signals: 'one_secret', seed: '3' }));
      await page.waitForStatus('ready');
      await page.show('ember-sequences-data');
      await page.openTab(t('ui.histories.views.signals'), 'ember-sequences-data');
      await page.waitForText(t('ui.histories.secret'), 'ember-sequences-data');
      await page.openTab(t('ui.inside.secret'));
      const part = 'ember-secret-signal';
      await page.waitForText(t('ui.secret.once'), part);
      await page.click('button', t('ui.secret.signals.order'), part);
      await page.waitForText(t('ui.secret.another'), part);
      const { right, signal } = await page.call('inspect', 'secret', {});
      const name = t(`ui.secret.signals.${signal}`);
      contains(
        await page.text(part),
        t(`ui.secret.${right ? 'right' : 'wrong'}`, { signal: name }),
        'the verdict',
      );
      equal(await page.isEnabled('button', t('ui.secret.signals.text'), part), false, 'a second guess');
      await page.click('button', t('ui.secret.another'), part);
      await page.waitForText(t('ui.secret.once'), part);
      contains(await page.evaluate(() => location.search), 'seed=4', 'the address');
    },
  },
  ...LANGUAGES.map((language) => ({
    name: `axe finds nothing on the looks of the sequences lesson in ${language}, and they fit a phone`,
    browsers: ['chromium'],
    async run({ open, words }) {
      const t = wordsOf(words, language);
      const hide = 'story,settings,charts,experiments,goals,code,export,share';
      const page = await open(small({ lang: language, signals: 'one_secret', hide }), PHONE);
      await page.waitForStatus('ready');
      await page.show('ember-sequences-data');
      await page.openTab(t('ui.histories.views.items'), 'ember-sequences-data');
      for (const [look, part, button] of [
        ['codes', 'ember-modality-codes', null],
        ['disturbed', 'ember-two-bars', 'ui.two_bars.begin'],
        ['secret', 'ember-secret-signal', null],
        ['pooling', 'ember-pooling-pairs', null],
        ['cost', 'ember-cost', 'ui.cost.begin'],
      ]) {
        await page.openTab(t(`ui.inside.${look}`));
        await page.show(part);
        if (button) await page.click('button', t(button), part);
        await page.settled();
        await checkFits(page, look);
        await checkWithAxe(page, look, { widths: [360], within: 'ember-inside' });
      }
      await page.show(NEXT);
      await page.waitForText(t('ui.next_item.next'), NEXT);
      await checkWithAxe(page, 'what comes next', { widths: [360], within: NEXT });
      await checkWithAxe(page, 'the data', { widths: [360], within: 'ember-sequences-data' });
    },
  })),
];
