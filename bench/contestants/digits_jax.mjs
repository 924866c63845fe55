/** jax-js on the digits. */

import './gpu_work.mjs';
import { lax, nn, numpy as np } from '@jax-js/jax';
import { ADAM, assemble, CLASSES, FILTERS, FLAT, POOLED, SIDE, TENSORS } from '../lib/digits.mjs';
import { jaxAdam } from './jax_adam.mjs';

/**
 * @param {'wasm' | 'webgpu'} device
 * @returns {import('./digits_peer.mjs').Library}
 */
export function jaxDigits(device) {
  const forward = ([kernel, bias, dense, denseBias, last, lastBias], input) => {
    // jax-js convolves [N, channels, rows, columns] with [outputs, inputs, rows, columns].
    const convolved = lax.conv(input, np.transpose(kernel, [3, 2, 0, 1]), [1, 1], 'VALID');
    const active = nn.relu(np.add(convolved, bias.reshape([1, FILTERS, 1, 1])));
    const pooled = np.max(active.reshape([-1, FILTERS, POOLED, 2, POOLED, 2]), [3, 5]);
    const flat = np.transpose(pooled, [0, 2, 3, 1]).reshape([-1, FLAT]);
    const hidden = nn.relu(np.add(np.matmul(flat, dense), denseBias));
    return np.add(np.matmul(hidden, last), lastBias);
  };
  const cost = (weights, [input, targets]) => {
    const rows = targets.shape[0];
    return np.sum(np.multiply(nn.logSoftmax(forward(weights, input)), targets)).mul(-1 / rows);
  };
  const adam = jaxAdam(device, ADAM, cost);
  const array = (values, shape) => np.array(Float32Array.from(values), { shape });

  return {
    ...adam,

    setWeights(values) {
      adam.begin(values.map((tensor, index) => array(tensor, TENSORS[index].shape)));
    },

    step({ digits, rows }) {
      const { input, targets } = assemble(digits, rows);
      return adam.step([
        np.array(input, { shape: [rows.length, 1, SIDE, SIDE] }),
        np.array(targets, { shape: [rows.length, CLASSES] }),
      ]);
    },
  };
}
