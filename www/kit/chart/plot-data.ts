/** The numbers of a chart in other forms: a CSV file to download, a table for screen readers. */

import type {
  DotsContent,
  Gap,
  HeatmapContent,
  LineContent,
  LineSeries,
  NetworkContent,
  PairsContent,
  PlotContent,
  ScatterContent,
} from './plot-spec.js';

/** A field of a table: a text, a number for the page to format, or nothing. */
export type Field = string | Gap;

/** A table: names of the columns, then rows of as many fields. */
export interface PlotTable {
  columns: string[];
  rows: Field[][];
}

/**
 * Every number of a chart as CSV (RFC 4180, comma and CRLF, numbers in full).
 *
 * Columns: line chart `series,step,value`; scatter chart the two axes and `class`; network
 * `from_layer,from,to_layer,to,value`, with biases as coming from `bias`; heat map `row,column,value`; dots
 * `row,value`; pairs a column for each feature and `class`.
 */
export function csv(content: PlotContent): string {
  return csvOf(allNumbers(content));
}

/** A table as CSV. */
export function csvOf({ columns, rows }: PlotTable): string {
  return [columns, ...rows].map((fields) => fields.map(quoted).join(',') + '\r\n').join('');
}

/**
 * A chart as a table that can be listened to: at most `most` rows, evenly chosen, the first and the last among
 * them. A line chart has a row per step and a column per series, empty where a series has no point.
 */
export function tableOf(content: PlotContent, most = 25): PlotTable {
  if (content.kind === 'line') return lineTable(content, most);
  if (content.kind === 'heatmap') return heatmapTable(content, most);
  const { columns, rows } = allNumbers(content);
  return { columns, rows: spread(rows, most) };
}

function allNumbers(content: PlotContent): PlotTable {
  switch (content.kind) {
    case 'line':
      return lineNumbers(content);
    case 'scatter':
      return scatterNumbers(content);
    case 'network':
      return networkNumbers(content);
    case 'heatmap':
      return heatmapNumbers(content);
    case 'dots':
      return dotsNumbers(content);
    case 'pairs':
      return pairsNumbers(content);
  }
}

function quoted(field: Field): string {
  const text = field === null || (typeof field === 'number' && !Number.isFinite(field)) ? '' : String(field);
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The series that were measured. */
const measured = (series: readonly LineSeries[]): LineSeries[] => series.filter(({ derived }) => !derived);

function lineNumbers({ series }: LineContent): PlotTable {
  const rows = measured(series).flatMap(({ label, x, y }) =>
    x.map((step, i): Field[] => [label, step, y[i] ?? null]),
  );
  return { columns: ['series', 'step', 'value'], rows };
}

function scatterNumbers({ points, classes, x_label, y_label }: ScatterContent): PlotTable {
  const rows = points.x.map((x, i): Field[] => [
    x,
    points.y[i] ?? null,
    classes[points.class[i]!]?.label ?? '',
  ]);
  return { columns: [x_label || 'x', y_label || 'y', 'class'], rows };
}

function networkNumbers({ layers, weights, biases }: NetworkContent): PlotTable {
  const unit = (layer: number, index: number) => layers[layer]?.units[index] || String(index + 1);
  const name = (layer: number) => layers[layer]?.label ?? '';
  const rows: Field[][] = [];
  weights.forEach((table, layer) => {
    table.forEach((row, from) =>
      row.forEach((value, to) =>
        rows.push([name(layer), unit(layer, from), name(layer + 1), unit(layer + 1, to), value]),
      ),
    );
    biases[layer]?.forEach((value, to) =>
      rows.push(['', 'bias', name(layer + 1), unit(layer + 1, to), value]),
    );
  });
  return { columns: ['from_layer', 'from', 'to_layer', 'to', 'value'], rows };
}

function heatmapNumbers({ rows, columns, values, row_labels, column_labels }: HeatmapContent): PlotTable {
  const numbers: Field[][] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const names = [row_labels?.[row] ?? String(row + 1), column_labels?.[column] ?? String(column + 1)];
      numbers.push([...names, values[row * columns + column] ?? null]);
    }
  }
  return { columns: ['row', 'column', 'value'], rows: numbers };
}

function dotsNumbers({ rows }: DotsContent): PlotTable {
  const numbers = rows.flatMap(({ label, values }) => values.map((value): Field[] => [label, value]));
  return { columns: ['row', 'value'], rows: numbers };
}

function pairsNumbers({ features, class: classes, classes: names }: PairsContent): PlotTable {
  const rows = classes.map((label, row): Field[] => [
    ...features.map(({ values }) => values[row] ?? null),
    names[label]?.label ?? '',
  ]);
  return { columns: [...features.map(({ label }) => label), 'class'], rows };
}

function heatmapTable(
  { rows, columns, values, row_labels, column_labels }: HeatmapContent,
  most: number,
): PlotTable {
  const indices = (count: number) => Array.from({ length: count }, (_, index) => index);
  const shownColumns = spread(indices(columns), most);
  return {
    columns: ['', ...shownColumns.map((column) => column_labels?.[column] ?? String(column + 1))],
    rows: spread(indices(rows), most).map((row) => [
      row_labels?.[row] ?? String(row + 1),
      ...shownColumns.map((column) => values[row * columns + column] ?? null),
    ]),
  };
}

function lineTable({ series: all, x_label }: LineContent, most: number): PlotTable {
  const series = measured(all);
  const values = series.map(({ x, y }) => new Map(x.map((step, i) => [step, y[i] ?? null])));
  return {
    columns: [x_label || 'step', ...series.map(({ label }) => label)],
    rows: chosenSteps(series, most).map((step) => [step, ...values.map((of) => of.get(step) ?? null)]),
  };
}

/**
 * Steps at which as many series as possible have a point: those of the sparsest curve (the evaluations),
 * with the very first and the very last step.
 */
function chosenSteps(series: readonly LineSeries[], most: number): number[] {
  const curves = series.filter(({ x }) => x.length > 1);
  const sparsest = [...curves].sort((a, b) => a.x.length - b.x.length)[0];
  const all = [...new Set(series.flatMap(({ x }) => x))].sort((a, b) => a - b);
  if (all.length <= most || !sparsest) return spread(all, most);
  const between = sparsest.x.filter((step) => step > all[0]! && step < all[all.length - 1]!);
  return spread([all[0]!, ...between, all[all.length - 1]!], most);
}

/** At most `most` items, evenly chosen, with the first and the last. */
function spread<Item>(items: readonly Item[], most: number): Item[] {
  if (items.length <= most) return [...items];
  if (most < 2) return items.slice(0, Math.max(0, most));
  return Array.from({ length: most }, (_, i) => items[Math.round((i * (items.length - 1)) / (most - 1))]!);
}
