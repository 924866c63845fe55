/** Tensors in the files that a lab takes and gives, and how far they are from an oracle's. */

import { equal } from './expect.mjs';

/** Share of the gradient that the mean of Adam takes up in its first step. */
const FIRST_SHARE = 0.1;

/** What the names of a network's tensors begin with in a checkpoint. */
const MODEL = 'model.';

/** A number for each of nested lists, row by row. */
export const flat = (values) => values.flat(Infinity);

/** Where the tensors of a safetensors file lie: `[name, first byte, bytes]`. */
function tensorsOf(bytes) {
  const view = new DataView(Uint8Array.from(bytes).buffer);
  const start = 8 + Number(view.getBigUint64(0, true));
  const head = JSON.parse(new TextDecoder().decode(Uint8Array.from(bytes.slice(8, start))));
  const tensors = Object.entries(head).flatMap(([name, { data_offsets: at, dtype }]) =>
    dtype === 'F32' ? [[name, start + at[0], at[1] - at[0]]] : [],
  );
  return { view, tensors };
}

/** The tensors of a file in single precision, by their names. */
export function floatsOf(bytes) {
  const { view, tensors } = tensorsOf(bytes);
  const read = (from, length) =>
    Array.from({ length: length / 4 }, (_, at) => view.getFloat32(from + 4 * at, true));
  return new Map(tensors.map(([name, from, length]) => [name, read(from, length)]));
}

/** A file of weights with other values in its tensors, by their names. */
export function withWeights(bytes, weights) {
  const { view, tensors } = tensorsOf(bytes);
  for (const [name, from, length] of tensors) {
    const values = flat(weights[name]);
    if (4 * values.length !== length) throw new Error(`${name} has ${length / 4} numbers`);
    values.forEach((value, at) => view.setFloat32(from + 4 * at, value, true));
  }
  return [...new Uint8Array(view.buffer)];
}

/** Largest difference of a list from the numbers expected, relative to the largest of these. */
export function farthest(found, expected, what) {
  equal(found.length, expected.length, `${what}: numbers`);
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-6);
  return found.reduce((most, value, at) => Math.max(most, Math.abs(value - expected[at]) / largest), 0);
}

/** The tensors of the checkpoint at a step. */
const checkpointAt = async (page, step) =>
  floatsOf(
    await page.callInPage(async (lab, step) => {
      const { bytes } = (await lab.checkpoints()).find((checkpoint) => checkpoint.step === step);
      return [...bytes];
    }, step),
  );

/** The network's weights at a step that a checkpoint is kept of, by the names of its parts. */
export async function weightsAt(page, step) {
  const tensors = [...(await checkpointAt(page, step))];
  const own = tensors.filter(([path]) => path.startsWith(MODEL));
  return Object.fromEntries(own.map(([path, values]) => [path.slice(MODEL.length), values]));
}

/**
 * Weights before the first step and the gradients of that step, by the names of the network's parts, once it has been
 * made: the gradients are read off the means of Adam. What has no mean has had no gradient.
 */
export async function firstGradients(page) {
  const [before, behind] = [await weightsAt(page, 0), await checkpointAt(page, 1)];
  return Object.entries(before).map(([name, weights]) => {
    const means = behind.get(`optimizer.mean.${name}`);
    return { name, weights, gradient: means?.map((mean) => mean / FIRST_SHARE) ?? weights.map(() => 0) };
  });
}
