/** jax-js: one compiled function (`jit`) that holds forward, loss, backward and update. */

import './gpu_work.mjs';
import { defaultDevice, init, jit, nn, numpy as np, tree, valueAndGrad } from '@jax-js/jax';
import { assemble, CLASSES, FEATURES, HIDDEN, LEARNING_RATE } from '../lib/task.mjs';

/**
 * Every array a function of jax-js is given is used up by it; `ref` keeps one for another use.
 *
 * @param {'wasm' | 'webgpu'} device
 * @returns {import('./peer.mjs').Library}
 */
export function jax(device) {
  let weights = null;

  const forward = ({ w1, b1, w2, b2 }, input) => {
    const hidden = nn.sigmoid(np.add(np.matmul(input, w1), b1));
    return np.add(np.matmul(hidden, w2), b2);
  };
  const cost = (weights, input, targets) => {
    const rows = targets.shape[0];
    return np.sum(np.multiply(nn.logSoftmax(forward(weights, input)), targets)).mul(-1 / rows);
  };
  const descend = jit((weights, input, targets) => {
    const [loss, gradients] = valueAndGrad(cost)(tree.ref(weights), input, targets);
    const next = tree.map((weight, gradient) => weight.sub(gradient.mul(LEARNING_RATE)), weights, gradients);
    return [loss, next];
  });
  const predict = jit(forward);
  const array = (values, shape) => np.array(Float32Array.from(values), { shape });

  return {
    async load() {
      if (!(await init(device)).includes(device)) throw new Error(`jax-js cannot use its device ${device}`);
      defaultDevice(device);
    },

    setWeights({ w1, b1, w2, b2 }) {
      tree.dispose(weights);
      weights = {
        w1: array(w1, [FEATURES, HIDDEN]),
        b1: array(b1, [HIDDEN]),
        w2: array(w2, [HIDDEN, CLASSES]),
        b2: array(b2, [CLASSES]),
      };
    },

    step({ examples, rows }) {
      const { input, targets } = assemble(examples, rows);
      const [loss, next] = descend(
        weights,
        np.array(input, { shape: [rows.length, FEATURES] }),
        np.array(targets, { shape: [rows.length, CLASSES] }),
      );
      weights = next;
      return loss;
    },

    read(loss) {
      return device === 'webgpu' ? loss.data().then(([value]) => value) : loss.dataSync()[0];
    },

    async logits({ examples, rows }) {
      const { input } = assemble(examples, rows);
      return predict(tree.ref(weights), np.array(input, { shape: [rows.length, FEATURES] })).data();
    },
  };
}
