/** Labs in pages of others: by the script, several at once, and in an iframe. */

import { contains, equal, ok } from '../support/expect.mjs';
import { openFront } from '../support/front.mjs';
import { openHost } from '../support/host.mjs';
import { TOTAL_POINTS } from '../../iris/browser/support/lesson.mjs';
import { EVERYWHERE } from '../support/lessons.mjs';

/** Files of the site that the page has fetched, by their paths. */
const fetched = (page) =>
  page.read(
    (site) =>
      performance
        .getEntriesByType('resource')
        .map(({ name }) => name)
        .filter((name) => name.startsWith(site))
        .map((name) => name.slice(site.length)),
    page.siteUrl,
  );

const hostPage = (siteUrl, labs) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A course</title><link rel="icon" href="data:,">
<script type="module" src="${siteUrl}embed.js"></script></head><body><main><h1>A course</h1>${labs}</main></body></html>`;

export const tests = [
  {
    name: 'a host page fetches nothing before the click, and ignores its own address',
    browsers: EVERYWHERE,
    async run({ open, words, siteUrl, atEnd }) {
      const lab =
        '<ember-lab lesson="iris" lang="en" seed="5" hide="code,goals" lock="learning_rate"></ember-lab>';
      const host = await openHost(siteUrl, { '/': hostPage(siteUrl, lab) });
      atEnd(host.close);
      const page = await open(`${host.origin}/?seed=8&hidden=3`);
      await page.waitForCount(1, 'button');
      equal(await fetched(page), ['embed.js'], 'files fetched before the click');
      equal(await page.property('status'), 'idle', 'status before the click');
      const [button] = await page.names('button');
      await page.click('button', button);
      await page.waitForStatus('ready');
      const { config } = await page.call('exportRun');
      equal([config.seed, config.hidden], [5, [6]], 'settings: those of the element, none of the address');
      await page.call('start');
      equal(await page.property('status'), 'done', 'status after start()');
      equal(await page.search(), { seed: '8', hidden: '3' }, 'the address of the host');

      const parts = await page.parts();
      ok(
        !parts.includes('ember-code') && !parts.includes('ember-goals'),
        'hidden parts are not there',
        parts,
      );
      ok(parts.includes('ember-charts'), 'other parts are there', parts);
      const isFree = (name) => page.isEnabled('spinbutton', name, 'ember-settings');
      equal(
        await isFree(words('en', 'controls.learning_rate.label')),
        false,
        'a locked setting can be changed',
      );
      const free = `${words('en', 'controls.batch_size.label')} (${words('en', 'units.rows')})`;
      equal(await isFree(free), true, 'other settings can be changed');
    },
  },
  {
    name: 'several labs on a host page run side by side, each for itself',
    browsers: EVERYWHERE,
    async run({ open, siteUrl, atEnd }) {
      const elements = [1, 2, 3].map(
        (seed) =>
          `<ember-lab id="lab-${seed}" lesson="iris" lang="en" seed="${seed}" load="eager"></ember-lab>`,
      );
      const host = await openHost(siteUrl, { '/': hostPage(siteUrl, elements.join('\n')) });
      atEnd(host.close);
      const page = await open(`${host.origin}/`);
      const labs = [1, 2, 3].map((seed) => `#lab-${seed}`);
      for (const lab of labs) await page.begin(lab);
      const runs = [];
      for (const lab of labs) {
        await page.waitForStatusOf(lab, 'done');
        const { seed } = await page.callOn(lab, 'exportRun');
        const history = await page.callOn(lab, 'history');
        runs.push({ seed, points: history.length, last: history.at(-1).dev_loss });
      }
      equal(
        runs.map(({ seed }) => seed),
        [1, 2, 3],
        'seeds',
      );
      ok(
        runs.every(({ points }) => points === TOTAL_POINTS),
        'each run has come to its end',
        runs,
      );
      equal(new Set(runs.map(({ last }) => last)).size, 3, 'different results of three seeds');
    },
  },
  {
    name: 'autostart runs a lab of a host page by itself',
    browsers: ['chromium'],
    async run({ open, siteUrl, atEnd }) {
      const lab = '<ember-lab lesson="iris" lang="zh" preset="quick" autostart></ember-lab>';
      const host = await openHost(siteUrl, { '/': hostPage(siteUrl, lab) });
      atEnd(host.close);
      const page = await open(`${host.origin}/`);
      await page.waitForStatus('done');
      equal((await page.call('exportRun')).config.epochs, 60, 'epochs of the preset');
    },
  },
  {
    name: 'one figure stands alone in a page of another origin, runs, and says when there is none of its name',
    browsers: EVERYWHERE,
    async run({ open, words, siteUrl, atEnd }) {
      const t = (key, fill) => words('en', key, fill);
      const figure = (name) =>
        `<ember-lab id="${name}" lesson="iris" lang="en" load="eager" figure="${name}" config='{"epochs":5}'></ember-lab>`;
      const host = await openHost(siteUrl, { '/': hostPage(siteUrl, figure('regions') + figure('leaves')) });
      atEnd(host.close);
      const page = await open(`${host.origin}/`);
      await page.waitForStatusOf('#leaves', 'ready');
      await page.waitForText(t('ui.text.no_figure', { name: 'leaves' }), '#leaves');
      await page.waitForStatusOf('#regions', 'ready');
      await page.click('button', t('ui.run.start'), '#regions');
      await page.waitForStatusOf('#regions', 'done');
      await page.show('#regions');
      await page.waitForText(t('classes.setosa'), '#regions');
      equal(await page.count('button', t('ui.run.one_step'), '#regions'), 0, 'buttons of the whole lab');
    },
  },
  {
    name: 'in an iframe the lab speaks with the origin it was given',
    browsers: EVERYWHERE,
    async run({ open, words, siteUrl, atEnd }) {
      const pages = {
        '/': '<!doctype html><html lang="en"><head><title>A platform</title><link rel="icon" href="data:,"></head><body></body></html>',
      };
      const host = await openHost(siteUrl, pages);
      atEnd(host.close);
      const page = await open(`${host.origin}/`);
      const frameUrl = `${siteUrl}iris/frame.html?lang=en&seed=4&epochs=20&origin=${encodeURIComponent(host.origin)}`;
      await page.evaluate(() => {
        globalThis.received = [];
        addEventListener('message', ({ data, origin }) => received.push({ ...data, from: origin }));
      });
      await page.addFrame(frameUrl);
      await page.waitFor('ember-ready from the frame', () =>
        received.some(({ type }) => type === 'ember-ready'),
      );
      await page.evaluate(() => {
        let lastId = 0;
        globalThis.callLab = (method, ...args) => {
          const id = ++lastId;
          frames[0].postMessage({ emberbook: 1, type: 'call', id, method, args }, '*');
          return new Promise((resolve) =>
            addEventListener('message', ({ data }) => {
              if (data.id === id && (data.type === 'result' || data.type === 'error')) resolve(data);
            }),
          );
        };
      });
      const started = await page.evaluate(() => callLab('start'));
      equal(started.type, 'result', 'answer to start()');
      const record = await page.evaluate(() => callLab('exportRun'));
      equal([record.emberbook, record.type], [1, 'result'], 'form of an answer');
      equal([record.result?.seed, record.result?.steps], [4, 160], 'run record from the frame');
      const refused = await page.evaluate(() => callLab('evaluate', 'nothing'));
      equal([refused.type, refused.error?.code], ['error', 'unknown_split'], 'an error from the frame');
      const unknown = await page.evaluate(() => callLab('remove'));
      equal(unknown.type, 'error', 'answer to a method that is none of the contract');
      await page.waitFor('the height from the frame', () =>
        received.some(({ type }) => type === 'ember-resize'),
      );
      const messages = await page.evaluate(() => received);
      const types = messages.map(({ type }) => type);
      for (const type of ['ember-status', 'ember-progress', 'ember-resize'])
        ok(types.includes(type), `the frame sends ${type}`, [...new Set(types)]);
      ok(
        messages.every(({ emberbook }) => emberbook === 1),
        'every message carries its mark',
      );
      const height = messages.findLast(({ type }) => type === 'ember-resize').height;
      ok(height > 100, 'height of the frame', height);
    },
  },
  {
    name: 'a frame that was given another origin is silent',
    browsers: ['chromium'],
    async run({ open, siteUrl, atEnd }) {
      const src = `${siteUrl}iris/frame.html?lang=en&autostart&origin=https%3A%2F%2Fother.example`;
      const host = await openHost(siteUrl, {
        '/': `<!doctype html><html lang="en"><head><title>A platform</title></head><body><script>
          globalThis.received = [];
          addEventListener('message', ({ data }) => received.push(data));
          </script><iframe src="${src}"></iframe></body></html>`,
      });
      atEnd(host.close);
      const page = await open(`${host.origin}/`);
      // Each message to an origin that is not there is refused by the browser, with a line on the console.
      page.allow(/postMessage|target origin/);
      const frame = await page.frame('/iris/frame.html');
      await frame.waitForStatus('done');
      await page.evaluate(
        (site) =>
          frames[0].postMessage({ emberbook: 1, type: 'call', id: 1, method: 'reset', args: [] }, site),
        new URL(siteUrl).origin,
      );
      // Messages come in the order they were sent: once the frame has its own, it has had that of the page.
      await frame.evaluate(async () => {
        const come = new Promise((resolve) => {
          addEventListener('message', ({ data }) => data === 'the last' && resolve());
        });
        postMessage('the last', location.origin);
        await come;
      });
      await frame.settled();
      equal(await frame.property('status'), 'done', 'status of the lab');
      equal(await page.evaluate(() => received), [], 'messages to an origin that was not named');
    },
  },
  {
    name: 'the site works from a folder below the root',
    browsers: ['chromium'],
    async run({ open, words, siteUrl, atEnd }) {
      const front = await openFront(siteUrl, 'some/folder/');
      atEnd(front.close);
      const page = await open(`${front.url}?lang=en`);
      await page.click('link', words('en', 'lesson.title', {}, 'iris'));
      await page.waitFor('the lesson', () => location.pathname.endsWith('/iris/'));
      await page.waitForStatus('ready');
      await page.call('start');
      equal(await page.property('status'), 'done', 'status after start()');
      contains(await page.evaluate(() => location.href), `${front.url}iris/`, 'address of the lesson');
      equal(front.problems, [], 'requests that were answered by an error');
    },
  },
];
