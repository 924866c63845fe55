/**
 * axe finds nothing on the sequences lesson: both languages, light and dark, with a network and with counts before, and views
 * that the looks come to by a choice.
 */

import { checkWithAxe, LANGUAGES } from '../../browser/support/axe.mjs';
import { GraphPanel } from './support/graph_panel.mjs';
import { small } from './support/lesson.mjs';

export const tests = LANGUAGES.flatMap((language) => [
  {
    name: `axe finds nothing on the sequences lesson in ${language}`,
    browsers: ['chromium'],
    async run({ open }) {
      for (const model of ['mmsr', 'markov']) {
        const page = await open(small({ lang: language, model }));
        await page.waitForStatus('ready');
        await page.call('start');
        // The second time the article is as it was.
        const within = model === 'mmsr' ? null : 'ember-lab';
        await checkWithAxe(page, `the lesson with ${model}`, { within });
      }
    },
  },
  {
    name: `axe finds nothing on further views of the looks of the sequences lesson in ${language}`,
    browsers: ['chromium'],
    async run({ open, words }) {
      const t = (key, fill) => words(language, key, fill, 'sequences');
      const page = await open(small({ lang: language }));
      await page.waitForStatus('ready');
      await page.call('start');
      const panel = await GraphPanel.open(page, t);
      await panel.choose(1);
      await panel.without('image');
      await panel.choice('views.matrix');
      await checkWithAxe(page, 'a graph without pictures as a matrix', { within: 'ember-inside' });
      await page.openTab(t('ui.inside.codes'), 'ember-inside');
      for (const view of ['text', 'graphs']) {
        await page.openTab(t(`ui.codes.views.${view}`), 'ember-modality-codes');
        await checkWithAxe(page, `codes, ${view}`, { within: 'ember-inside' });
      }
      await page.setProperty('config', { signals: 'one_secret', epochs: 1 });
      await page.waitForSettings({ signals: 'one_secret' });
      await page.openTab(t('ui.inside.secret'), 'ember-inside');
      await page.click('button', t('ui.secret.signals.order'), 'ember-secret-signal');
      await page.waitForCount(1, 'button', t('ui.secret.another'), 'ember-secret-signal');
      await checkWithAxe(page, 'the secret signal', { within: 'ember-inside' });
    },
  },
]);
