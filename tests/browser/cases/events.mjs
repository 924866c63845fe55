/** The events of the public contract (README). */

import { equal, ok } from '../support/expect.mjs';
import { lesson, TOTAL_STEPS } from '../../iris/browser/support/lesson.mjs';
import { ALL_PARTS } from '../support/lessons.mjs';

const isNumber = (value) => typeof value === 'number' && Number.isFinite(value);

export const tests = [
  {
    name: 'events fire in their order, with their details, and bubble out',
    browsers: ['chromium'],
    async run({ open }) {
      const page = await open(lesson());
      await page.waitForStatus('ready');
      await page.recordEvents();
      // Initial weights and an optimiser that leave no plateau; goals of experiments are hidden with them.
      const config = { init_std: 0.5, init_bias: 0, optimizer: 'adam', learning_rate: 0.05 };
      await page.addLab('recorded', { config, hide: ALL_PARTS.replace('goals,', '') });
      await page.callOn('#recorded', 'start');
      await page.callOn('#recorded', 'reset');
      await page.callOn('#recorded', 'start');
      const events = await page.waitForEvent('ember-completed');
      ok(
        events.every(({ lab, composed }) => lab === 'recorded' && composed),
        'all events come out of the lab',
      );

      const kinds = events.map(({ type }) => type);
      const statuses = events
        .filter(({ type }) => type === 'ember-status')
        .map(({ detail }) => detail.status);
      equal(
        statuses,
        ['loading', 'ready', 'training', 'done', 'ready', 'training', 'done'],
        'statuses of load, start, reset, start',
      );
      equal(kinds.filter((kind) => kind === 'ember-ready').length, 1, 'number of ember-ready');
      ok(
        kinds.indexOf('ember-ready') < kinds.indexOf('ember-progress'),
        'ready comes before progress',
        kinds,
      );

      const progress = events.filter(({ type }) => type === 'ember-progress').map(({ detail }) => detail);
      for (const detail of progress) {
        equal(
          Object.keys(detail).sort(),
          ['epoch', 'metrics', 'step', 'totalSteps'],
          'names in ember-progress',
        );
        equal(detail.totalSteps, TOTAL_STEPS, 'totalSteps');
      }
      const last = progress.at(-1);
      equal(last.step, TOTAL_STEPS, 'step of the last ember-progress');
      ok(
        isNumber(last.metrics.loss) && isNumber(last.metrics.dev_accuracy),
        'metrics of ember-progress',
        last.metrics,
      );

      const goals = events.filter(({ type }) => type === 'ember-goal').map(({ detail }) => detail);
      equal(
        goals.map(({ id }) => id),
        ['plateau'],
        'goals, each once in two runs',
      );
      ok(
        goals.every(({ passed, value }) => passed === true && isNumber(value)),
        'details of ember-goal',
        goals,
      );
      const completed = events.filter(({ type }) => type === 'ember-completed');
      equal(
        completed.map(({ detail }) => detail),
        [{ score: 1 }],
        'ember-completed, once in two runs',
      );
      ok(
        kinds.lastIndexOf('ember-goal') < kinds.indexOf('ember-completed'),
        'goals come before completion',
        kinds,
      );
    },
  },
  {
    name: 'ember-completed waits for every goal that is not hidden',
    browsers: ['chromium'],
    async run({ open }) {
      const page = await open(lesson());
      await page.waitForStatus('ready');
      await page.recordEvents();
      // A run removes the plateau, and no single run can reach the goals of experiments.
      const config = { init_std: 0.5, init_bias: 0, optimizer: 'adam', learning_rate: 0.05 };
      await page.addLab('one', { config, hide: 'code' });
      await page.callOn('#one', 'start');
      await page.addLab('two', { config, hide: 'code,experiments' });
      await page.callOn('#two', 'start');
      await page.waitForEvent('ember-completed');
      const completed = await page.events('ember-completed');
      equal(
        completed.map(({ lab }) => lab),
        ['two'],
        'labs that are completed',
      );
    },
  },
];
