/** The page of all figures, and the way from a figure to others: its link, the lines that embed it, its poster. */

import { readFileSync } from 'node:fs';
import { contains, equal, ok } from '../support/expect.mjs';
import { openHost } from '../support/host.mjs';
import { address, EVERYWHERE, LESSONS } from '../support/lessons.mjs';
import { lesson as iris } from '../../iris/browser/support/lesson.mjs';

/** The words of posters, which are kept apart from those of the pages. */
const POSTER = JSON.parse(readFileSync(new URL('../../../www/app/poster.json', import.meta.url), 'utf8'));
const START = POSTER.en.open_figure;

const FIGURE = '.only-en ember-figure[name="model"]';

export const tests = [
  {
    name: 'the page of all figures shows each with its still, its place and the lines that embed it, and starts it there',
    browsers: ['chromium'],
    async run({ open, words }) {
      const t = (key, fill) => words('en', key, fill);
      const counts = [];
      for (const lesson of LESSONS) {
        const page = await open(address(lesson, { epochs: 1 }));
        counts.push((await page.figures('en')).length);
      }
      const all = counts.reduce((sum, count) => sum + count, 0);
      const page = await open('?lang=en');
      await page.click('link', t('ui.all_figures.title'));
      await page.waitForText(t('ui.all_figures.intro'));
      equal(await page.count('button', START), all, 'figures that can be started');
      equal(await page.count('link', t('ui.all_figures.in_text')), all, 'links to places in the texts');
      equal((await page.stills()).length, all, 'stills');
      equal(await page.property('status', '#iris-regions ember-lab'), 'idle', 'status before the click');
      const lines = '#iris-regions .lines';
      await page.click('summary', t('ui.all_figures.embed'), '#iris-regions');
      contains(await page.text(lines), `src="${page.siteUrl}embed.js"`, 'lines that embed a figure');
      contains(
        await page.text('#iris-regions details'),
        `${page.siteUrl}iris/frame.html?lang=en&amp;figure=regions`,
        'the frame',
      );
      await page.click('button', START, '#iris-regions');
      await page.waitForStatusOf('#iris-regions ember-lab', 'ready');
      await page.waitForCount(1, 'button', t('ui.run.start'), '#iris-regions');
      await page.click('link', t('ui.all_figures.in_text'), '#iris-vectors');
      await page.waitFor('the place in the text', () => location.hash === '#en-figure-vectors');
    },
  },
  {
    name: 'the elements of texts act on the lab beside them, and posters speak the language of the page',
    browsers: ['chromium'],
    async run({ open }) {
      const page = await open('figures/?lang=en');
      const lab = '.elements ember-lab';
      await page.click('button', POSTER.en.open, lab);
      await page.waitForStatusOf(lab, 'ready');
      await page.show('.elements');
      const handles = await page.names('spinbutton', '.elements');
      ok(handles.length >= 2, 'handles that can be turned', handles);
      await page.click('link', '中文');
      await page.waitForCount(1, 'button', POSTER.zh.open_figure, '#iris-regions');
    },
  },
  {
    name: 'a figure hands out a link that leads back to it with its settings, and the lines that embed it alone',
    browsers: EVERYWHERE,
    async run({ open, words }) {
      const t = (key, fill) => words('en', key, fill);
      const page = await open(iris({ lang: 'en', hidden: '3', seed: 7 }));
      await page.waitForStatus('ready');
      await page.show(FIGURE);
      await page.click('button', t('ui.text.share'), FIGURE);
      await page.waitForText('#en-figure-model', FIGURE);
      const told = await page.text(FIGURE);
      contains(told, 'figure="model"', 'the lines that embed it');
      contains(told, 'iris/frame.html?lang=en&amp;', 'the line of a frame');
      const link = told.match(/iris\/\?\S+#en-figure-model/)?.[0];
      ok(link?.includes('seed=7') && link.includes('hidden=3'), 'the link holds the settings', link);
      ok(!link.includes('learning_rate'), 'the link holds no default', link);
      await page.goto(link);
      await page.waitForStatus('ready');
      await page.waitForSettings({ hidden: '3', seed: 7 });
      await page.settled();
      ok(
        (await page.placeOf('#en-figure-model')).isSeen,
        'the figure is in sight',
        await page.placeOf('#en-figure-model'),
      );
    },
  },
  {
    name: 'a frame shows one figure alone, with the settings of its address',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open('iris/frame.html?lang=en&figure=regions&epochs=5');
      await page.waitForStatus('ready');
      await page.click('button', words('en', 'ui.run.start'));
      await page.waitForStatus('done');
      await page.waitForText(words('en', 'classes.setosa', {}, 'iris'), 'ember-lab');
      equal((await page.call('exportRun')).config.epochs, 5, 'epochs of the address');
      equal(await page.count('button', words('en', 'ui.run.one_step')), 0, 'buttons of the whole lab');
    },
  },
  {
    name: 'the poster of one figure says so, and shows what the page has put there until it opens',
    browsers: ['chromium'],
    async run({ open, siteUrl, atEnd }) {
      const lab = `<ember-lab lesson="iris" figure="regions" lang="en"><p slot="poster">What it will show</p></ember-lab>`;
      const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A course</title>
        <link rel="icon" href="data:,"><script type="module" src="${siteUrl}embed.js"></script></head>
        <body><main><h1>A course</h1>${lab}</main></body></html>`;
      const host = await openHost(siteUrl, { '/': html });
      atEnd(host.close);
      const page = await open(`${host.origin}/`);
      await page.waitForText('What it will show', 'main');
      await page.click('button', START);
      await page.waitForStatus('ready');
      await page.waitForNoText('What it will show', 'main');
    },
  },
];
