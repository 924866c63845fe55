/** What `predict` of the boosting lesson answers (src/lessons/boosting/lab/predict.rs). */

import { isJsonObject, listIn, numbersIn, textsIn } from '../../engine/json.js';
import type { Json } from '../../engine/protocol.js';
import type { Predicted as Answer, UnknownValue } from '../../generated/boosting.js';

export type { UnknownValue };

/** Answers in the order of the rows: numbers in lists, NaN where one is not finite. */
export type Predicted = Omit<Answer, 'predictions' | 'classes' | 'lines'> & {
  /** For each row its number, or one for each class or column. */
  predictions: number[][];
  /** Lines of the header and of the rows; empty where they were not asked for. */
  lines: number[];
};

/** An answer, read. */
export function predictedIn(answer: Json): Predicted {
  const { predictions, columns, extra, unknown, assumed, lines } = isJsonObject(answer) ? answer : {};
  const number = (value: Json): number => (typeof value === 'number' ? value : NaN);
  return {
    predictions: listIn(predictions).map((row) => (Array.isArray(row) ? row.map(number) : [number(row)])),
    columns: textsIn(columns),
    extra: textsIn(extra),
    unknown: listIn(unknown).flatMap((one) => {
      if (!isJsonObject(one)) return [];
      const { row, column, value } = one;
      const isWhole = typeof row === 'number' && typeof column === 'string' && typeof value === 'string';
      return isWhole ? [{ row, column, value }] : [];
    }),
    assumed: textsIn(assumed),
    lines: numbersIn(lines),
  };
}
