/** A reader trains the network with the buttons of the run bar. */

import { contains, equal, ok } from '../support/expect.mjs';
import { lesson, TOTAL_STEPS } from '../../iris/browser/support/lesson.mjs';
import { EVERYWHERE } from '../support/lessons.mjs';

const BAR = 'ember-run-bar';

export const tests = [
  {
    name: 'train to the end by the button, pause, resume, reset, step',
    browsers: EVERYWHERE,
    async run({ open, words }) {
      const t = (key, fill) => words('en', key, fill);
      const page = await open(lesson());
      await page.waitForStatus('ready');
      await page.unfold(t('ui.run.more'), BAR);
      const pace = (name) => page.set('combobox', t('ui.run.pace'), name, BAR);

      await pace('slow');
      await page.click('button', t('ui.run.start'), BAR);
      await page.waitForStatus('training');
      await page.waitForStep(2);
      await page.click('button', t('ui.run.pause'), BAR);
      await page.waitForStatus('paused');
      const atPause = (await page.call('exportRun')).steps;
      ok(atPause > 0 && atPause < TOTAL_STEPS, 'a slow run is paused before its end', atPause);
      await page.waitForText(t('ui.run.step_of', { step: atPause, total: '1,200' }), BAR);
      equal((await page.call('exportRun')).steps, atPause, 'steps of a run that is paused');

      await pace('full');
      await page.click('button', t('ui.run.resume'), BAR);
      await page.waitForStatus('done');
      equal((await page.call('exportRun')).steps, TOTAL_STEPS, 'steps of the finished run');
      await page.waitForText(t('ui.status.done'), BAR);
      contains(await page.text(BAR), t('device.reasons.small_model'), 'the run bar says why this device');

      await page.click('button', t('ui.run.reset'), BAR);
      await page.waitForStatus('ready');
      equal(await page.call('history'), [], 'history after a reset');
      await page.click('button', t('ui.run.one_step'), BAR);
      await page.waitForStatus('paused');
      equal((await page.call('exportRun')).steps, 1, 'steps after one step');
      await page.click('button', t('ui.run.steps', { count: 10 }), BAR);
      await page.waitForText(t('ui.run.step_of', { step: 11, total: '1,200' }), BAR);
      // The run that was reset stands below the charts for comparison.
      await page.waitForText(t('ui.runs.resume'), 'ember-lab');
    },
  },
  {
    name: 'the pace can be changed while a run is under way',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(lesson());
      await page.waitForStatus('ready');
      await page.unfold(words('en', 'ui.run.more'), BAR);
      const label = words('en', 'ui.run.pace');
      await page.set('combobox', label, 'slow', BAR);
      await page.click('button', words('en', 'ui.run.start'), BAR);
      await page.waitForStatus('training');
      await page.set('combobox', label, 'full', BAR);
      // At the slow pace the run would last a minute; the wait ends only with the run.
      await page.waitForStatus('done');
    },
  },
];
