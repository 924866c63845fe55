/** How an accuracy is told: with the rows it was found on and how far it may lie from that on ever more rows. */

import { css, html, nothing, type TemplateResult } from 'lit';
import type { Description } from '../../engine/protocol.js';
import type { Run } from '../../lab/run.js';
import { figureText } from '../../lab/run_label.js';
import type { LabSession } from '../../lab/session.js';
import { accuracyInterval } from '../../lab/statistics.js';
import { knownData, rowsOfPart } from './table_data.js';
import { formatCount, formatNumber, words, type Language } from '../../kit/words.js';

/** How far a count of right rows may be off a whole number by rounding alone. */
const ROUNDING = 1e-3;

/** "0.933 (14 of 15; 95%: 0.70–0.99)"; the number alone where it is no share of that many rows. */
export function accuracyText(language: Language, accuracy: number, rows: number | null | undefined): string {
  const value = formatNumber(language, accuracy, 3);
  const spread = spreadOf(language, accuracy, rows);
  return spread ? words(language, 'ui.accuracy.whole', { value, ...spread }) : value;
}

/** The same in lines, for the cell of a table; an accuracy of no rows at all is a dash. */
export function accuracyCell(
  language: Language,
  accuracy: number | null | undefined,
  rows: number | null | undefined,
): TemplateResult {
  if (accuracy === undefined || accuracy === null || rows === 0) return html`–`;
  const spread = spreadOf(language, accuracy, rows);
  return html`${formatNumber(language, accuracy, 3)}${
    spread
      ? html`<span class="spread"><span>${spread.counted}</span> <span>${spread.interval}</span></span>`
      : nothing
  }`;
}

/** The look of {@link accuracyCell}. */
export const accuracyCellStyles = css`
  .spread {
    display: block;
    color: var(--lab-muted);
    font-size: 0.8125rem;
  }
  /* Narrow cells break it between the rows and the interval, and nowhere else. */
  .spread span {
    display: inline-block;
    white-space: nowrap;
  }
`;

/** "14 of 15;" and "95%: 0.70–0.99". */
function spreadOf(
  language: Language,
  accuracy: number,
  rows: number | null | undefined,
): { counted: string; interval: string } | null {
  if (!rows) return null;
  const correct = Math.round(accuracy * rows);
  const interval = accuracyInterval(correct, rows);
  if (!interval || !(Math.abs(accuracy * rows - correct) <= ROUNDING)) return null;
  // As many decimals as tell the ends apart: two for fifteen rows, more for thousands.
  const decimals = Math.min(4, Math.max(2, Math.ceil(-Math.log10((interval.high - interval.low) / 4))));
  return {
    counted: words(language, 'ui.accuracy.counted', {
      correct: formatCount(language, correct),
      rows: formatCount(language, rows),
    }),
    interval: words(language, 'ui.accuracy.interval', {
      low: interval.low.toFixed(decimals),
      high: interval.high.toFixed(decimals),
    }),
  };
}

/** A figure of a finished run, as `evaluate` gave it, for the cell of a table. */
export function figureCell(
  language: Language,
  figures: Run['results'][string] | undefined,
  metric: string,
): TemplateResult {
  const figure = figures?.[metric];
  if (metric === 'accuracy') return accuracyCell(language, figure, figures?.['rows']);
  return html`${formatNumber(language, figure ?? NaN, 3)}`;
}

/**
 * The figures of a run that are judged, without the number of rows they were found on; where the lesson names
 * `headlines`, those of them alone.
 */
export function judgedMetrics(
  figures: Run['results'][string],
  headlines: Description['headlines'] = [],
): string[] {
  if (headlines.length > 0) return headlines.filter((metric) => metric in figures);
  return Object.keys(figures).filter((metric) => metric !== 'rows');
}

/** "Accuracy 0.933 (14 of 15; 95%: 0.70–0.99)" and so on for the figures of a run on one part. */
export function figuresText(
  language: Language,
  figures: Run['results'][string],
  headlines: Description['headlines'] = [],
): string[] {
  return judgedMetrics(figures, headlines).map((metric) => {
    const value =
      metric === 'accuracy'
        ? accuracyText(language, figures[metric] ?? NaN, figures['rows'])
        : formatNumber(language, figures[metric] ?? NaN, 3);
    return `${figureText(language, metric)} ${value}`;
  });
}

/** A recorded value of a metric of a run; an accuracy with its interval. */
export function metricText(
  session: LabSession,
  run: Run,
  { name, split }: Description['metrics'][number],
  value: number,
): string {
  const language = session.language;
  if (!/(^|_)accuracy$/.test(name)) return formatNumber(language, value);
  return accuracyText(language, value, rowsJudged(session, run, split));
}

/**
 * Rows of a part in a run: as its evaluation counted them, else as the data of the current run has them. None for a
 * training accuracy: the model it was found on changed from row to row.
 */
function rowsJudged(session: LabSession, run: Run, split: string): number | null {
  if (split === 'train') return null;
  const counted = run.results[split]?.['rows'];
  if (counted !== undefined || run !== session.runs.current) return counted ?? null;
  const pictures = session.opened?.description.pictures;
  if (pictures) return run.settings['validation'] === 'as_written' ? pictures.train : pictures.test;
  const data = knownData(session);
  return data ? rowsOfPart(data, split) : null;
}
