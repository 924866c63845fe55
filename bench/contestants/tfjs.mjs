/** TensorFlow.js: variables, `variableGrads` and the SGD optimiser inside one `tidy`, as its guide teaches. */

import './gpu_work.mjs';
// The core leaves gradients out unless they are asked for.
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import * as tf from '@tensorflow/tfjs-core';
import { assemble, CLASSES, FEATURES, HIDDEN, LEARNING_RATE } from '../lib/task.mjs';

/**
 * @param {string} backend name of a backend that has been imported
 * @param {() => void} [prepare] called before the backend starts
 * @returns {import('./peer.mjs').Library}
 */
export function tfjs(backend, prepare) {
  /** @type {tf.Variable[]} */
  let variables = [];
  let optimizer;

  const forward = (input) => {
    const [w1, b1, w2, b2] = variables;
    const hidden = tf.sigmoid(tf.add(tf.matMul(input, w1), b1));
    return tf.add(tf.matMul(hidden, w2), b2);
  };
  const tensors = ({ examples, rows }) => {
    const { input, targets } = assemble(examples, rows);
    return [tf.tensor2d(input, [rows.length, FEATURES]), tf.tensor2d(targets, [rows.length, CLASSES])];
  };

  return {
    async load() {
      prepare?.();
      if (!(await tf.setBackend(backend))) throw new Error(`tfjs cannot use its backend ${backend}`);
      await tf.ready();
      optimizer = tf.train.sgd(LEARNING_RATE);
    },

    setWeights({ w1, b1, w2, b2 }) {
      tf.dispose(variables);
      variables = [
        tf.tensor2d(w1, [FEATURES, HIDDEN]),
        tf.tensor1d(b1),
        tf.tensor2d(w2, [HIDDEN, CLASSES]),
        tf.tensor1d(b2),
      ].map((tensor) => tf.variable(tensor));
    },

    step(batch) {
      return tf.tidy(() => {
        const [input, targets] = tensors(batch);
        const cost = () => tf.losses.softmaxCrossEntropy(targets, forward(input));
        return optimizer.minimize(cost, true, variables);
      });
    },

    read(loss) {
      if (backend === 'webgpu') {
        return loss.data().then(([value]) => {
          loss.dispose();
          return value;
        });
      }
      const [value] = loss.dataSync();
      loss.dispose();
      return value;
    },

    async logits(batch) {
      const output = tf.tidy(() => forward(tensors(batch)[0]));
      const values = await output.data();
      output.dispose();
      return values;
    },
  };
}
