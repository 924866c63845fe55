/** Convolutional networks on WebGPU, and runs that move between devices. */

import { checkAdapter } from '../../browser/support/adapter.mjs';
import { contains, equal, ok } from '../../browser/support/expect.mjs';
import { vision } from './support/lesson.mjs';

/** Small enough for an adapter that imitates a graphics card. */
const SMALL = {
  task: 'mnist',
  filters: '4',
  dense_units: '16',
  train_size: '384',
  batch_size: '16',
  epochs: '1',
};
const STEPS = 24;

const losses = (points) => points.filter((point) => 'loss' in point).map(({ loss }) => loss);

/** Each step once, and each loss as in a run that stayed on the CPU. */
function checkSame(points, expected) {
  equal(
    points.filter((point) => 'loss' in point).map(({ step }) => step),
    [...Array(STEPS).keys()],
    'steps',
  );
  losses(points).forEach((loss, step) =>
    ok(Math.abs(loss - expected[step]) <= 1e-3 * Math.abs(expected[step]), `loss of step ${step}`, loss),
  );
}

async function onCpu(open) {
  const page = await open(vision({ ...SMALL, backend: 'cpu' }));
  await page.waitForStatus('ready');
  await page.call('start');
  return losses(await page.call('history'));
}

export const tests = [
  {
    // One case for what needs a graphics device: an adapter that imitates one takes most of a minute to compile for it.
    name: 'a convolutional network trains on WebGPU as on the CPU, a run moves between them, goes on when the graphics device is lost, and is replayed on the same devices',
    browsers: ['chromium-webgpu'],
    async run({ open, words }) {
      const expected = await onCpu(open);
      const page = await open(vision({ ...SMALL, backend: 'cpu' }));
      await checkAdapter(page);
      await page.waitForStatus('ready');
      await page.call('step', 5);
      await page.unfold(words('en', 'ui.run.more'), 'ember-run-bar');
      await page.click('button', words('en', 'ui.device.move.webgpu'), 'ember-run-bar');
      await page.waitForDevice('webgpu');
      await page.call('step', 10);
      const { dispatches } = await page.call('inspect', 'gpu_counters');
      ok(dispatches >= 10, 'work was handed to the GPU', dispatches);
      const before = await page.call('exportRun');
      await page.begin();
      await page.waitForStep(15);
      for (const worker of page.driver.native.workers()) {
        await worker.evaluate(() => globalThis.emberbookDevices?.forEach((device) => device.destroy()));
      }
      await page.waitForStatus('done');
      const { kind, reason } = await page.property('device');
      equal([kind, reason], ['cpu', 'device_lost'], 'device after the loss');
      checkSame(await page.call('history'), expected);

      const record = await page.call('exportRun');
      const [first, second, third] = record.devices;
      equal(record.devices.length, 3, 'devices in the record');
      equal([first.from_step, first.kind, first.adapter], [0, 'cpu', ''], 'the first device');
      equal([second.from_step, second.kind], [5, 'webgpu'], 'the second device');
      contains(second.adapter, /swiftshader/i, 'its adapter');
      equal([third.kind, third.adapter], ['cpu', ''], 'the third device');
      ok(third.from_step > 5 && third.from_step < STEPS, 'step of the loss', third.from_step);
      equal([record.backend, record.adapter], ['cpu', ''], 'the device it ended on');
      page.allow(/destroy|lost/i);

      equal(
        before.devices.map(({ from_step, kind }) => [from_step, kind]),
        [
          [0, 'cpu'],
          [5, 'webgpu'],
        ],
        'devices in the record before the loss',
      );
      const again = await open(vision({ task: 'mnist', train_size: SMALL.train_size, backend: 'cpu' }));
      await again.waitForStatus('ready');
      const refused = await again.load({ name: 'run.json', content: JSON.stringify(before) });
      equal(refused, null, 'what loading the record rejects with');
      const replayed = await again.call('exportRun');
      equal([replayed.steps, replayed.devices], [15, before.devices], 'steps and devices of the replay');
      // Steps on a graphics card agree only nearly.
      const recorded = losses(before.history);
      losses(replayed.history).forEach((loss, step) =>
        ok(
          Math.abs(loss - recorded[step]) <= 1e-3 * recorded[step],
          `loss of step ${step} of the replay`,
          loss,
        ),
      );
    },
  },
];
