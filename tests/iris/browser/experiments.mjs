/** Experiments: many runs in a worker of their own, beside the reader's lab. */

import { contains, equal, near, ok } from '../../browser/support/expect.mjs';
import { ALL_PARTS, EVERYWHERE } from '../../browser/support/lessons.mjs';
import { lesson, LONG_RUN, LONG_STEPS } from './support/lesson.mjs';

const PART = 'ember-experiments';
/** So few epochs that twenty runs take no time. */
const SHORT = { epochs: 6, eval_steps: 10 };
const SEEDS = 20;

const choose = (page, words, id) => page.set('combobox', words('en', 'ui.experiments.choose'), id, PART);

/** The experiment under way has ended: the button runs it again. */
const waitForEnd = (page, words) =>
  page.waitFor(
    'the end of the experiment',
    (label, part) => {
      const [button] = emberTest.all('button', label, part);
      return (
        button !== undefined &&
        !button.disabled &&
        emberTest.first(part).shadowRoot.querySelector('.result') !== null
      );
    },
    words('en', 'ui.experiments.run'),
    PART,
  );

/** The cells of the result table, row by row, without the head. */
const rows = (page) =>
  page.evaluate(
    (part) =>
      [...emberTest.first(part).shadowRoot.querySelector('tbody').rows].map((row) =>
        [...row.cells].map((cell) => emberTest.text(cell)),
      ),
    PART,
  );

/** What the part hands out as a file when a button is pressed. */
async function saved(page, label) {
  await page.evaluate(() => {
    globalThis.savedFiles = [];
    const make = URL.createObjectURL;
    URL.createObjectURL = (blob) => {
      savedFiles.push(blob);
      return make.call(URL, blob);
    };
  });
  await page.click('button', label, PART);
  return page.waitFor('a file', async () => (savedFiles.length > 0 ? await savedFiles[0].text() : ''));
}

