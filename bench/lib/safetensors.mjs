/** Files of weights: the length of a head, a head of names and places in JSON, then the numbers. */

/**
 * @param {Uint8Array} file whose tensors are all of 32-bit numbers
 * @returns {Record<string, { shape: number[], values: number[] }>}
 */
export function readSafetensors(file) {
  const { begin, tensors } = headOf(file);
  const read = ({ dtype, shape, data_offsets: [from, to] }) => {
    if (dtype !== 'F32') throw new Error(`numbers of the type ${dtype} are not read`);
    return { shape, values: [...new Float32Array(file.slice(begin + from, begin + to).buffer)] };
  };
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, read(tensor)]));
}

/**
 * The same file with some tensors multiplied.
 *
 * @param {Uint8Array} file whose tensors are all of 32-bit numbers
 * @param {(name: string) => boolean} isMeant
 * @param {number} factor
 * @returns {Uint8Array}
 */
export function multiplied(file, isMeant, factor) {
  const copy = file.slice();
  const { begin, tensors } = headOf(copy);
  const view = new DataView(copy.buffer);
  for (const [
    name,
    {
      data_offsets: [from, to],
    },
  ] of Object.entries(tensors)) {
    if (!isMeant(name)) continue;
    for (let at = begin + from; at < begin + to; at += 4)
      view.setFloat32(at, factor * view.getFloat32(at, true), true);
  }
  return copy;
}

function headOf(file) {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const begin = 8 + Number(view.getBigUint64(0, true));
  const { __metadata__: _, ...tensors } = JSON.parse(new TextDecoder().decode(file.subarray(8, begin)));
  return { begin, tensors };
}

/** A file as text, which goes from worker to page to Node and back much faster than a million numbers. @param {Uint8Array} file */
export const toText = (file) => btoa(Array.from(file, (byte) => String.fromCharCode(byte)).join(''));

/** @param {string} text @returns {Uint8Array} */
export const fromText = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
