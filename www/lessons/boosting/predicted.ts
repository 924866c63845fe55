/** What `predict` of the boosting lesson answers (src/lessons/boosting/lab/predict.rs). */

import { isJsonObject, listIn, numbersIn, textsIn } from '../../engine/json.js';
import type { Json } from '../../engine/protocol.js';

/** A category that was not there in training. */
export interface UnknownValue {
  /** The line of the table in which its row begins. */
  row: number;
  column: string;
  value: string;
}

/** Answers in the order of the rows. */
export interface Predicted {
  /** For each row its number, or one for each class or column; NaN where it is not finite. */
  predictions: number[][];
  /** Columns of the model. */
  columns: string[];
  /** Columns that the model does not look at. */
  extra: string[];
  unknown: UnknownValue[];
  /** Columns of texts of which the model has no list, numbered as in the lab's own table. */
  assumed: string[];
  /** Lines of the header and of the rows, where they were asked for. */
  lines: number[];
}

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
