/** How the metrics of runs are drawn over the steps. */

import type { Description } from '../../engine/protocol.js';
import type { LineSeries } from '../../kit/chart/plot-spec.js';
import type { Series } from '../../kit/chart/series.js';
import { runColor } from '../../kit/colors.js';
import type { LineStyle } from '../../kit/legend.js';
import type { Run } from '../../lab/run.js';

type Chart = Description['charts'][number];
export type Metric = Description['metrics'][number];

/** How a curve is drawn tells of which part of the data it speaks. */
const STYLE_OF_SPLIT: Record<string, LineStyle> = { train: 'solid', dev: 'dashed', test: 'points' };

/** Figures that have no upper bound and are above 0: only of these a logarithm says something. */
const UNBOUNDED = /(^|_)(loss|logloss|rmse|mae|l1|l2)$/;

/** A drawn line: one metric of one run. */
export interface Line {
  run: Run;
  metric: Metric;
  series: Series;
}

export function styleOf({ split }: Metric): LineStyle {
  return STYLE_OF_SPLIT[split] ?? 'solid';
}

/** The colour of a metric of a run: rows it learns from and rows it is judged on differ by colour and by stroke. */
export function colorOf(dark: boolean, run: Pick<Run, 'color'>, { split }: Metric): string {
  return runColor(dark, run.color, split !== 'train');
}

/** Whether a chart of these metrics may be drawn on a logarithmic scale. */
export function hasLogarithm({ range }: Chart, metrics: readonly Metric[]): boolean {
  return range === null && metrics.every(({ name }) => UNBOUNDED.test(name));
}

/**
 * The loss of one who gives each class the same probability, where a chart shows the cross-entropy of a classifier; null
 * elsewhere.
 */
export function chanceLoss(metrics: readonly Metric[], classes: readonly string[] | null): number | null {
  const isCrossEntropy = metrics.some(({ name, chart }) => name === 'loss' && chart === 'loss');
  return classes && classes.length > 1 && isCrossEntropy ? Math.log(classes.length) : null;
}

/**
 * The series of a line: its values, and over noisy ones, faint, their mean. An older run has the mean alone: it stands
 * back behind the current one.
 */
export function seriesOf(
  { run, metric, series }: Line,
  dark: boolean,
  isCurrent: boolean,
  label: string,
): LineSeries[] {
  const line = { label, color: colorOf(dark, run, metric), style: styleOf(metric) };
  const values = series.thinned();
  const mean = series.mean();
  if (!mean) return [{ ...line, ...values, faded: !isCurrent }];
  const { x, y } = mean;
  if (!isCurrent) return [{ ...line, x, y, faded: true }];
  return [
    { ...line, ...values, faded: true },
    { ...line, x, y, bold: true, derived: true },
  ];
}

/** The mean around a step, where one is drawn. */
export function meanAt(series: Series, step: number): number | null {
  const mean = series.mean();
  if (!mean) return null;
  const after = mean.x.findIndex((x) => x >= step);
  return mean.y[after < 0 ? mean.y.length - 1 : after] ?? null;
}
