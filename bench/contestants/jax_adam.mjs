/** Adam in jax-js: forward, loss, backward and the change of the weights in one compiled function. */

import './gpu_work.mjs';
import { defaultDevice, init, jit, numpy as np, tree, valueAndGrad } from '@jax-js/jax';

/**
 * Every array a function of jax-js is given is used up by it; `ref` keeps one for another use.
 *
 * @param {'wasm' | 'webgpu'} device
 * @param {{learningRate: number, meanDecay: number, squareDecay: number, epsilon: number, form?: 'keras' | 'torch'}} adam
 *   `form`: whether the mean square is corrected before ε is added, as in torch, or not
 * @param {(weights: object, batch: object) => object} cost the loss of a minibatch, from trees of arrays
 */
export function jaxAdam(device, adam, cost) {
  let weights = null;
  let means = null;
  let squares = null;
  let steps = 0;

  const descend = jit((weights, means, squares, rate, epsilon, batch) => {
    const [loss, gradients] = valueAndGrad(cost)(tree.ref(weights), batch);
    const nextMeans = tree.map(
      (mean, gradient) => mean.mul(adam.meanDecay).add(gradient.mul(1 - adam.meanDecay)),
      means,
      tree.ref(gradients),
    );
    const nextSquares = tree.map(
      (square, gradient) => square.mul(adam.squareDecay).add(np.square(gradient).mul(1 - adam.squareDecay)),
      squares,
      gradients,
    );
    const next = tree.map(
      (weight, mean, square) => weight.sub(np.divide(mean.mul(rate.ref), np.sqrt(square).add(epsilon.ref))),
      weights,
      tree.ref(nextMeans),
      tree.ref(nextSquares),
    );
    rate.dispose();
    epsilon.dispose();
    return [loss, next, nextMeans, nextSquares];
  });

  const scalar = (value) => np.array(new Float32Array([value]), { shape: [] });

  return {
    async load() {
      if (!(await init(device)).includes(device)) throw new Error(`jax-js cannot use its device ${device}`);
      defaultDevice(device);
    },

    /** Begins anew from weights, a tree of arrays. */
    begin(first) {
      for (const old of [weights, means, squares]) tree.dispose(old);
      const zeros = () => tree.map(({ shape }) => np.zeros(shape), first);
      weights = first;
      means = zeros();
      squares = zeros();
      steps = 0;
    },

    /** Makes a step; gives the loss, an array. */
    step(batch) {
      steps += 1;
      const correction = Math.sqrt(1 - adam.squareDecay ** steps);
      const rate = (adam.learningRate * correction) / (1 - adam.meanDecay ** steps);
      const epsilon = adam.form === 'torch' ? adam.epsilon * correction : adam.epsilon;
      const [loss, ...next] = descend(weights, means, squares, scalar(rate), scalar(epsilon), batch);
      [weights, means, squares] = next;
      return loss;
    },

    read(loss) {
      return device === 'webgpu' ? loss.data().then(([value]) => value) : loss.dataSync()[0];
    },
  };
}
