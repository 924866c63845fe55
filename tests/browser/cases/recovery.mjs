/** A worker that dies in mid-run is replaced, and the run goes on from its last checkpoint. */

import { eventually } from '../support/bare_page.mjs';
import { equal, ok } from '../support/expect.mjs';
import { openWatchedFront } from '../support/front.mjs';
import { historyHash, keepHash } from '../support/history.mjs';
import { lesson, LONG_RUN, WATCHED_RUN, WATCHED_STEPS } from '../../iris/browser/support/lesson.mjs';
import { vision } from '../../vision/browser/support/lesson.mjs';
import { EVERYWHERE } from '../support/lessons.mjs';
import { crashWorker, endWorker, KEEP_WORKERS } from '../support/workers.mjs';

/** Paced, so that the run cannot be over before its worker is ended; then on at full speed. */
async function killInMidRun(page, words, kill) {
  await page.waitForStatus('ready');
  await page.unfold(words('en', 'ui.run.more'), 'ember-run-bar');
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
      const page = await open(lesson(WATCHED_RUN), { before: [KEEP_WORKERS] });
      await killInMidRun(page, words, crashWorker);
      await page.waitForStatus('done');
      equal((await page.call('exportRun')).steps, WATCHED_STEPS, 'steps of the finished run');
      const hash = await historyHash(page);
      keepHash(shared, 'watched run', `${browser}, after a crash`, hash);
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
      const page = await open(lesson(WATCHED_RUN), { before: [KEEP_WORKERS] });
      await killInMidRun(page, words, endWorker);
      await page.waitForStatus('done');
      equal((await page.call('exportRun')).steps, WATCHED_STEPS, 'steps of the finished run');
      const training = (await page.call('history')).filter((point) => 'loss' in point);
      equal(training.length, WATCHED_STEPS, 'training points of the finished run');
    },
  },
  {
    name: 'a worker that ends while nobody asks it anything is replaced, and the run stands where it stood',
    browsers: EVERYWHERE,
    async run({ open, words }) {
      const page = await open(lesson(LONG_RUN), { before: [KEEP_WORKERS] });
      await page.call('step', 50);
      const figures = await page.call('evaluate', 'test');
      await page.settled();
      await page.evaluate(endWorker);
      await page.waitFor('another worker', () => emberWorkers.length >= 2);
      await page.waitForText(words('en', 'ui.messages.recovered', { step: 50 }), 'ember-messages');
      equal(await page.property('status'), 'paused', 'status');
      equal(await page.call('evaluate', 'test'), figures, 'figures of the test rows');
      await page.call('step', 10);
      equal((await page.call('exportRun')).steps, 60, 'steps of the run that goes on');
    },
  },
  {
    name: 'whatever is asked of a worker that has just ended is answered by the next',
    browsers: ['chromium', 'firefox'],
    async run({ open }) {
      const page = await open(lesson(LONG_RUN), { before: [KEEP_WORKERS] });
      await page.call('step', 50);
      const content =
        'length,kind\n' + Array.from({ length: 30 }, (_, row) => `${row},${row % 2}`).join('\n');
      const asked = {
        evaluate: () => page.call('evaluate', 'test'),
        predict: () => page.call('predict', [[5.1, 3.5, 1.4, 0.2]]),
        inspect: () => page.call('inspect', 'network'),
        exportModel: () => page.call('exportModel', 'safetensors'),
        reset: () => page.call('reset'),
        load: async () =>
          equal(await page.load({ name: 'own.csv', content }), null, 'what load rejects with'),
      };
      for (const ask of Object.values(asked)) {
        // Workers that end one after the other without a step between are given up.
        await page.call('step', 1);
        await page.settled();
        await page.evaluate(endWorker);
        await ask();
      }
      const workers = await page.evaluate(() => emberWorkers.length);
      equal(workers, 1 + Object.keys(asked).length, 'workers that were made');
    },
  },
  {
    name: 'a worker that ends in a step that may take minutes is noticed at once',
    browsers: EVERYWHERE,
    async run({ open, words }) {
      const page = await open(
        vision({ task: 'mnist', filters: '4', dense_units: '32', train_size: '2000', epochs: '200' }),
        { before: [KEEP_WORKERS] },
      );
      await page.waitForStatus('ready');
      await page.begin();
      await page.waitForStatus('training');
      await page.waitForStep(20);
      const began = Date.now();
      await page.evaluate(endWorker);
      await page.waitFor('another worker', () => emberWorkers.length >= 2);
      await page.waitForText(words('en', 'ui.messages.recovered', {}).split('{')[0], 'ember-messages');
      ok(Date.now() - began < 60_000, 'time until it is replaced; a step may take 600 s', Date.now() - began);
      equal(await page.property('status'), 'training', 'status');
    },
  },
  {
    name: 'where there are no locks, a worker with nothing to do is asked whether it is there',
    browsers: ['chromium'],
    async run({ open, siteUrl, atEnd }) {
      const front = await openWatchedFront(siteUrl);
      atEnd(front.close);
      // As in pages that come without encryption.
      front.beforeScript['engine/worker.js'] =
        "Object.defineProperty(navigator, 'locks', { value: undefined })";
      const page = await open(`${front.url}${lesson(LONG_RUN)}`, { before: [KEEP_WORKERS] });
      await page.call('step', 50);
      await page.settled();
      await page.evaluate(endWorker);
      await page.waitFor('another worker', () => emberWorkers.length >= 2);
      await page.call('step', 10);
      equal((await page.call('exportRun')).steps, 60, 'steps of the run that goes on');
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
