/** A run is kept in the browser as it goes; the page that comes back offers to continue it. */

import { contains, equal, ok } from '../support/expect.mjs';
import { historyHash, keepHash } from '../support/history.mjs';
import { openHost } from '../support/host.mjs';
import { inStore, keptRuns, untilKept, untilNothingKept } from '../support/kept.mjs';
import { lesson, LONG_RUN, STEPS_PER_EPOCH, TOTAL_STEPS } from '../../iris/browser/support/lesson.mjs';
import { EVERYWHERE } from '../support/lessons.mjs';

/** Steps of a run long enough to be left in the middle. */
const STEPS = 100 * STEPS_PER_EPOCH;

const offerOf = (words, step, total) =>
  words('en', 'ui.kept.continue', { step: step.toLocaleString('en'), total: total.toLocaleString('en') });

const offers = (page, words) => page.count('button', words('en', 'ui.kept.forget'), 'ember-messages');

export const tests = [
  {
    name: 'a run left in the middle is continued after a reload, and its history is that of a whole run',
    browsers: EVERYWHERE,
    async run({ open, words, shared, browser }) {
      const page = await open(lesson({ epochs: 100, seed: 3 }));
      await page.waitForStatus('ready');
      await page.call('step', 300);
      await page.call('step', 200);
      const { steps, history } = await page.call('exportRun');
      equal(steps, 500, 'step of the pause');
      const kept = await untilKept(page, steps);
      equal(
        [kept.lesson, kept.page, kept.step, kept.totalSteps, kept.backend, kept.finished],
        ['iris', '/iris/', steps, STEPS, 'cpu', false],
        'what is kept',
      );

      // The page comes back with the default settings: those of the run come with it.
      await page.goto(lesson());
      await page.waitForStatus('ready');
      await page.waitForText(words('en', 'ui.kept.forget'), 'ember-messages');
      equal(await page.call('history'), [], 'nothing is loaded by itself');
      const offer = await page.text('ember-messages');
      contains(offer, words('en', 'controls.epochs.label'), 'the settings of the run in the offer');
      await page.click('button', offerOf(words, steps, STEPS), 'ember-messages');
      await page.waitForStatus('paused');
      equal((await page.call('exportRun')).steps, steps, 'step after continuing');
      equal(await page.call('history'), history, 'history after continuing');
      equal((await page.search()).epochs, '100', 'settings in the address');
      equal(await offers(page, words), 0, 'offers once one was taken');
      equal(await page.checkpointSteps(), [0, steps], 'checkpoints of the continued run');
      await page.call('start');
      const continued = await historyHash(page);
      keepHash(shared, '100 epochs with seed 3', `${browser}, continued after a reload`, continued);

      await page.call('reset');
      await page.call('start');
      equal(await historyHash(page), continued, 'history of a run that was not interrupted, beside it');
    },
  },
  {
    name: 'a run is kept while it trains, and when the page is left in full run',
    browsers: ['chromium', 'firefox'],
    async run({ open, words }) {
      const page = await open(lesson(LONG_RUN));
      await page.waitForStatus('ready');
      await page.unfold(words('en', 'ui.run.more'), 'ember-run-bar');
      await page.set('combobox', words('en', 'ui.run.pace'), 'watch', 'ember-run-bar');
      await page.click('button', words('en', 'ui.run.start'), 'ember-run-bar');
      const kept = await untilKept(page, 1);
      equal(await page.property('status'), 'training', 'status while it is kept');
      await untilKept(page, kept.step + 100);
      await page.reload();
      await page.waitForText(words('en', 'ui.kept.forget'), 'ember-messages');
    },
  },
  {
    name: 'a finished run is brought back with its figures',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(lesson({ preset: 'quick' }));
      await page.waitForStatus('ready');
      await page.call('start');
      const history = await historyHash(page);
      const figures = await page.call('evaluate', 'test');
      await untilKept(page, 480);
      await page.goto(lesson());
      await page.click('button', words('en', 'ui.kept.show'), 'ember-messages');
      await page.waitForStatus('done');
      equal(await historyHash(page), history, 'history');
      equal(await page.call('evaluate', 'test'), figures, 'figures on the test set');
      await page.waitForText('480', 'ember-runs');
    },
  },
  {
    name: 'a run that is forgotten is gone',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(lesson());
      await page.waitForStatus('ready');
      await page.call('step', 20);
      await untilKept(page, 20);
      await page.reload();
      await page.click('button', words('en', 'ui.kept.forget'), 'ember-messages');
      await page.waitForCount(0, 'button', words('en', 'ui.kept.forget'), 'ember-messages');
      await untilNothingKept(page, 'of a run that is forgotten');
      await page.reload();
      await page.waitForStatus('ready');
      await page.call('step', 1);
      equal(await offers(page, words), 0, 'offers after a reload');
    },
  },
  {
    name: 'a run of another build starts again with its settings, and says so',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(lesson({ hidden: '8,4' }));
      await page.waitForStatus('ready');
      await page.call('step', 20);
      await untilKept(page, 20);
      await inStore(page, async (objects, asked) => {
        const [key] = await asked(objects.getAllKeys());
        await asked(objects.put({ ...(await asked(objects.get(key))), build: 'another' }, key));
      });
      await page.goto(lesson());
      await page.waitForText(words('en', 'ui.kept.other_build'), 'ember-messages');
      await page.click('button', words('en', 'ui.kept.again'), 'ember-messages');
      await page.waitForText(words('en', 'ui.kept.begun_again'), 'ember-messages');
      const { config, steps } = await page.call('exportRun');
      equal([config.hidden, steps], [[8, 4], 0], 'settings and step');
      await page.call('start');
      equal((await page.call('exportRun')).steps, TOTAL_STEPS, 'steps of the new run');
    },
  },
  {
    name: 'kept runs that are damaged, foreign or too old are removed and disturb nothing',
    browsers: ['chromium', 'firefox'],
    async run({ open, words, browser }) {
      const page = await open(lesson());
      await page.waitForStatus('ready');
      await page.call('step', 20);
      await untilKept(page, 20);
      const changes = [
        { saved: 1000 },
        { saved: Date.now() + 1e12 },
        { format: 2 },
        { lesson: 'vision' },
        { page: '/elsewhere/' },
        { settings: null },
        { settings: [1] },
        { settings: { seed: 'x'.repeat(200_000) } },
        { checkpoint: 'bytes' },
        { step: -1 },
        { step: 1e9 },
        { backend: 'abacus' },
      ];
      // What is wrong with them is no matter of the engine; that they are found, and removed, is.
      for (const change of browser === 'chromium' ? changes : changes.slice(0, 2)) {
        await inStore(
          page,
          async (objects, asked, change) => {
            const key = ['run', 'iris', '/iris/'];
            // What was changed before is gone by now; the first of all is kept beside.
            globalThis.whole ??= JSON.parse(sessionStorage.getItem('whole') ?? 'null');
            globalThis.whole ??= await asked(objects.get(key));
            const { checkpoint, ...rest } = globalThis.whole;
            const bytes = Uint8Array.from(Object.values(checkpoint));
            sessionStorage.setItem('whole', JSON.stringify({ ...rest, checkpoint: [...bytes] }));
            await asked(objects.put({ ...rest, checkpoint: bytes, ...change }, key));
          },
          change,
        );
        await page.goto('about:blank');
        await page.goto(lesson());
        await page.waitForStatus('ready');
        const told = JSON.stringify(change).slice(0, 60);
        await untilNothingKept(page, `after ${told}`);
        equal(await offers(page, words), 0, `offers after ${told}`);
      }
      // A checkpoint of the right form and of no use: the run begins again, and the lab works.
      await inStore(page, async (objects, asked) => {
        const whole = JSON.parse(sessionStorage.getItem('whole'));
        const checkpoint = Uint8Array.from(whole.checkpoint, (byte, index) =>
          index < 200 ? byte : byte ^ 0x55,
        );
        await asked(objects.put({ ...whole, checkpoint }, ['run', 'iris', '/iris/']));
      });
      await page.reload();
      await page.click('button', offerOf(words, 20, TOTAL_STEPS), 'ember-messages');
      await page.waitForText(words('en', 'ui.kept.begun_again'), 'ember-messages');
      await page.call('start');
      equal(await page.property('status'), 'done', 'status of the run begun again');
    },
  },
  {
    name: 'a run of another tab is replaced only with a word about it',
    browsers: ['chromium', 'firefox'],
    async run({ open, words }) {
      const page = await open(lesson());
      await page.waitForStatus('ready');
      // The other tab, in the same profile, writes after this page has looked.
      await page.call('step', 20);
      await untilKept(page, 20);
      await inStore(page, async (objects, asked) => {
        const key = ['run', 'iris', '/iris/'];
        const kept = await asked(objects.get(key));
        await asked(
          objects.put({ ...kept, writer: 'another-tab', saved: kept.saved + 5000, step: 700 }, key),
        );
      });
      await page.call('step', 10);
      await page.waitForText(
        words('en', 'ui.kept.replaced', { step: 700, total: TOTAL_STEPS }),
        'ember-messages',
      );
      equal((await keptRuns(page)).length, 1, 'kept runs');
      equal((await untilKept(page, 1)).step, 30, 'step of the run that was kept last');
    },
  },
  {
    name: 'a browser that refuses the store disturbs nothing and is told of once',
    browsers: ['chromium', 'firefox'],
    async run({ open, words }) {
      const refuse = `Object.defineProperty(globalThis, 'indexedDB', {
        value: { open() { throw new DOMException('refused by the test', 'SecurityError'); } } });`;
      const page = await open(lesson(), { before: [refuse] });
      await page.waitForStatus('ready');
      ok(!(await page.text('ember-messages')).includes(words('en', 'ui.kept.refused')), 'quiet before a run');
      await page.call('step', 20);
      await page.waitForText(words('en', 'ui.kept.refused'), 'ember-messages');
      await page.call('start');
      equal(await page.property('status'), 'done', 'status');
      const said = (await page.text('ember-messages')).split(words('en', 'ui.kept.refused')).length - 1;
      equal(said, 1, 'times it was said');
    },
  },
  {
    name: 'nothing is kept or offered in pages of others, in iframes, and for further labs of a page',
    browsers: EVERYWHERE,
    async run({ open, words, siteUrl, atEnd, browser }) {
      const own = await open(lesson());
      await own.waitForStatus('ready');
      await own.call('step', 20);
      await untilKept(own, 20);
      await own.addLab('second', { seed: '7' });
      await own.callOn('#second', 'step', 30);
      equal((await untilKept(own, 20)).step, 20, 'a second lab keeps nothing');
      equal(await own.count('button', words('en', 'ui.kept.forget'), '#second'), 0, 'offers in a second lab');

      const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A course</title>
        <link rel="icon" href="data:,"><script type="module" src="${siteUrl}embed.js"></script></head>
        <body><main><ember-lab lesson="iris" lang="en" load="eager"></ember-lab></main></body></html>`;
      const host = await openHost(siteUrl, { '/': html });
      atEnd(host.close);
      const page = await open(`${host.origin}/`);
      await page.call('step', 20);
      const databases = await page.evaluate(async () =>
        (await indexedDB.databases()).map(({ name }) => name),
      );
      equal(databases, [], 'databases of the host page');
      equal(await offers(page, words), 0, 'offers in the host page');

      if (browser !== 'chromium') return;
      // The book's own page, framed by somebody else.
      await page.addFrame(`${siteUrl}iris/?lang=en`);
      const framed = await page.frame('/iris/');
      await framed.call('step', 20);
      equal((await framed.call('exportRun')).steps, 20, 'steps of a framed page');
      equal(await framed.evaluate(() => indexedDB.databases()), [], 'databases of a framed page');
    },
  },
];
