/** The rows a lesson's model learns from, as `inspect('data')` answers, and how its columns and classes are named. */

import type { Description, Opened } from '../../engine/protocol.js';
import type { PlotContent } from '../../kit/chart/plot-spec.js';
import { classColor } from '../../kit/colors.js';
import { SHAPES, type Shape } from '../../kit/legend.js';
import type { AnswerTo } from '../../lab/looks.js';
import type { LabSession } from '../../lab/session.js';
import { findWords, formatCount, formatNumber, formatWithin, words, type Language } from '../../kit/words.js';

/** Rows in the units of the table: all of a short one, a sample of a long one. */
export type TableData = Extract<AnswerTo<'data'>, { row_numbers: number[] }>;

export type Table = NonNullable<Description['table']>;

/** What was asked of each opening of a lab: the rows stay as they are until it is opened anew. */
const asked = new WeakMap<Opened, Promise<TableData>>();
const answered = new WeakMap<Opened, TableData>();

/** Asks for the rows as they are split with the current settings, once for all who want them. */
export function askForData(session: LabSession): Promise<TableData> {
  const { opened } = session;
  const earlier = opened && asked.get(opened);
  if (earlier) return earlier;
  const answer = session.inspectAny('data', {}).then(rowsIn);
  if (opened) {
    asked.set(opened, answer);
    answer.then(
      (data) => answered.set(opened, data),
      () => asked.delete(opened),
    );
  }
  return answer;
}

function rowsIn(answer: AnswerTo<'data'>): TableData {
  if ('row_numbers' in answer) return answer;
  throw new Error('The lesson has another kind of table, which has an element of its own.');
}

/** The rows if they are known by now; if not, they are asked for. */
export function knownData(session: LabSession): TableData | null {
  const { opened } = session;
  if (!opened?.description.table) return null;
  const data = answered.get(opened);
  if (!data) askForData(session).catch(() => undefined);
  return data ?? null;
}

/** How many rows of each class stand in a part, or under `all` in the table; none for a part that there is not. */
export function countsOf({ counts }: TableData, part: string): readonly number[] {
  return Object.entries(counts).find(([name]) => name === part)?.[1] ?? [];
}

/** How many rows of the table stand in a part. */
export function rowsOfPart(data: TableData, part: string): number {
  return countsOf(data, part).reduce((sum, count) => sum + count, 0);
}

/** Whether the rows are a sample of a longer table. */
export function isSample(data: TableData): boolean {
  return data.rows.length < data.total;
}

/** "150 rows", or "2,000 of 100,000 rows drawn". */
export function rowsText(language: Language, data: TableData): string {
  return words(language, isSample(data) ? 'ui.data.rows_drawn' : 'ui.data.all_rows', {
    rows: formatCount(language, data.rows.length),
    total: formatCount(language, data.total),
  });
}

/** A column's name; that of a reader's own column is the name itself. */
export function featureName(language: Language, name: string): string {
  return findWords(language, `features.${name}`) ?? name;
}

/** A column's name, with its unit. */
export function featureText(language: Language, table: Table, name: string): string {
  const unit = table.features.find((feature) => feature.name === name)?.unit;
  const label = featureName(language, name);
  return unit ? `${label} (${words(language, `units.${unit}`)})` : label;
}

/** A class's name; that of a reader's own class is the name itself. */
export function classText(language: Language, name: string): string {
  return findWords(language, `classes.${name}`) ?? name;
}

/** Names of the parts of the data a row belongs to. */
export function splitText(language: Language, split: string): string {
  return split
    .split('+')
    .map((part) => words(language, `splits.${part || 'none'}`))
    .join(' + ');
}

/** What a row drawn is called: its number in the table, its class and its part. */
export function rowTitle(language: Language, table: Table, data: TableData, index: number): string {
  return words(language, 'ui.data.row', {
    row: formatCount(language, data.row_numbers[index]! + 1),
    class: classText(language, table.classes[data.labels[index]!]!),
    split: splitText(language, data.split[index]!),
  });
}

/** Values of a column, row by row. */
export function columnOf(data: TableData, name: string): number[] {
  const index = data.features.indexOf(name);
  return data.rows.map((row) => row[index]!);
}

/** A value of a column with the decimals that the column has. */
export function valueText(language: Language, table: Table, feature: string, value: number): string {
  const { min, max, decimals } = table.features.find(({ name }) => name === feature)!;
  if (decimals === null) return formatWithin(language, value, min, max);
  const whole = Math.floor(Math.log10(Math.max(1, Math.abs(value)))) + 1;
  return formatNumber(language, value, Math.min(15, Math.max(4, whole + decimals)));
}

/** A measurement with its unit. */
export function measurementText(language: Language, table: Table, feature: string, value: number): string {
  const unit = table.features.find(({ name }) => name === feature)?.unit;
  return `${valueText(language, table, feature, value)}${unit ? ` ${words(language, `units.${unit}`)}` : ''}`;
}

/** The classes of a table as a scatter chart draws them. */
export function classesOf(
  dark: boolean,
  language: Language,
  table: Table,
): { label: string; color: string; shape: Shape }[] {
  return table.classes.map((name, index) => ({
    label: classText(language, name),
    color: classColor(dark, index),
    shape: SHAPES[index % SHAPES.length]!,
  }));
}

/** A range a little wider than the values of a column, the same for every chart of it. */
export function rangeOf(table: Table, name: string): [number, number] {
  const { min, max } = table.features.find((feature) => feature.name === name)!;
  const margin = 0.06 * (max - min || 1);
  return [min - margin, max + margin];
}

/** A scatter chart over two columns. */
export function scatterOf(
  dark: boolean,
  language: Language,
  table: Table,
  data: TableData,
  xName: string,
  yName: string,
): Extract<PlotContent, { kind: 'scatter' }> {
  return {
    kind: 'scatter',
    x_label: featureText(language, table, xName),
    y_label: featureText(language, table, yName),
    x_range: rangeOf(table, xName),
    y_range: rangeOf(table, yName),
    points: { x: columnOf(data, xName), y: columnOf(data, yName), class: data.labels, faded: [] },
    classes: classesOf(dark, language, table),
    regions: null,
    query: null,
    highlight: null,
  };
}
