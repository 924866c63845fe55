/** The movies lesson trains: the same in every browser, on real ratings, on WebGPU as on the CPU. */

import { checkAdapter } from '../../browser/support/adapter.mjs';
import { contains, equal, near, ok } from '../../browser/support/expect.mjs';
import { historyHash, keepHash } from '../../browser/support/history.mjs';
import { ALL_PARTS, EVERYWHERE } from '../../browser/support/lessons.mjs';
import { made, movies } from './support/lesson.mjs';

const losses = (points) => points.filter((point) => 'loss' in point).map(({ loss }) => loss);

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
  {
    name: 'the fusion network trains on WebGPU as on the CPU',
    browsers: ['chromium-webgpu'],
    async run({ open }) {
      const small = { embedding_size: 8, hidden_size: 16, passes: 1, hide: ALL_PARTS };
      const onCpu = await open(made({ ...small, backend: 'cpu' }));
      await onCpu.waitForStatus('ready');
      await onCpu.call('start');
      const expected = losses(await onCpu.call('history'));
      const page = await open(made({ ...small, backend: 'webgpu' }));
      await checkAdapter(page);
      await page.waitForStatus('ready');
      equal((await page.property('device')).kind, 'webgpu', 'device');
      await page.call('start');
      const found = losses(await page.call('history'));
      equal(found.length, expected.length, 'steps');
      found.forEach((loss, step) =>
        near(loss, expected[step], 1e-3 * expected[step], `loss of step ${step}`),
      );
      near(
        (await page.call('evaluate', 'test')).rmse,
        (await onCpu.call('evaluate', 'test')).rmse,
        1e-3,
        'test RMSE',
      );
      const { dispatches } = await page.call('inspect', 'gpu_counters');
      ok(dispatches >= expected.length, 'work was handed to the GPU', dispatches);
    },
  },
];
