/** Every figure of every text lives, both languages have the same, and what is not in sight asks nothing. */

import { equal, ok } from '../support/expect.mjs';
import { address, LESSONS } from '../support/lessons.mjs';
import { KEEP_ASKED, takeAsked } from '../support/page_watch.mjs';
import { lesson as iris, LONG_RUN } from '../../iris/browser/support/lesson.mjs';

/** Figures of a lesson at least. */
const LEAST = 8;

/** Puts in force what a figure needs, by its own buttons. */
async function give(page, place, needs) {
  for (const [name, value] of Object.entries(needs)) {
    const { config } = await page.call('exportRun');
    if (String(config[name]) === String(value)) continue;
    const buttons = await page.names('button', place);
    equal(buttons.length, 1, `buttons of ${place}, which needs ${name}: ${value}`);
    await page.click('button', buttons[0], place);
    await page.waitForSettings({ [name]: value });
    await page.waitForStatus('ready', 'done');
  }
}

/** Presses Run of a page's first figure, which puts in force what it needs. */
async function runFront(page, t, place, needs) {
  await page.click('button', `▶ ${t('ui.run.start')}`, place);
  await page.waitForSettings(needs);
  await page.waitForStatus('training', 'done');
  await page.call('pause');
}

/** Goes from figure to figure of the English text; answers them as the page has them. */
async function walk(page, t) {
  const figures = await page.figures('en');
  ok(figures.length >= LEAST, `figures of the text, at least ${LEAST}`, figures.length);
  // First those that show what there is without any change.
  const isFree = ({ needs }) => Object.keys(needs).length === 0;
  const sorted = [...figures.filter(isFree), ...figures.filter((figure) => !isFree(figure))];
  for (const { id, name, needs, runs } of sorted) {
    const full = `en-figure-${id}`;
    await page.show(`#${full}`);
    if (name === 'front') await runFront(page, t, `#${full}`, needs);
    else await give(page, `#${full}`, needs);
    if (runs && name !== 'front') await page.call('step', 1);
    await page.show(`#${full}`);
    await page.waitForFigure(full);
    const shown = await page.figure(full);
    ok(shown !== null, `${full} lives`);
    ok(!shown.text.includes(t('ui.text.no_figure', { name })), `${full} is one of the lesson's`, shown.text);
    ok(!shown.text.includes(t('ui.text.other_settings')), `${full} can be seen`, shown.text);
    ok(shown.text.length > 0 && shown.height > 60, `${full} shows something`, shown);
    equal(shown.alerts, [], `what ${full} complains of`);
  }
  return figures;
}

export const tests = [
  ...LESSONS.map((lesson) => ({
    name: `every figure of the text lives, and the other language has the same: ${lesson}`,
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(address(lesson, { lang: 'en' }));
      await page.waitForStatus('ready', 'done');
      const figures = await walk(page, (key, fill) => words('en', key, fill, lesson));
      const chinese = await open(address(lesson, { lang: 'zh' }));
      // The same looks of the same lab: what it says in Chinese has words (tests/book/words.rs).
      equal(await chinese.figures('zh'), figures, 'figures of the Chinese text');
    },
  })),
  {
    name: 'figures that are out of sight ask nothing while a run trains',
    browsers: ['chromium'],
    async run({ open }) {
      const page = await open(iris({ ...LONG_RUN, lang: 'en' }), { before: [KEEP_ASKED] });
      await page.waitForStatus('ready', 'done');
      const figures = await page.figures('en');
      for (const { id } of figures) await page.show(`#en-figure-${id}`);
      const alive = [];
      for (const { id } of figures) if (await page.figure(`en-figure-${id}`)) alive.push(id);
      ok(alive.length >= LEAST, 'figures that live by now', alive);
      await page.show('#en-figure-activations');
      await page.evaluate(takeAsked);
      await page.begin();
      await page.waitForStep(3000);
      const first = await page.evaluate(takeAsked);
      ok(first.activations > 0, 'the figure in sight asks', first);
      await page.waitForStep(9000);
      const asked = await page.evaluate(takeAsked);
      ok(asked.activations > 0, 'the figure in sight goes on asking', asked);
      // Its neighbours may be within the margin in which what comes next is made ready.
      for (const look of ['regions', 'vectors', 'comparison', 'confusion', 'code', 'predict'])
        equal(asked[look] ?? 0, 0, `times that ${look} was asked for out of sight`);
      await page.call('pause');
    },
  },
];
