/** The lesson with the keyboard alone. */

import { ok } from '../../browser/support/expect.mjs';
import { isNamed, tabTo } from '../../browser/support/keyboard.mjs';
import { EVERYWHERE } from '../../browser/support/lessons.mjs';
import { made } from './support/lesson.mjs';

const SELF = 'ember-ask-self';
const isSearch = ({ role, hosts }) => role === 'combobox' && hosts.includes(SELF);
const isReason = ({ hosts }) => hosts.includes('ember-why');

export const tests = [
  {
    name: 'from the Run button to a list of ones own with the keyboard alone',
    browsers: EVERYWHERE,
    async run({ open, words }) {
      const t = (key, fill) => words('en', key, fill, 'movies');
      const page = await open(made({ model: 'item_cf', lang: 'en' }));
      await page.waitForStatus('ready');
      await tabTo(page, 'the Run button', isNamed('button', t('ui.run.start')));
      await page.press('Enter');
      await page.waitForStatus('done');
      await tabTo(page, 'the tabs where the model is asked', isNamed('tab', t('ui.ask.tabs.user')));
      await page.press('ArrowRight');
      await page.waitForText(t('ui.self.suggested'), SELF);
      await tabTo(page, 'the search for a film', isSearch);
      const { titles, ids } = await page.call('inspect', 'films', {});
      await page.type(titles[3]);
      await page.press('Enter');
      await page.waitForText(t('ui.self.rated', { count: 1 }), SELF);
      // The focus has gone along: the next key changes the stars of that film.
      await page.press('End');
      await page.waitForText(t('ui.self.list'), SELF);
      const { list } = await page.call('predict', { ratings: [[ids[3], 5]], top: 10 });
      await page.waitForText(list[0].title, SELF);
      ok(list[0].score > 0, 'five stars speak for the films beside it', list[0]);
      await tabTo(page, 'why a film is on the list', isReason);
      await page.press('Enter');
      await page.waitForText(titles[3], SELF);
    },
  },
];
