import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Series } from '../../kit/chart/series.js';
import { Run } from '../../lab/run.js';
import { chanceLoss, colorOf, hasLogarithm, meanAt, seriesOf, styleOf, type Metric } from './lines.js';

const metric = (name: string, split: Metric['split'], chart = 'loss'): Metric => ({ name, split, chart });
const LOSS = metric('loss', 'train');
const DEV = metric('dev_loss', 'dev');

function runWith(values: readonly number[]): { run: Run; series: Series } {
  const progress = { step: 0, totalSteps: 1, epoch: 0, totalEpochs: 1, metrics: {} } as Run['progress'];
  const series = new Series();
  values.forEach((value, step) => series.push(step, value));
  return { run: new Run(1, {}, 0, progress, null), series };
}

test('a logarithm is offered for losses and errors, and never for a share or a rank between 0 and 1', () => {
  const chart = { id: 'x', scale: 'linear', range: null } as const;
  const names = ['loss', 'dev_loss', 'valid_rmse', 'train_binary_logloss', 'valid_l1'];
  const shares = ['dev_accuracy', 'train_auc', 'valid_ndcg@10', 'valid_mrr@20', 'valid_hr@20', 'multi_error'];
  assert.deepEqual(
    names.map((name) => hasLogarithm(chart, [metric(name, 'dev')])),
    names.map(() => true),
  );
  assert.deepEqual(
    shares.map((name) => hasLogarithm(chart, [metric(name, 'dev')])),
    shares.map(() => false),
  );
  assert.equal(hasLogarithm({ ...chart, range: [0, 1] }, [LOSS]), false);
});

test('training and validation of a run differ by colour and by stroke, and so do two runs', () => {
  for (const dark of [false, true]) {
    const colors = [0, 1].flatMap((color) => [LOSS, DEV].map((one) => colorOf(dark, { color }, one)));
    assert.equal(new Set(colors).size, 4);
  }
  assert.notEqual(styleOf(LOSS), styleOf(DEV));
});

test('guessing costs ln K where classes are told apart by a cross-entropy, and is unknown elsewhere', () => {
  assert.equal(chanceLoss([LOSS, DEV], ['a', 'b', 'c']), Math.log(3));
  assert.equal(chanceLoss([metric('dev_accuracy', 'dev', 'accuracy')], ['a', 'b', 'c']), null);
  assert.equal(chanceLoss([metric('loss', 'train', 'cost')], ['a', 'b']), null);
  assert.equal(chanceLoss([LOSS], null), null);
});

test('a noisy loss is drawn faint under its mean, of an older run the mean alone, and a smooth one as it is', () => {
  const noisy = runWith(Array.from({ length: 1000 }, (_, step) => 1 + (step % 2)));
  const shape = (isCurrent: boolean): [faded: boolean, bold: boolean, derived: boolean][] =>
    seriesOf({ ...noisy, metric: LOSS }, false, isCurrent, 'loss').map((one) => [
      one.faded ?? false,
      one.bold ?? false,
      one.derived ?? false,
    ]);
  assert.deepEqual(shape(true), [
    [true, false, false],
    [false, true, true],
  ]);
  assert.deepEqual(shape(false), [[true, false, false]]);
  assert.ok(Math.abs(meanAt(noisy.series, 500)! - 1.5) < 0.1);
  assert.ok(Math.abs(meanAt(noisy.series, 5000)! - 1.5) < 0.1);
  const smooth = runWith(Array.from({ length: 1000 }, (_, step) => 1 / (1 + step)));
  assert.equal(seriesOf({ ...smooth, metric: LOSS }, false, true, 'loss').length, 1);
  assert.equal(meanAt(smooth.series, 500), null);
});
