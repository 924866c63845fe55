/**
 * The work all contestants do: the document's network 4-6-3 with sigmoid on iris, minibatches of 16, SGD.
 *
 * Used on both sides: Node makes the data, the contestants' workers draw their minibatches.
 */

import { Random } from './random.mjs';

export const FEATURES = 4;
export const HIDDEN = 6;
export const CLASSES = 3;
export const BATCH_SIZE = 16;
export const LEARNING_RATE = 0.2;
/** Rows of train; as many of the rest go to dev as to test. */
export const TRAIN_ROWS = 120;
export const HELD_OUT_ROWS = 15;
/** Steps of one pass over train: seven minibatches of 16 rows and one of 8. */
export const STEPS_PER_EPOCH = Math.ceil(TRAIN_ROWS / BATCH_SIZE);
/** Initial weights of the document: N(0, 0.01²), every bias 1. */
const INITIAL_BIAS = 1;
export const DOCUMENT_SPREAD = 0.01;

/**
 * The table, scaled to 0…1 by the range of each column.
 *
 * @typedef {{ rows: number[][], labels: number[] }} Examples
 */

/**
 * Row-major; `w1` is [4, 6] and `w2` is [6, 3], inputs by outputs.
 *
 * @typedef {{ w1: number[], b1: number[], w2: number[], b2: number[] }} Weights
 */

/**
 * Reads the committed table: four columns of centimetres and the number of the species, under a header.
 *
 * @param {string} csv
 * @returns {Examples}
 */
export function readExamples(csv) {
  const lines = csv.trim().split(/\r?\n/).slice(1);
  const cells = lines.map((line) => line.split(','));
  const species = [...new Set(cells.map((row) => row[FEATURES]))];
  const centimetres = cells.map((row) => row.slice(0, FEATURES).map(Number));
  if (species.length !== CLASSES || centimetres.flat().some((value) => !Number.isFinite(value)))
    throw new Error('the iris table is not as expected');
  const column = (index) => centimetres.map((row) => row[index]);
  const least = Array.from({ length: FEATURES }, (_, index) => Math.min(...column(index)));
  const most = Array.from({ length: FEATURES }, (_, index) => Math.max(...column(index)));
  const scale = (value, index) => (value - least[index]) / (most[index] - least[index]);
  return {
    rows: centimetres.map((row) => row.map(scale)),
    labels: cells.map((row) => species.indexOf(row[FEATURES])),
  };
}

/**
 * Initial weights drawn from N(0, `spread`²), in 32-bit precision.
 *
 * @param {number} seed
 * @param {number} spread
 * @returns {Weights}
 */
export function initialWeights(seed, spread) {
  const random = new Random(seed);
  const draw = (count) => Array.from({ length: count }, () => Math.fround(spread * random.normal()));
  return {
    w1: draw(FEATURES * HIDDEN),
    b1: new Array(HIDDEN).fill(INITIAL_BIAS),
    w2: draw(HIDDEN * CLASSES),
    b2: new Array(CLASSES).fill(INITIAL_BIAS),
  };
}

/**
 * Row numbers of the three parts of the table; no row stands in two.
 *
 * @param {number} rows
 * @param {number} seed
 */
export function split(rows, seed) {
  const order = new Random(seed).shuffled([...new Array(rows).keys()]);
  return { train: order.slice(0, TRAIN_ROWS), test: order.slice(TRAIN_ROWS + HELD_OUT_ROWS) };
}

/** Minibatches of row numbers, reshuffled each epoch; the last one of an epoch is smaller. */
export class Minibatches {
  /**
   * @param {number[]} rows
   * @param {number} seed
   */
  constructor(rows, seed) {
    this.rows = rows;
    this.random = new Random(seed + 1_000_003);
    this.order = [];
    this.position = 0;
  }

  /** @returns {number[]} */
  next() {
    if (this.position >= this.order.length) {
      this.order = this.random.shuffled(this.rows);
      this.position = 0;
    }
    const begin = this.position;
    this.position += BATCH_SIZE;
    return this.order.slice(begin, this.position);
  }
}

/**
 * Some rows as the two flat arrays a library makes tensors of: features, and the classes one-hot.
 *
 * @param {Examples} examples
 * @param {number[]} rows
 */
export function assemble(examples, rows) {
  const input = new Float32Array(rows.length * FEATURES);
  const targets = new Float32Array(rows.length * CLASSES);
  rows.forEach((row, index) => {
    input.set(examples.rows[row], index * FEATURES);
    targets[index * CLASSES + examples.labels[row]] = 1;
  });
  return { input, targets };
}

/**
 * Share of rows whose class has the largest logit.
 *
 * @param {Examples} examples
 * @param {number[]} rows
 * @param {ArrayLike<number>} logits row-major, one column for each class
 */
export function accuracy(examples, rows, logits) {
  const right = rows.filter((row, index) => {
    const scores = Array.from({ length: CLASSES }, (_, place) => logits[index * CLASSES + place]);
    return scores.indexOf(Math.max(...scores)) === examples.labels[row];
  });
  return right.length / rows.length;
}
