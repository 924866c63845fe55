/** Answers to `predict`, as the panels that lessons share read them: the request may have gone to any lesson. */

import { isJsonObject, listIn, numbersIn, textsIn } from '../engine/json.js';
import type { Json } from '../engine/protocol.js';
import type { Predictions } from '../generated/looks.js';
import type { PictureData } from '../kit/picture_data.js';

/**
 * The class of each row, and the probabilities in the order of the classes, null where one is not finite; where the
 * model has none, the decision value of each pair of classes.
 */
export type Prediction = Predictions['iris'];

/** What a model says of pictures, in their order. */
export type PicturePrediction = Predictions['vision'];

/** Throws `TypeError` for the answer of a lesson that predicts something else than classes of rows. */
export function rowsPredicted(answer: Json): Prediction {
  const { classes, probabilities, decisions, pairs } = fieldsOf(answer);
  if (Array.isArray(probabilities))
    return { classes: textsIn(classes), probabilities: sharesIn(probabilities) };
  if (!Array.isArray(decisions)) throw unknownForm();
  return { classes: textsIn(classes), decisions: decisions.map(numbersIn), pairs: listIn(pairs).map(pairIn) };
}

/** Throws `TypeError` for the answer of a lesson that predicts something else than classes of pictures. */
export function picturesPredicted(answer: Json): PicturePrediction {
  const { classes, probabilities, seen } = fieldsOf(answer);
  if (!Array.isArray(probabilities)) throw unknownForm();
  return {
    classes: textsIn(classes),
    probabilities: sharesIn(probabilities),
    seen: listIn(seen).map(pictureIn),
  };
}

function fieldsOf(answer: Json): { [name: string]: Json } {
  if (!isJsonObject(answer)) throw unknownForm();
  return answer;
}

/** A number that is not finite is null, and stays in its place. */
function sharesIn(rows: Json[]): (number | null)[][] {
  return rows.map((row) => listIn(row).map((share) => (typeof share === 'number' ? share : null)));
}

function pairIn(value: Json): [string, string] {
  const [first, second] = textsIn(value);
  if (first === undefined || second === undefined) throw unknownForm();
  return [first, second];
}

function pictureIn(value: Json): PictureData {
  const { width, height, channels, pixels } = fieldsOf(value);
  if (
    typeof width !== 'number' ||
    typeof height !== 'number' ||
    typeof channels !== 'number' ||
    typeof pixels !== 'string'
  )
    throw unknownForm();
  return { width, height, channels, pixels };
}

function unknownForm(): TypeError {
  return new TypeError('The prediction is of a form that is not shown here.');
}
