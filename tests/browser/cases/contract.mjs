/** The public contract: properties, methods and the shapes of what they give (README). */

import { eventually } from '../support/bare_page.mjs';
import { canonical, equal, near, ok } from '../support/expect.mjs';
import { lesson, STEPS_PER_EPOCH, TOTAL_STEPS } from '../../iris/browser/support/lesson.mjs';

/** A script of the page that moves the lab as soon as it says that it begins. */
const MOVES_EARLY = `document.addEventListener('ember-status', ({ target, detail }) => {
  globalThis.emberMoved = detail.status;
  target.parentElement.append(target);
}, { once: true });`;

const isNumber = (value) => typeof value === 'number' && Number.isFinite(value);

export const tests = [
  {
    name: 'history, evaluate, checkpoints and exportRun have their shapes',
    browsers: ['chromium'],
    async run({ open }) {
      const page = await open(lesson());
      await page.call('start');
      const points = await page.call('history');
      checkHistory(points);

      for (const split of ['train', 'dev', 'test']) {
        const figures = await page.call('evaluate', split);
        equal(Object.keys(figures).sort(), ['accuracy', 'loss', 'rows'], `names of evaluate('${split}')`);
        ok(figures.loss > 0 && figures.loss < 0.6, `loss on ${split} after training`, figures.loss);
        ok(figures.accuracy >= 0.8 && figures.accuracy <= 1, `accuracy on ${split}`, figures.accuracy);
      }
      equal(
        await page.call('evaluate', 'valid'),
        await page.call('evaluate', 'dev'),
        'valid, as dev once was',
      );
      equal(
        (await page.failure('evaluate', 'held_out')).code,
        'unknown_split',
        'code for a split that is none',
      );

      const record = await page.call('exportRun');
      equal(record.emberbook, { format: 1 }, 'mark of a run record');
      equal(
        [record.lesson, record.seed, record.backend, record.steps],
        ['iris', 1, 'cpu', TOTAL_STEPS],
        'run record',
      );
      equal(record.devices, [{ from_step: 0, kind: 'cpu', adapter: '' }], 'devices of the run record');
      equal(record.history, points, 'history of the run record');
      equal(record.config.hidden, [6], 'a setting of the run record');
      for (const name of ['emberbook', 'burn', 'build'])
        ok(/\S/.test(record.versions[name] ?? ''), `version "${name}" of the run record`, record.versions);

      const steps = await page.checkpointSteps();
      equal(steps.at(-1), TOTAL_STEPS, 'step of the last checkpoint');
      // A finished run has nothing left to do.
      await page.call('start');
      equal((await page.call('history')).length, points.length, 'points after start() on a finished run');
    },
  },
  {
    name: 'properties mirror attributes and refuse what they cannot be',
    browsers: ['chromium'],
    async run({ open }) {
      const page = await open(lesson());
      await page.waitForStatus('ready');
      const found = await page.evaluate(() => {
        const lab = document.createElement('ember-lab');
        Object.assign(lab, { lesson: 'iris', lang: 'zh', backend: 'cpu', seed: 7, config: { epochs: 3 } });
        Object.assign(lab, {
          preset: 'quick',
          hide: ['code', 'goals'],
          lock: ['seed'],
          load: 'click',
          autostart: true,
        });
        const refusals = {};
        for (const [name, value] of Object.entries({ backend: 'abacus', seed: -1, lang: 'la', config: 3 })) {
          try {
            lab[name] = value;
            refusals[name] = 'taken';
          } catch (thrown) {
            refusals[name] = thrown.name;
          }
        }
        return {
          attributes: Object.fromEntries([...lab.attributes].map(({ name, value }) => [name, value])),
          values: [
            lab.seed,
            lab.config,
            lab.hide,
            lab.lock,
            lab.autostart,
            lab.status,
            lab.device,
            lab.controls,
          ],
          refusals,
        };
      });
      equal(
        found.attributes,
        {
          lesson: 'iris',
          lang: 'zh',
          backend: 'cpu',
          seed: '7',
          config: '{"epochs":3}',
          preset: 'quick',
          hide: 'code,goals',
          lock: 'seed',
          load: 'click',
          autostart: '',
        },
        'attributes after setting the properties',
      );
      equal(
        found.values,
        [7, { epochs: 3 }, ['code', 'goals'], ['seed'], true, 'idle', null, []],
        'properties of a lab that is not loaded',
      );
      equal(
        found.refusals,
        { backend: 'RangeError', seed: 'RangeError', lang: 'RangeError', config: 'TypeError' },
        'errors for values that cannot be',
      );
      const controls = await page.property('controls');
      const declared = controls.map(({ name }) => name);
      for (const name of ['seed', 'model', 'hidden', 'activation', 'learning_rate', 'batch_size', 'epochs'])
        ok(declared.includes(name), `the setting "${name}" is declared`, declared);
      equal(controls.find(({ name }) => name === 'learning_rate').default, 0.2, 'default of learning_rate');
    },
  },
  {
    name: 'a method called after a property was set meets the new settings',
    browsers: ['chromium'],
    async run({ open }) {
      const page = await open(lesson());
      await page.call('start');
      const layers = await page.evaluate(async () => {
        const lab = document.querySelector('ember-lab');
        lab.config = { hidden: [5, 4] };
        const { layers } = await lab.inspect('network');
        return layers.map(({ units }) => units);
      });
      equal(layers, [4, 5, 4, 3], 'units by layer after config was set');
      equal(await page.call('history'), [], 'history after config was set');
      await page.call('start');
      equal((await page.call('exportRun')).config.hidden, [5, 4], 'setting of the run started then');
    },
  },
  {
    name: 'a loss that is not finite ends the run, and the lab stays usable',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(lesson());
      await page.waitForStatus('ready');
      await page.recordEvents();
      const config = { learning_rate: 10, activation: 'relu', hidden: [64, 64, 64, 64], init_std: 2 };
      await page.setProperty('config', config);
      await page.call('start').catch(() => undefined);
      await page.waitForStatus('error');
      const points = (await page.call('history')).filter((point) => 'loss' in point);
      equal(points.at(-1).loss, null, 'last loss of a run that diverged');
      ok(
        points.slice(0, -1).every(({ loss }) => isNumber(loss)),
        'losses before are numbers',
      );
      const errors = await page.events('ember-error');
      equal(
        errors.map(({ detail }) => detail.code),
        ['diverged'],
        'codes of ember-error',
      );
      await page.waitForText(words('en', 'errors.diverged'));
      await page.setProperty('config', null);
      await page.call('start');
      equal(await page.property('status'), 'done', 'status after a run with good settings');
    },
  },
  {
    name: 'rewind goes to a checkpoint and the run goes on as before',
    browsers: ['chromium'],
    async run({ open }) {
      const page = await open(lesson());
      await page.call('step', 300);
      await page.call('step', 300);
      await page.call('start');
      const whole = canonical(await page.call('history'));
      await page.call('rewind', 450);
      equal((await page.call('exportRun')).steps, 300, 'step of the latest checkpoint at or before 450');
      equal(await page.property('status'), 'paused', 'status after rewind');
      await page.call('start');
      ok(
        canonical(await page.call('history')) === whole,
        'a run that was rewound ends with the same history',
      );
      await page.call('rewind', 0);
      equal(await page.call('history'), [], 'history after rewind(0)');
    },
  },
  {
    name: 'a lab that is moved in its page goes on; one that is taken out ends its worker',
    browsers: ['chromium'],
    async run({ open }) {
      const page = await open(lesson());
      await page.call('step', 25);
      await page.evaluate(() => document.querySelector('main').prepend(document.querySelector('ember-lab')));
      await page.call('step', 5);
      equal((await page.call('exportRun')).steps, 30, 'steps after the lab was moved');
      equal(page.driver.native.workers().length, 1, 'workers of the page');
      await page.removeLab('ember-lab');
      await eventually(
        'the end of the worker of a lab that was taken out',
        async () => page.driver.native.workers().length === 0,
      );
    },
  },
  {
    name: 'a lab that a script moves before its parts have come gets them all the same',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(lesson({ lang: 'en' }), { before: [MOVES_EARLY] });
      await page.waitForStatus('ready');
      equal(await page.read(() => emberMoved), 'loading', 'status when the lab was moved');
      await page.waitForText(words('en', 'controls.learning_rate.label'), 'ember-settings');
      await page.waitForCount(1, 'button', words('en', 'ui.run.start'), 'ember-run-bar');
    },
  },
  {
    name: 'predict answers with a class and probabilities for each row',
    browsers: ['chromium'],
    async run({ open }) {
      const page = await open(lesson());
      await page.call('start');
      const rows = [
        [5.1, 3.5, 1.4, 0.2],
        [6.7, 3.0, 5.6, 2.2],
      ];
      const { classes, probabilities } = await page.call('predict', rows);
      equal(classes, ['setosa', 'virginica'], 'classes of two rows');
      equal(
        probabilities.map((row) => row.length),
        [3, 3],
        'probabilities in each row',
      );
      for (const row of probabilities)
        near(
          row.reduce((sum, share) => sum + share),
          1,
          1e-5,
          'sum of probabilities',
        );
      ok(
        probabilities[0][0] > 0.5 && probabilities[1][2] > 0.5,
        'the class has the largest share',
        probabilities,
      );
      equal((await page.failure('predict', [[1, 2]])).code, 'bad_input', 'code for a row of two numbers');
      equal(
        (await page.failure('inspect', 'nothing')).code,
        'unknown_inspection',
        'code for an unknown view',
      );
    },
  },
];

