/** How an experiment and its results are put into words. */

import type { Experiment, Measure, Variant } from '../../engine/protocol.js';
import type { ExperimentRecord } from '../../lab/experiment_record.js';
import type { Summary } from '../../lab/statistics.js';
import { findWords, formatCount, formatNumber, words, type Fill, type Language } from '../../kit/words.js';

export function experimentText(language: Language, experiment: Experiment, key: string, fill?: Fill): string {
  return words(language, `experiments.${experiment.id}.${key}`, fill);
}

export function variantText(language: Language, experiment: Experiment, variant: Variant): string {
  return words(language, `experiments.${experiment.id}.variants.${variant.id}`);
}

export function measureText(language: Language, measure: Measure): string {
  return words(language, `measures.${measure.id}`);
}

/** A value of a measure: whole steps, accuracies with three decimals, else three significant digits. */
export function measuredText(language: Language, measure: Measure, value: number): string {
  if (measure.kind === 'steps_to') return formatCount(language, value);
  if (measure.kind === 'figure' && measure.metric === 'accuracy') return value.toFixed(3);
  return formatNumber(language, value, 3);
}

/** A difference with its sign. */
export function differenceText(language: Language, measure: Measure, value: number): string {
  // Sums of rounded numbers leave something like 10⁻¹⁸ where nothing is meant.
  const text = measuredText(language, measure, Math.abs(value) < 1e-12 ? 0 : Math.abs(value));
  if (!/[1-9]/.test(text)) return text;
  return value < 0 ? `−${text}` : `+${text}`;
}

/** The sentence that says what came out; or why nothing can be said yet. */
export function resultText(language: Language, record: ExperimentRecord): string {
  const { experiment, phase } = record;
  if (!record.telling) return words(language, 'ui.experiments.too_few');
  if (experiment.selection && record.reportedSummary === null) {
    return words(language, phase === 'running' ? 'ui.experiments.choosing' : 'ui.experiments.not_chosen');
  }
  return experimentText(language, experiment, 'result', fillOf(language, record));
}

/**
 * What a result sentence may use, `<variant>` standing for a variant's id, of the headline measure: `mean_<variant>`,
 * `low_…` and `high_…` of the interval, `least_…` and `most_…` of single runs, `difference_…` from the first variant
 * with `difference_low_…` and `difference_high_…`; `name_`, `mean_` and the rest also with `first`, `last`, `highest`
 * and `lowest` in the variant's place, and with `chosen`, of which `reported`, `reported_low` and `reported_high` tell
 * the reported figure; and `count`, the number of seeds.
 */
function fillOf(language: Language, record: ExperimentRecord): Fill {
  const { experiment, headline } = record;
  const fill: Fill = { count: record.seedsDone };
  const value = (number: number | undefined): string =>
    number === undefined ? '–' : measuredText(language, headline, number);
  const tell = (name: string, variant: Variant): void => {
    const summary = record.summary(variant.id, headline.id);
    const single = record.runsOf(variant.id).flatMap(({ values }) => values[headline.id] ?? []);
    fill[`name_${name}`] = variantText(language, experiment, variant);
    fill[`mean_${name}`] = value(summary?.mean);
    fill[`low_${name}`] = value(summary?.interval?.low);
    fill[`high_${name}`] = value(summary?.interval?.high);
    fill[`least_${name}`] = value(single.length > 0 ? Math.min(...single) : undefined);
    fill[`most_${name}`] = value(single.length > 0 ? Math.max(...single) : undefined);
    tellDifference(language, fill, name, headline, record.difference(variant.id));
  };
  const byMean = [...record.begun].sort((a, b) => meanOf(record, a) - meanOf(record, b));
  for (const variant of record.begun) tell(variant.id, variant);
  tell('first', record.begun[0]!);
  tell('last', record.begun.at(-1)!);
  tell('lowest', byMean[0]!);
  tell('highest', byMean.at(-1)!);
  const chosen = experiment.variants.find(({ id }) => id === record.chosen);
  const report = experiment.selection?.report;
  if (chosen && report) {
    tell('chosen', chosen);
    const reported = record.reportedSummary;
    const figure = (number: number | undefined): string =>
      number === undefined ? '–' : measuredText(language, report, number);
    fill['reported'] = figure(reported?.mean);
    fill['reported_low'] = figure(reported?.interval?.low);
    fill['reported_high'] = figure(reported?.interval?.high);
  }
  return fill;
}

function tellDifference(
  language: Language,
  fill: Fill,
  name: string,
  measure: Measure,
  difference: Summary | null,
): void {
  const text = (number: number | undefined): string =>
    number === undefined ? '–' : differenceText(language, measure, number);
  fill[`difference_${name}`] = text(difference?.mean);
  fill[`difference_low_${name}`] = text(difference?.interval?.low);
  fill[`difference_high_${name}`] = text(difference?.interval?.high);
}

function meanOf(record: ExperimentRecord, variant: Variant): number {
  return record.summary(variant.id, record.headline.id)?.mean ?? NaN;
}

/** What the result means beyond its numbers, where the lesson says so. */
export function meaningText(language: Language, experiment: Experiment): string | null {
  return findWords(language, `experiments.${experiment.id}.meaning`);
}
