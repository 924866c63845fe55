/**
 * The second task: the network of the MNIST exercise (16 filters of 3 × 3, max pooling, 128 and 10 units; 347,690
 * parameters) on the site's own 10,000 digits, with Adam in Keras' form and a learning rate of 0.001.
 *
 * Weights are in Keras' layout: kernels [rows, columns, inputs, outputs], dense weights [inputs, outputs].
 */

import { readPack } from './packs.mjs';
import { Random } from './random.mjs';

export const SIDE = 28;
export const FILTERS = 16;
export const KERNEL = 3;
/** Width and height of a map after pooling. */
export const POOLED = (SIDE - KERNEL + 1) / 2;
export const FLAT = POOLED * POOLED * FILTERS;
export const UNITS = 128;
export const CLASSES = 10;
export const ADAM = { learningRate: 0.001, meanDecay: 0.9, squareDecay: 0.999, epsilon: 1e-7 };
const TRAIN_PICTURES = 10_000;
/** Lengths of the head of a file of pictures, and of one of labels. */
const HEADS = [16, 8];

/** @typedef {{ pictures: Uint8Array, labels: Uint8Array }} Digits */

/**
 * The training pictures of the site.
 *
 * @param {string} site
 * @returns {Promise<Digits>}
 */
export async function readDigits(site) {
  const pack = await readPack(site, 'mnist_10k.bin');
  const pictures = pack.subarray(HEADS[0], HEADS[0] + TRAIN_PICTURES * SIDE * SIDE);
  const labels = pack.subarray(HEADS[0] + pictures.length + HEADS[1]).subarray(0, TRAIN_PICTURES);
  if (labels.length !== TRAIN_PICTURES || labels.some((label) => label >= CLASSES))
    throw new Error('the digits are not as expected');
  return { pictures, labels };
}

/** Names, shapes and fans of the tensors, in the order of the layers. */
export const TENSORS = [
  { name: 'conv2d.kernel', shape: [KERNEL, KERNEL, 1, FILTERS], fans: KERNEL * KERNEL * (1 + FILTERS) },
  { name: 'conv2d.bias', shape: [FILTERS], fans: null },
  { name: 'dense.kernel', shape: [FLAT, UNITS], fans: FLAT + UNITS },
  { name: 'dense.bias', shape: [UNITS], fans: null },
  { name: 'dense_1.kernel', shape: [UNITS, CLASSES], fans: UNITS + CLASSES },
  { name: 'dense_1.bias', shape: [CLASSES], fans: null },
];

/**
 * Weights uniform within ±√(6 / fans), biases 0, in 32-bit precision.
 *
 * @param {number} seed
 * @returns {number[][]} in the order of TENSORS
 */
export function initialWeights(seed) {
  const random = new Random(seed);
  return TENSORS.map(({ shape, fans }) => {
    const limit = fans === null ? 0 : Math.sqrt(6 / fans);
    const length = shape.reduce((size, side) => size * side, 1);
    return Array.from({ length }, () => Math.fround(limit * (2 * random.uniform() - 1)));
  });
}

/**
 * Minibatches of picture numbers in a random order, epoch after epoch.
 *
 * @param {number} batchSize
 * @param {number} seed
 * @returns {() => number[]}
 */
export function minibatches(batchSize, seed) {
  const random = new Random(seed + 1_000_003);
  let order = [];
  return () => {
    if (order.length < batchSize) order = random.shuffled([...new Array(TRAIN_PICTURES).keys()]);
    return order.splice(0, batchSize);
  };
}

/**
 * Some pictures as numbers from 0 to 1, and their classes one-hot.
 *
 * @param {Digits} digits
 * @param {number[]} rows
 */
export function assemble({ pictures, labels }, rows) {
  const size = SIDE * SIDE;
  const input = new Float32Array(rows.length * size);
  const targets = new Float32Array(rows.length * CLASSES);
  rows.forEach((row, index) => {
    for (let pixel = 0; pixel < size; pixel += 1)
      input[index * size + pixel] = pictures[row * size + pixel] / 255;
    targets[index * CLASSES + labels[row]] = 1;
  });
  return { input, targets };
}
