/** A worker that dies in mid-run is replaced, and the run goes on from its last checkpoint. */

import { eventually } from '../support/bare_page.mjs';
import { equal, ok } from '../support/expect.mjs';
import { historyHash, keepHash } from '../support/history.mjs';
import { lesson, LONG_RUN, LONG_STEPS } from '../../iris/browser/support/lesson.mjs';
import { EVERYWHERE } from '../support/lessons.mjs';
import { crashWorker, KEEP_WORKERS } from '../support/workers.mjs';

/** Paced, so that the run cannot be over before its worker is ended; then on at full speed. */
async function killInMidRun(page, words, kill) {
  await page.waitForStatus('ready');
  await page.set('combobox', words('en', 'ui.run.pace'), 'watch', 'ember-run-bar');
  await page.click('button', words('en', 'ui.run.start'), 'ember-run-bar');
  // A checkpoint is taken every second; one beyond the first lies behind the run by then.
  await eventually('a checkpoint in the run', async () =>
    (await page.checkpointSteps()).some((step) => step > 0),
  );
  await page.evaluate(kill);
  await page.set('combobox', words('en', 'ui.run.pace'), 'full', 'ember-run-bar');
  await page.waitFor('another worker', () => emberWorkers.length >= 2);
}

export const tests = [
  {
    name: 'a worker that crashes in mid-run comes back from the checkpoint, and the history is whole',
    browsers: EVERYWHERE,
    async run({ open, words, shared, browser }) {
      const page = await open(lesson(LONG_RUN), { before: [KEEP_WORKERS] });
      await killInMidRun(page, words, crashWorker);
      await page.waitForStatus('done');
      equal((await page.call('exportRun')).steps, LONG_STEPS, 'steps of the finished run');
      const hash = await historyHash(page);
      keepHash(shared, 'long run', `${browser}, after a crash`, hash);
      await page.call('reset');
      await page.call('start');
      equal(
        await historyHash(page),
        hash,
        'history of a run that was not interrupted, beside the one that was',
      );
    },
  },
  {
    name: 'a worker that falls silent is noticed and replaced',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(lesson(LONG_RUN), { before: [KEEP_WORKERS] });
      await killInMidRun(page, words, () => emberWorkers.at(-1).terminate());
      await page.waitForStatus('done');
      equal((await page.call('exportRun')).steps, LONG_STEPS, 'steps of the finished run');
      const training = (await page.call('history')).filter((point) => 'loss' in point);
      equal(training.length, LONG_STEPS, 'training points of the finished run');
    },
  },
  {
    name: 'a worker that dies again and again is given up with an error, and all is kept',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(lesson(LONG_RUN), { before: [KEEP_WORKERS] });
      await page.call('step', 50);
      await page.evaluate(() => {
        // From now on each worker is dead on arrival.
        const Original = Worker;
        globalThis.Worker = class extends Original {
          constructor(...values) {
            super(...values);
            setTimeout(() => this.dispatchEvent(new ErrorEvent('error', { message: 'ended by the test' })));
          }
        };
        emberWorkers.at(-1).dispatchEvent(new ErrorEvent('error', { message: 'ended by the test' }));
      });
      const error = await page.failure('start');
      ok(['engine_panic', 'worker_blocked'].includes(error.code), 'code of the error', error);
      equal(await page.property('status'), 'error', 'status');
      await page.waitForText(words('en', `errors.${error.code}`));
      equal(
        (await page.call('history')).filter((point) => 'loss' in point).length,
        50,
        'training points kept',
      );
    },
  },
];
