/** Chromium with WebGPU on SwiftShader; and what the lab says where there is no WebGPU. */

import { checkAdapter } from '../support/adapter.mjs';
import { contains, equal, ok } from '../support/expect.mjs';
import { lesson, TOTAL_STEPS } from '../../iris/browser/support/lesson.mjs';
import { cases, checkReplay } from '../../iris/browser/support/oracle.mjs';
import { EVERYWHERE } from '../support/lessons.mjs';

/** Each step's loss once, in order. */
function checkWhole(points, steps) {
  const training = points.filter((point) => 'loss' in point);
  equal(
    training.map(({ step }) => step),
    [...Array(steps).keys()],
    'steps of the training points',
  );
}

export const tests = [
  {
    // One page for what needs one: its pipelines take most of a minute to be compiled.
    name: 'WebGPU is taken when it is asked for, agrees with the oracle, trains, and a device lost in mid-run loses no run',
    browsers: ['chromium-webgpu'],
    async run({ open, words }) {
      const page = await open(lesson({ backend: 'webgpu' }));
      await checkAdapter(page);
      await page.waitForStatus('ready');
      const device = await page.property('device');
      equal([device.kind, device.reason], ['webgpu', 'asked_for'], 'device');
      ok(/\S/.test(device.adapter), 'the adapter has a name', device);
      await page.unfold(words('en', 'ui.run.more'), 'ember-run-bar');
      contains(await page.text('ember-run-bar'), words('en', 'device.kinds.webgpu'), 'the run bar');

      const documentsRun = cases.find(({ name }) => name === "the document's run");
      await checkReplay(page, 'ember-lab', documentsRun, 1e-3);

      await page.setProperty('config', { epochs: 20, init_std: 0.5, init_bias: 0 });
      await page.waitForSettings({ epochs: 20 });
      await page.call('start');
      const points = await page.call('history');
      checkWhole(points, 160);
      const losses = points.filter((point) => 'loss' in point).map(({ loss }) => loss);
      const mean = (values) => values.reduce((sum, value) => sum + value) / values.length;
      ok(mean(losses.slice(-8)) < 0.8 * mean(losses.slice(0, 8)), 'the loss falls', [
        losses[0],
        losses.at(-1),
      ]);
      const { dispatches, submits } = await page.call('inspect', 'gpu_counters');
      ok(dispatches >= 160 && submits > 0, 'work was handed to the GPU', { dispatches, submits });
      const { classes } = await page.call('predict', [[5.1, 3.5, 1.4, 0.2]]);
      equal(classes.length, 1, 'answers of predict on WebGPU');
      ok((await page.call('evaluate', 'test')).loss > 0, 'evaluate on WebGPU');
      equal((await page.call('exportModel', 'safetensors')).length > 204, true, 'weights from WebGPU');

      await page.setProperty('config', {});
      await page.waitForSettings({ epochs: 150 });
      await page.begin();
      await page.waitForStep(40);
      const [worker] = page.driver.native.workers();
      const lost = await worker.evaluate(() => {
        for (const device of globalThis.emberbookDevices) device.destroy();
        return globalThis.emberbookDevices.length;
      });
      ok(lost > 0, 'there was a device to lose', lost);
      await page.waitForStatus('done');
      checkWhole(await page.call('history'), TOTAL_STEPS);
      ok(page.driver.native.workers()[0] !== worker, 'another worker has taken over');
      // Not a word of it may be left as an error for the reader.
      page.allow(/destroy|lost/i);
    },
  },
  {
    name: 'backend auto takes the CPU for this lesson and says why',
    browsers: ['chromium-webgpu'],
    async run({ open, words }) {
      const page = await open(lesson());
      await checkAdapter(page);
      await page.waitForStatus('ready');
      const device = await page.property('device');
      equal([device.kind, device.reason], ['cpu', 'small_model'], 'device');
      await page.unfold(words('en', 'ui.run.more'), 'ember-run-bar');
      await page.waitForText(words('en', 'device.reasons.small_model'), 'ember-run-bar');
    },
  },
  {
    name: 'without WebGPU, asking for it gives the CPU and a reason',
    browsers: EVERYWHERE,
    async run({ open, words }) {
      const page = await open(lesson({ backend: 'webgpu' }));
      await page.waitForStatus('ready');
      const { kind, reason } = await page.property('device');
      equal(kind, 'cpu', 'device');
      ok(['no_webgpu', 'no_adapter'].includes(reason), 'reason', reason);
      await page.unfold(words('en', 'ui.run.more'), 'ember-run-bar');
      await page.waitForText(words('en', `device.reasons.${reason}`), 'ember-run-bar');
      await page.call('step', 5);
    },
  },
];
