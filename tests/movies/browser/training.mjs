/** The movies lesson trains: the same in every browser, and on real ratings. On WebGPU: parity.mjs. */

import { contains, equal, near, ok } from '../../browser/support/expect.mjs';
import { historyHash, keepHash } from '../../browser/support/history.mjs';
import { ALL_PARTS, EVERYWHERE } from '../../browser/support/lessons.mjs';
import { made, movies } from './support/lesson.mjs';

export const tests = [
  {
    name: 'films: networks and methods have the same history in every browser, also taken up from a checkpoint',
    browsers: EVERYWHERE,
    async run({ open, shared, browser }) {
      const page = await open(made({ hide: ALL_PARTS }));
      await page.waitForStatus('ready');
      for (const model of ['fusion', 'candidate', 'mf']) {
        await page.setProperty('config', { model });
        await page.waitForSettings({ model });
        await page.call('start');
        const whole = await historyHash(page);
        keepHash(shared, `films, ${model}`, browser, whole);
        await page.call('reset');
        await page.call('step', 3);
        await page.call('start');
        equal(await historyHash(page), whole, `history of ${model} made in pieces`);
      }
    },
  },
  {
    name: 'a first look at real ratings ends near the averages of users and films, and the page says so in a sentence',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(movies({ preset: 'quick' }));
      await page.waitForStatus('ready');
      await page.call('start');
      const { rmse, rows, users } = await page.call('evaluate', 'test');
      near(rmse, 0.885, 0.02, 'test RMSE in stars');
      equal([rows, users], [10_039, 649], 'test ratings, and users whose lists are judged');
      await page.waitForText(rmse.toPrecision(3), 'ember-run-bar');
      contains(
        await page.text('ember-run-bar'),
        words('en', 'ui.figures.rmse', {}, 'movies'),
        'the sentence',
      );
      const { list } = await page.call('predict', { user: 1, top: 10 });
      equal(list.length, 10, 'films of a list');
      const { score } = await page.call('predict', { user: 1, movie: list[0].movie });
      ok(score >= 0 && score <= 5, 'stars of a film', score);
    },
  },
];
