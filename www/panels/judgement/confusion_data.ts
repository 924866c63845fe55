/** Which classes a model takes for which, as `inspect('confusion')` answers, and the figures of each class. */

import type { AnswerTo } from '../../lab/looks.js';
import type { Run } from '../../lab/run.js';

/** The answer with its question. */
export type Confusion = AnswerTo<'confusion'> & {
  /** The run it was asked in, and its step. */
  run: Run | null;
  step: number;
};

/** A class: rows that are of it, rows that were said to be, rows that are both. */
export interface ClassFigures {
  name: string;
  rows: number;
  predicted: number;
  correct: number;
}

/** The figures of each class. */
export function classFigures(classes: string[], { counts }: Pick<Confusion, 'counts'>): ClassFigures[] {
  return classes.map((name, index) => ({
    name,
    rows: counts[index]!.reduce((sum, count) => sum + count, 0),
    predicted: counts.reduce((sum, row) => sum + row[index]!, 0),
    correct: counts[index]![index]!,
  }));
}
