/** What the reader has chosen of a table before it is learned from, over what it was taken for. */

import type { Control, Kind, Settings, TableLook, TableReading } from '../../engine/protocol.js';

type Column = TableLook['columns'][number];

/** What was chosen; the rest stays as it was guessed. */
export interface TableChoice {
  reading: TableReading;
  label: string | null;
  /** Columns by name: whether they are learned from. */
  uses: ReadonlyMap<string, boolean>;
  gaps: string | null;
}

export const NOTHING_CHOSEN: TableChoice = { reading: {}, label: null, uses: new Map(), gaps: null };

/** The label: the one chosen, as long as it can be one; else the likeliest. */
export function labelOf({ columns, label }: TableLook, choice: TableChoice): string {
  const can = columns.some((column) => column.label && column.name === choice.label);
  return can && choice.label !== null ? choice.label : label;
}

/** Whether a column is learned from. */
export function isUsed(column: Column, label: string, { uses }: TableChoice): boolean {
  return column.feature && column.name !== label && (uses.get(column.name) ?? column.used);
}

/** The columns that are learned from. */
export function usedColumns(look: TableLook, choice: TableChoice): Column[] {
  const label = labelOf(look, choice);
  return look.columns.filter((column) => isUsed(column, label, choice));
}

/** With something else chosen to stand in a column; whether it is learned from then follows the new guess. */
export function withKind(choice: TableChoice, name: string, kind: Kind): TableChoice {
  const others = (choice.reading.kinds ?? []).filter(([other]) => other !== name);
  const uses = new Map(choice.uses);
  uses.delete(name);
  return { ...choice, uses, reading: { ...choice.reading, kinds: [...others, [name, kind]] } };
}

/** With words such as `NA` taken for values in a column, or not. */
export function withWords(choice: TableChoice, name: string, areValues: boolean): TableChoice {
  const others = (choice.reading.words_are_values ?? []).filter((other) => other !== name);
  const words = areValues ? [...others, name] : others;
  return { ...choice, reading: { ...choice.reading, words_are_values: words } };
}

/** The settings to learn with; lessons name the columns they learn from, or those they leave out. */
export function settingsOf(look: TableLook, choice: TableChoice, controls: readonly Control[]): Settings {
  const label = labelOf(look, choice);
  const used = usedColumns(look, choice).map(({ name }) => name);
  const others = look.columns
    .map(({ name }) => name)
    .filter((name) => name !== label && !used.includes(name));
  const has = (name: string): boolean => controls.some((control) => control.name === name);
  return {
    ...(has('label_column') && label !== '' && { label_column: label }),
    ...(has('features') && { features: used }),
    ...(has('drop_columns') && { drop_columns: others }),
    ...(choice.gaps !== null && { gaps: choice.gaps }),
  };
}
