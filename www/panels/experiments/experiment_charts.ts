/** The charts of an experiment: a dot for each run, and curves laid over each other. */

import type { ExperimentRecord } from '../../lab/experiment_record.js';
import { measuredText, measureText, variantText } from './experiment_words.js';
import { lineColor } from '../../kit/colors.js';
import { cellGuide, lineGuide, type Guide } from '../../kit/chart/guide.js';
import type { PlotContent } from '../../kit/chart/plot-spec.js';
import { formatCount, formatNumber, words, type Language } from '../../kit/words.js';

/** What a chart element needs. */
export interface DrawnChart {
  content: PlotContent;
  guide: Guide;
}

/** The height of a chart of so many rows, in CSS pixels. */
export function dotsHeight(record: ExperimentRecord): number {
  const { variants, seeds } = record.experiment;
  // More seeds stand on top of one another.
  return 60 + variants.length * (seeds > 30 ? 76 : 56);
}

/** A row of dots for each variant, of the headline measure. */
export function dotsChart(language: Language, dark: boolean, record: ExperimentRecord): DrawnChart {
  const { experiment, headline } = record;
  const rows = experiment.variants.map((variant, index) => {
    const summary = record.summary(variant.id, headline.id);
    return {
      summary,
      label: variantText(language, experiment, variant),
      color: lineColor(dark, index),
      values: record.runsOf(variant.id).map(({ values }) => values[headline.id] ?? null),
    };
  });
  const text = (value: number): string => measuredText(language, headline, value);
  return {
    content: {
      kind: 'dots',
      x_label: measureText(language, headline),
      rows: rows.map(({ summary, ...row }) => ({
        ...row,
        mean: summary?.mean ?? null,
        interval: summary?.interval ? [summary.interval.low, summary.interval.high] : null,
      })),
    },
    guide: cellGuide(rows.length, 1, (row) => {
      const { label, summary, color } = rows[row]!;
      const t = (key: string): string => words(language, `ui.experiments.${key}`);
      const entries = [{ label: t('seeds'), value: formatCount(language, summary?.count ?? 0), color }];
      if (summary) entries.push({ label: t('mean'), value: text(summary.mean), color });
      if (summary?.interval) {
        const interval = { low: text(summary.interval.low), high: text(summary.interval.high) };
        entries.push({
          label: t('interval_of_mean'),
          value: words(language, 'ui.experiments.interval', interval),
          color,
        });
      }
      return { title: label, entries };
    }),
  };
}

/** The curves of each variant's first run; null where the experiment has none. */
export function curvesChart(language: Language, dark: boolean, record: ExperimentRecord): DrawnChart | null {
  const { experiment } = record;
  if (experiment.curves === null) return null;
  const lines = experiment.variants.flatMap((variant, index) => {
    const series = record.curves.get(variant.id);
    return series
      ? [{ label: variantText(language, experiment, variant), color: lineColor(dark, index), series }]
      : [];
  });
  return {
    content: {
      kind: 'line',
      x_label: words(language, 'ui.charts.step'),
      y_label: words(language, `metrics.${experiment.curves}`),
      series: lines.map(({ label, color, series }) => ({ label, color, ...series.thinned() })),
    },
    guide: lineGuide(
      lines.map(({ series }) => series),
      (step) => ({
        title: words(language, 'ui.charts.step_number', { step: formatCount(language, step) }),
        entries: lines.flatMap(({ label, color, series }) => {
          const near = series.nearest(step);
          return near && near.value !== null
            ? [{ label, color, value: formatNumber(language, near.value) }]
            : [];
        }),
      }),
    ),
  };
}