/** The history of a default run that is finished. */
function checkHistory(points) {
  const steps = points.map(({ step }) => step);
  ok(
    steps.every((step, index) => index === 0 || step >= steps[index - 1]),
    'points are in order of step',
  );
  for (const { step, epoch } of points)
    equal(epoch, Math.floor(step / STEPS_PER_EPOCH), `epoch of step ${step}`);
  const training = points.filter((point) => 'loss' in point);
  const running = points.filter((point) => 'accuracy' in point);
  const evaluations = points.filter((point) => 'dev_loss' in point);
  equal(points.length, training.length + running.length + evaluations.length, 'points of no other kind');
  equal(
    training.map(({ step }) => step),
    [...Array(TOTAL_STEPS).keys()],
    'steps of the training points',
  );
  equal(evaluations.length, TOTAL_STEPS / 50, 'number of evaluations, one every 50 steps');
  equal(
    running.map(({ step }) => step + 1),
    Array.from({ length: TOTAL_STEPS / STEPS_PER_EPOCH }, (_, epoch) => (epoch + 1) * STEPS_PER_EPOCH),
    'steps behind which an epoch has its running accuracy',
  );
  for (const point of running) {
    equal(Object.keys(point).sort(), ['accuracy', 'epoch', 'step'], 'names of a running figure');
    ok(point.accuracy >= 0 && point.accuracy <= 1, 'a running accuracy', point);
  }
  for (const point of training) {
    equal(Object.keys(point).sort(), ['epoch', 'loss', 'step'], 'names of a training point');
    ok(isNumber(point.loss), 'a loss is a number', point);
  }
  for (const point of evaluations) {
    equal(Object.keys(point).sort(), ['dev_accuracy', 'dev_loss', 'epoch', 'step'], 'names of an evaluation');
    ok(
      isNumber(point.dev_loss) && point.dev_accuracy >= 0 && point.dev_accuracy <= 1,
      'an evaluation',
      point,
    );
  }
  near(training[0].loss, Math.log(3), 0.2, 'first loss, near ln 3');
  ok(training.at(-1).loss < 0.6, 'the loss falls', training.at(-1).loss);
}
