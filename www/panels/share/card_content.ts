/** What the picture card of a run says, in words and numbers, without any drawing. */

import type { Progress } from '../../engine/protocol.js';
import { figuresText, metricText } from '../../looks/rows/accuracy.js';
import { changedSettings } from '../../lab/card_settings.js';
import { seriesOf } from '../charts/lines.js';
import type { PlotContent } from '../../kit/chart/plot-spec.js';
import type { Run } from '../../lab/run.js';
import type { LabSession } from '../../lab/session.js';
import { findWords, formatCount, formatNumber, words, type Fill, type Language } from '../../kit/words.js';

/** Digits of the figures on the card. */
const DIGITS = 3;

/** The words of a card. */
export interface CardContent {
  title: string;
  /** How far the run has come, and on what. */
  progress: string;
  settingsTitle: string;
  settings: string[];
  resultsTitle: string;
  results: string[];
  chartTitle: string;
  chart: Extract<PlotContent, { kind: 'line' }>;
  /** Says that so many settings found no room. */
  more: (count: number) => string;
  address: string;
  /** The same as a sentence or two, for those who do not see the picture. */
  description: string;
}

/** The card of the current run, or null before its first step. */
export function cardContent(session: LabSession, address: string): CardContent | null {
  const { opened, runs, language } = session;
  const run = runs.current;
  if (!opened || !run || run.progress.step === 0) return null;
  const t = (key: string, fill?: Fill): string => words(language, `ui.share.card_${key}`, fill);
  const settings = changedSettings(language, opened.controls, run.settings).map(
    ({ label, value }) => `${label} ${value}`,
  );
  const device = words(language, `device.kinds.${opened.device.kind}`);
  const content = {
    title: words(language, 'lesson.title'),
    progress: progressText(language, run.progress, device),
    settingsTitle: t('settings'),
    settings: settings.length > 0 ? settings : [t('default')],
    resultsTitle: t('results'),
    results: resultTexts(session, run),
    ...curves(session, run),
    more: (count: number) => t('more', { count }),
    address,
  };
  return { ...content, description: description(language, content) };
}

function progressText(language: Language, progress: Progress, device: string): string {
  const step = formatCount(language, progress.step);
  const total = formatCount(language, progress.totalSteps);
  const key = progress.finished && !progress.diverged ? 'finished' : 'progress';
  return words(language, `ui.share.card_${key}`, { step, total, device });
}

/** The figures of a finished run by split, or where an unfinished one stands. */
function resultTexts(session: LabSession, run: Run): string[] {
  const language = session.language;
  const isSplit = (split: string): boolean => findWords(language, `splits.${split}`) !== null;
  const splits = Object.entries(run.results).filter(([split]) => isSplit(split));
  if (splits.length === 0) {
    const { metrics } = session.opened!.description;
    return metrics
      .filter(({ name }) => name in run.progress.metrics)
      .map((metric) => {
        const value = run.progress.metrics[metric.name] ?? NaN;
        return `${words(language, `metrics.${metric.name}`)} ${metricText(session, run, metric, value)}`;
      });
  }
  return splits.map(([split, figures]) => {
    const separator = language.code === 'zh' ? '：' : ': ';
    return `${words(language, `splits.${split}`)}${separator}${figuresText(language, figures, session.opened!.description.headlines).join(' · ')}`;
  });
}

/** The lesson's first chart, with the curves of this run alone. */
function curves(session: LabSession, run: Run): Pick<CardContent, 'chart' | 'chartTitle'> {
  const { description } = session.opened!;
  const language = session.language;
  const chart = description.charts[0]!;
  const series = description.metrics
    .filter((metric) => metric.chart === chart.id && run.series.has(metric.name))
    .flatMap((metric) => {
      const line = { run, metric, series: run.series.get(metric.name)! };
      return seriesOf(line, session.dark, true, words(language, `metrics.${metric.name}`));
    });
  return {
    chartTitle: words(language, `charts.${chart.id}.title`),
    chart: {
      kind: 'line',
      x_label: words(language, 'ui.charts.step'),
      y_label: words(language, `charts.${chart.id}.y`),
      y_scale: chart.scale,
      y_range: chart.scale === 'log' ? null : chart.range,
      x_range: [0, run.progress.totalSteps],
      cursor: null,
      series,
    },
  };
}

function description(
  language: Language,
  { title, progress, settings, results, chart, chartTitle, address }: Omit<CardContent, 'description'>,
): string {
  const list = (items: string[]): string => items.join(language.code === 'zh' ? '；' : '; ');
  const measured = chart.series.filter(({ derived }) => !derived);
  const curves = measured.map(({ label, y }) =>
    words(language, 'ui.share.card_curve', {
      metric: label,
      first: formatNumber(language, y[0] ?? NaN, DIGITS),
      last: formatNumber(language, y.at(-1) ?? NaN, DIGITS),
    }),
  );
  return words(language, 'ui.share.card_description', {
    title,
    progress,
    settings: list(settings),
    chart: chartTitle,
    curves: list(curves),
    results: list(results),
    address,
  });
}
