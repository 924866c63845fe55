/** A plane of two columns as `inspect` answers it: which class the model decides on in each cell, and how surely. */

import type { PlotContent, Regions } from '../../kit/chart/plot-spec.js';
import type { AnswerTo } from '../../lab/looks.js';
import type { Language } from '../../kit/words.js';
import { scatterOf, type Table, type TableData } from './table_data.js';

/** What the certainty of a model is: a probability, or, for a support vector machine, a decision value laid over 1 / K to 1. */
export type Lead = 'probability' | 'decision';

/** A probability of 32 bits ends there. */
const MOST_LEAD = 17;

/** The rows of a table over the regions of a model. */
export function planeContent(
  dark: boolean,
  language: Language,
  table: Table,
  data: TableData,
  [x, y]: readonly [string, string],
  { x_range, y_range, columns, rows, classes, confidence, next }: AnswerTo<'regions'>,
  leads: Lead = 'probability',
): Extract<PlotContent, { kind: 'scatter' }> {
  // A model that has diverged is sure of nothing.
  const sure = confidence.map((value) => value ?? 0);
  const lead = sure.map((value, cell) => leadOver(value, next[cell] ?? 0, leads));
  const regions: Regions = { columns, rows, classes, confidence: sure, lead };
  return { ...scatterOf(dark, language, table, data, x, y), x_range, y_range, regions };
}

/** How far a class is ahead of the next one: 0 on their border, and even across it. */
export function leadOver(sure: number, next: number, leads: Lead): number {
  // Of probabilities the difference of logits, which has no end where the next one is 0.
  if (leads === 'probability') return Math.min(MOST_LEAD, Math.log(sure / next) || 0);
  return sure - next;
}
