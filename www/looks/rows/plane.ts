/** A plane of two columns as `inspect` answers it: which class the model decides on in each cell, and how surely. */

import type { PlotContent, Regions } from '../../kit/chart/plot-spec.js';
import type { AnswerTo } from '../../lab/looks.js';
import type { Language } from '../../kit/words.js';
import { scatterOf, type Table, type TableData } from './table_data.js';

/** The rows of a table over the regions of a model. */
export function planeContent(
  dark: boolean,
  language: Language,
  table: Table,
  data: TableData,
  [x, y]: readonly [string, string],
  { x_range, y_range, columns, rows, classes, confidence }: AnswerTo<'regions'>,
): Extract<PlotContent, { kind: 'scatter' }> {
  // A model that has diverged is sure of nothing.
  const regions: Regions = { columns, rows, classes, confidence: confidence.map((sure) => sure ?? 0) };
  return { ...scatterOf(dark, language, table, data, x, y), x_range, y_range, regions };
}
