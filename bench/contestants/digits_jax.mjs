/** jax-js on the digits: forward, loss, backward and Adam in one compiled function. */

import './gpu_work.mjs';
import { defaultDevice, init, jit, lax, nn, numpy as np, tree, valueAndGrad } from '@jax-js/jax';
import { ADAM, assemble, CLASSES, FILTERS, FLAT, POOLED, SIDE, TENSORS } from '../lib/digits.mjs';

/**
 * Every array a function of jax-js is given is used up by it; `ref` keeps one for another use.
 *
 * @param {'wasm' | 'webgpu'} device
 * @returns {import('./digits_peer.mjs').Library}
 */
export function jaxDigits(device) {
  let weights = null;
  let means = null;
  let squares = null;
  let steps = 0;

  const forward = ([kernel, bias, dense, denseBias, last, lastBias], input) => {
    // jax-js convolves [N, channels, rows, columns] with [outputs, inputs, rows, columns].
    const convolved = lax.conv(input, np.transpose(kernel, [3, 2, 0, 1]), [1, 1], 'VALID');
    const active = nn.relu(np.add(convolved, bias.reshape([1, FILTERS, 1, 1])));
    const pooled = np.max(active.reshape([-1, FILTERS, POOLED, 2, POOLED, 2]), [3, 5]);
    const flat = np.transpose(pooled, [0, 2, 3, 1]).reshape([-1, FLAT]);
    const hidden = nn.relu(np.add(np.matmul(flat, dense), denseBias));
    return np.add(np.matmul(hidden, last), lastBias);
  };
  const cost = (weights, input, targets) => {
    const rows = targets.shape[0];
    return np.sum(np.multiply(nn.logSoftmax(forward(weights, input)), targets)).mul(-1 / rows);
  };
  const descend = jit((weights, means, squares, rate, input, targets) => {
    const [loss, gradients] = valueAndGrad(cost)(tree.ref(weights), input, targets);
    const nextMeans = tree.map(
      (mean, gradient) => mean.mul(ADAM.meanDecay).add(gradient.mul(1 - ADAM.meanDecay)),
      means,
      tree.ref(gradients),
    );
    const nextSquares = tree.map(
      (square, gradient) => square.mul(ADAM.squareDecay).add(np.square(gradient).mul(1 - ADAM.squareDecay)),
      squares,
      gradients,
    );
    const next = tree.map(
      (weight, mean, square) => weight.sub(np.divide(mean.mul(rate.ref), np.sqrt(square).add(ADAM.epsilon))),
      weights,
      tree.ref(nextMeans),
      tree.ref(nextSquares),
    );
    rate.dispose();
    return [loss, next, nextMeans, nextSquares];
  });
  const array = (values, shape) => np.array(Float32Array.from(values), { shape });
  const zeros = () => TENSORS.map(({ shape }) => np.zeros(shape));

  return {
    async load() {
      if (!(await init(device)).includes(device)) throw new Error(`jax-js cannot use its device ${device}`);
      defaultDevice(device);
    },

    setWeights(values) {
      for (const old of [weights, means, squares]) tree.dispose(old);
      weights = values.map((tensor, index) => array(tensor, TENSORS[index].shape));
      means = zeros();
      squares = zeros();
      steps = 0;
    },

    step({ digits, rows }) {
      steps += 1;
      const { input, targets } = assemble(digits, rows);
      const rate =
        (ADAM.learningRate * Math.sqrt(1 - ADAM.squareDecay ** steps)) / (1 - ADAM.meanDecay ** steps);
      const [loss, ...next] = descend(
        weights,
        means,
        squares,
        np.array(new Float32Array([rate]), { shape: [] }),
        np.array(input, { shape: [rows.length, 1, SIDE, SIDE] }),
        np.array(targets, { shape: [rows.length, CLASSES] }),
      );
      [weights, means, squares] = next;
      return loss;
    },

    read(loss) {
      return device === 'webgpu' ? loss.data().then(([value]) => value) : loss.dataSync()[0];
    },
  };
}
