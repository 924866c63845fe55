/** The oracle's run on a page (tests/oracles/movies_fusion_lab.py), and tensors in the files that a lab takes and gives. */

import { readFileSync } from 'node:fs';

const FIXTURE = new URL('../../../fixtures/movies_fusion_lab.json', import.meta.url);

/**
 * `{files, settings, users, films, weights, before, after, gradients, losses}`: ratings in the form of ml-1m, and what the
 * network makes of them in float64.
 */
export const oracle = JSON.parse(readFileSync(FIXTURE, 'utf8'));

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
