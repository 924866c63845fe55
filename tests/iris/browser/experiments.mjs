/** Experiments: many runs in a worker of their own, beside the reader's lab. */

import { eventually } from '../../browser/support/bare_page.mjs';
import { caught } from '../../browser/support/downloads.mjs';
import { contains, equal, near, ok } from '../../browser/support/expect.mjs';
import { ALL_PARTS, EVERYWHERE } from '../../browser/support/lessons.mjs';
import { lesson, LONG_RUN } from './support/lesson.mjs';

const PART = 'ember-experiments';
/** So few epochs that twenty runs take no time. */
const SHORT = { epochs: 6, eval_steps: 10 };
const SEEDS = 20;
/** Twenty such runs outlast what a reader does beside them: 15 steps an epoch. */
const LASTING = { ...LONG_RUN, batch_size: 8, epochs: 600 };
const LASTING_STEPS = 9_000;

const choose = (page, words, id) => page.set('combobox', words('en', 'ui.experiments.choose'), id, PART);

/** The experiment under way has ended: its figures stand there, and the button runs it again. */
async function waitForEnd(page, words) {
  await page.waitForText(words('en', 'ui.experiments.announce_finished'), PART);
  equal(await page.isEnabled('button', words('en', 'ui.experiments.run'), PART), true, 'ready to run again');
}

/** The record that the part hands out. */
async function savedRecord(page, words) {
  const { bytes } = await caught(page, words('en', 'ui.experiments.json'), PART);
  return JSON.parse(bytes);
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
      const found = await page.rows(PART);
      equal(found.length, 1, 'rows of the table');
      equal(found[0][1], String(SEEDS), 'seeds in the row');

      const record = await savedRecord(page, words);
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
        await page.removeLab(`#single${seed}`);
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
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(lesson(LASTING));
      await page.waitForStatus('ready');
      await page.begin();
      await choose(page, words, 'seeds');
      await page.click('button', words('en', 'ui.experiments.run'), PART);
      await page.waitForStatus('done');
      equal((await page.call('exportRun')).steps, LASTING_STEPS, 'steps of the lab beside the experiment');
      await page.set('spinbutton', words('en', 'controls.learning_rate.label'), '0.1', 'ember-settings');
      await page.waitForStatus('ready');
      await eventually('two runs', async () => Number((await page.rows(PART))[0]?.[1]) >= 2);
      await page.click('button', words('en', 'ui.experiments.stop'), PART);
      await page.waitForText(words('en', 'ui.experiments.stopped'), PART);
      const runs = Number((await page.rows(PART))[0][1]);
      ok(runs >= 2 && runs < SEEDS, 'runs that are kept', runs);
      const record = await savedRecord(page, words);
      equal(record.settings.learning_rate, 0.2, 'the learning rate it began with');
      equal(record.phase, 'stopped', 'how it ended');
      contains(await page.text('ember-goals'), words('en', 'ui.goals.open'), 'no goal by half an experiment');
    },
  },
  {
    name: 'the search for an architecture, with the keyboard alone',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(lesson());
      await page.waitForStatus('ready');
      await page.recordEvents();
      await choose(page, words, 'architecture');
      await page.focus('combobox', words('en', 'ui.experiments.choose'), PART);
      await page.press('Tab');
      contains((await page.focused()).name, words('en', 'ui.experiments.run'), 'the stop after the choice');
      await page.press('Enter');
      await waitForEnd(page, words);
      equal((await page.rows(PART)).length, 8, 'rows of the search');
      contains(await page.text(PART), words('en', 'ui.experiments.chosen'), 'the chosen one is marked');
      contains(
        await page.spoken(PART),
        words('en', 'ui.experiments.announce_finished'),
        'what a screen reader hears',
      );
      const goals = (await page.events('ember-goal')).map(({ detail }) => detail.id);
      equal(goals, ['question_2'], 'goals reached');
      const record = await savedRecord(page, words);
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
      await page.recordEvents();
      await choose(page, words, 'models');
      await page.click('button', words('en', 'ui.experiments.run'), PART);
      await waitForEnd(page, words);
      equal((await page.rows(PART)).length, 5, 'models compared');
      const reached = async () => (await page.events('ember-goal')).length;
      equal(await reached(), 0, 'goals before an answer');
      const answer = 'Their intervals overlap: no model is shown to be better.';
      await page.set('textbox', words('en', 'experiments.models.task'), answer, PART);
      await page.click('button', words('en', 'ui.experiments.hand_in'), PART);
      await page.waitForText(words('en', 'ui.experiments.handed_in'), PART);
      equal(await reached(), 1, 'goals after an answer');
      const record = await savedRecord(page, words);
      equal(record.answer, answer, 'the answer in the file');
    },
  },
];