export const tests = [
  {
    name: 'twenty seeds give a row, and the figures of single labs with those seeds',
    browsers: EVERYWHERE,
    async run({ open, words }) {
      const page = await open(lesson(SHORT));
      await page.waitForStatus('ready');
      contains(await page.text(PART), words('en', 'ui.experiments.empty'), 'what will stand here');
      await choose(page, words, 'seeds');
      await page.click('button', words('en', 'ui.experiments.run'), PART);
      await waitForEnd(page, words);
      const found = await rows(page);
      equal(found.length, 1, 'rows of the table');
      equal(found[0][1], String(SEEDS), 'seeds in the row');

      const record = JSON.parse(await saved(page, words('en', 'ui.experiments.json')));
      equal(
        record.runs.map(({ seed }) => seed),
        Array.from({ length: SEEDS }, (_, index) => index + 1),
        'seeds of the runs',
      );
      for (const seed of [1, 20]) {
        await page.addLab(`single${seed}`, {
          config: SHORT,
          seed: String(seed),
          hide: ALL_PARTS,
          backend: 'cpu',
        });
        await page.callOn(`#single${seed}`, 'start');
        const figures = await page.callOn(`#single${seed}`, 'evaluate', 'test');
        const { values } = record.runs.find((run) => run.seed === seed);
        equal(values.test_accuracy, figures.accuracy, `test accuracy with seed ${seed}`);
        equal(values.test_loss, figures.loss, `test loss with seed ${seed}`);
        await page.removeLab(`single${seed}`);
      }
      const accuracies = record.runs.map(({ values }) => values.test_accuracy);
      const mean = accuracies.reduce((sum, value) => sum + value, 0) / SEEDS;
      const squares = accuracies.reduce((sum, value) => sum + (value - mean) ** 2, 0);
      // 2.093 is the 97.5 % quantile of Student's distribution with 19 degrees of freedom, from a table.
      const reach = (2.093 * Math.sqrt(squares / (SEEDS - 1))) / Math.sqrt(SEEDS);
      const told = found[0][2].match(/[\d.]+/g).map(Number);
      near(told[0], mean, 5.1e-4, 'the mean');
      near(told[2], mean - reach, 6e-4, 'the lower end of the interval');
      near(told[3], Math.min(1, mean + reach), 6e-4, 'the upper end of the interval');
    },
  },
  {
    name: 'an experiment leaves the lab alone, keeps its settings, and keeps its rows when it is stopped',
    browsers: EVERYWHERE,
    async run({ open, words }) {
      const page = await open(lesson(LONG_RUN));
      await page.waitForStatus('ready');
      const training = page.call('start');
      await choose(page, words, 'seeds');
      await page.click('button', words('en', 'ui.experiments.run'), PART);
      await page.waitFor(
        'two runs',
        (part) =>
          Number(emberTest.first(part).shadowRoot.querySelector('tbody').rows[0].cells[1].textContent) >= 2,
        PART,
      );
      await training;
      equal((await page.call('exportRun')).steps, LONG_STEPS, 'steps of the lab beside the experiment');
      await page.set('spinbutton', words('en', 'controls.learning_rate.label'), '0.1', 'ember-settings');
      await page.waitForStatus('ready');
      await page.click('button', words('en', 'ui.experiments.stop'), PART);
      await page.waitForText(words('en', 'ui.experiments.stopped'), PART);
      const runs = Number((await rows(page))[0][1]);
      ok(runs >= 2 && runs < SEEDS, 'runs that are kept', runs);
      const record = JSON.parse(await saved(page, words('en', 'ui.experiments.json')));
      equal(record.settings.learning_rate, 0.2, 'the learning rate it began with');
      equal(record.phase, 'stopped', 'how it ended');
      contains(await page.text('ember-goals'), words('en', 'ui.goals.open'), 'no goal by half an experiment');
    },
  },
  {
    name: 'the search for an architecture, with the keyboard alone',
    browsers: EVERYWHERE,
    async run({ open, words }) {
      const page = await open(lesson());
      await page.waitForStatus('ready');
      await page.evaluate(() => emberTest.record());
      await choose(page, words, 'architecture');
      await page.evaluate(
        (label, part) => emberTest.one('combobox', label, part).focus(),
        words('en', 'ui.experiments.choose'),
        PART,
      );
      await page.press('Tab');
      const focused = await page.evaluate(() => emberTest.name(emberTest.focused()));
      contains(focused, words('en', 'ui.experiments.run'), 'the stop after the choice');
      await page.press('Enter');
      await page.waitFor(
        'a first row',
        (part) => emberTest.first(part).shadowRoot.querySelector('tbody tr') !== null,
        PART,
      );
      await waitForEnd(page, words);
      equal((await rows(page)).length, 8, 'rows of the search');
      contains(await page.text(PART), words('en', 'ui.experiments.chosen'), 'the chosen one is marked');
      const spoken = await page.evaluate(
        (part) => emberTest.first(part).shadowRoot.querySelector('[aria-live]').textContent.trim(),
        PART,
      );
      contains(spoken, words('en', 'ui.experiments.announce_finished'), 'what a screen reader hears');
      const goals = await page.evaluate(() =>
        emberEvents.filter(({ type }) => type === 'ember-goal').map(({ detail }) => detail.id),
      );
      equal(goals, ['question_2'], 'goals reached');
      const record = JSON.parse(await saved(page, words('en', 'ui.experiments.json')));
      ok(
        record.runs.every(({ values }) => !('test_accuracy' in values)),
        'no candidate has been judged by the test set',
      );
      equal(record.reported.length, record.experiment.seeds, 'runs of the chosen one on the test set');
    },
  },
  {
    name: 'a fair comparison needs its end and a written answer',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(lesson());
      await page.waitForStatus('ready');
      await page.evaluate(() => emberTest.record());
      await choose(page, words, 'models');
      await page.click('button', words('en', 'ui.experiments.run'), PART);
      await waitForEnd(page, words);
      equal((await rows(page)).length, 5, 'models compared');
      const reached = () =>
        page.evaluate(() => emberEvents.filter(({ type }) => type === 'ember-goal').length);
      equal(await reached(), 0, 'goals before an answer');
      const answer = 'Their intervals overlap: no model is shown to be better.';
      await page.set('textbox', words('en', 'experiments.models.task'), answer, PART);
      await page.click('button', words('en', 'ui.experiments.hand_in'), PART);
      await page.waitForText(words('en', 'ui.experiments.handed_in'), PART);
      equal(await reached(), 1, 'goals after an answer');
      const record = JSON.parse(await saved(page, words('en', 'ui.experiments.json')));
      equal(record.answer, answer, 'the answer in the file');
    },
  },
];
