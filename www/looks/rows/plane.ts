/** A plane of two columns as `inspect` answers it: which class the model decides on in each cell, and how surely. */

import type { PlotContent, Regions } from '../../kit/chart/plot-spec.js';
import type { Language } from '../../kit/words.js';
import { scatterOf, type Table, type TableData } from './table_data.js';

/** Classes and certainty over a grid of two columns. */
export interface PlaneAnswer {
  x_range: [number, number];
  y_range: [number, number];
  columns: number;
  rows: number;
  classes: number[];
  confidence: number[];
}

/** The rows of a table over the regions of a model. */
export function planeContent(
  dark: boolean,
  language: Language,
  table: Table,
  data: TableData,
  [x, y]: readonly [string, string],
  { x_range, y_range, columns, rows, classes, confidence }: PlaneAnswer,
): Extract<PlotContent, { kind: 'scatter' }> {
  const regions: Regions = { columns, rows, classes, confidence };
  return { ...scatterOf(dark, language, table, data, x, y), x_range, y_range, regions };
}
