/** The rows a lesson's model learns from, as `inspect('data')` answers, and how its columns and classes are named. */

import type { Description } from '../engine/protocol.js';
import type { PlotContent } from './plot-spec.js';
import { classColor } from './colors.js';
import { SHAPES, type Shape } from './legend.js';
import type { LabSession } from './session.js';
import { formatNumber, words, type Language } from './words.js';

/** Rows in the units of the table. */
export interface TableData {
  /** Names of the columns the model sees. */
  features: string[];
  rows: number[][];
  /** Index of each row's class. */
  labels: number[];
  /** Part of the data each row belongs to: `train`, or several joined by `+`. */
  split: string[];
}

export type Table = NonNullable<Description['table']>;

/** Asks for the rows as they are split with the current settings. */
export function askForData(session: LabSession): Promise<TableData> {
  return session.request('inspect', { what: 'data', options: {} }) as Promise<unknown> as Promise<TableData>;
}

/** A column's name, with its unit. */
export function featureText(language: Language, table: Table, name: string): string {
  const unit = table.features.find((feature) => feature.name === name)?.unit;
  const label = words(language, `features.${name}`);
  return unit ? `${label} (${words(language, `units.${unit}`)})` : label;
}

export function classText(language: Language, name: string): string {
  return words(language, `classes.${name}`);
}

/** Names of the parts of the data a row belongs to. */
export function splitText(language: Language, split: string): string {
  return split
    .split('+')
    .map((part) => words(language, `splits.${part}`))
    .join(' + ');
}

/** A measurement with its unit. */
export function measurementText(language: Language, table: Table, feature: string, value: number): string {
  const unit = table.features.find(({ name }) => name === feature)?.unit;
  return `${formatNumber(language, value)}${unit ? ` ${words(language, `units.${unit}`)}` : ''}`;
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
  const column = (name: string): number[] => {
    const index = data.features.indexOf(name);
    return data.rows.map((row) => row[index]!);
  };
  return {
    kind: 'scatter',
    x_label: featureText(language, table, xName),
    y_label: featureText(language, table, yName),
    x_range: rangeOf(table, xName),
    y_range: rangeOf(table, yName),
    points: { x: column(xName), y: column(yName), class: data.labels, faded: [] },
    classes: classesOf(dark, language, table),
    regions: null,
    query: null,
    highlight: null,
  };
}
