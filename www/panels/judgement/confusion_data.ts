/** Which classes a model takes for which, as `inspect('confusion')` answers, and the figures of each class. */

import type { Run } from '../../lab/run.js';

/** Answer to `inspect('confusion')`. */
export interface Confusion {
  split: string;
  rows: number;
  /** Rows of each class by the class predicted: `[true][predicted]`. */
  counts: number[][];
  /** How many rows are misclassified. */
  mistakes: number;
  /** Those of them the model was surest of. */
  mistaken_rows: {
    row: number;
    features: number[];
    label: number;
    predicted: number;
    certainty: number | null;
  }[];
  /** What certainty means for this model: a key under `ui.judgement.certainty`. */
  certainty_is: string;
  /** The run it was asked in, and its step. */
  run: Run | null;
  step: number;
}

/** A class: rows that are of it, rows that were said to be, rows that are both. */
export interface ClassFigures {
  name: string;
  rows: number;
  predicted: number;
  correct: number;
}

/** The figures of each class. */
export function classFigures(classes: string[], { counts }: Confusion): ClassFigures[] {
  return classes.map((name, index) => ({
    name,
    rows: counts[index]!.reduce((sum, count) => sum + count, 0),
    predicted: counts.reduce((sum, row) => sum + row[index]!, 0),
    correct: counts[index]![index]!,
  }));
}
