/** TensorFlow.js on the digits: variables, `variableGrads` and its Adam inside one `tidy`. */

import './gpu_work.mjs';
// The core leaves gradients out unless they are asked for.
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import * as tf from '@tensorflow/tfjs-core';
import { ADAM, assemble, CLASSES, FLAT, SIDE, TENSORS } from '../lib/digits.mjs';

/**
 * @param {string} backend name of a backend that has been imported
 * @returns {import('./digits_peer.mjs').Library}
 */
export function tfjsDigits(backend) {
  /** @type {tf.Variable[]} */
  let variables = [];
  let optimizer;

  const forward = (input) => {
    const [kernel, bias, dense, denseBias, last, lastBias] = variables;
    const active = tf.relu(tf.add(tf.conv2d(input, kernel, 1, 'valid'), bias));
    const flat = tf.reshape(tf.maxPool(active, 2, 2, 'valid'), [-1, FLAT]);
    const hidden = tf.relu(tf.add(tf.matMul(flat, dense), denseBias));
    return tf.add(tf.matMul(hidden, last), lastBias);
  };

  return {
    async load() {
      if (!(await tf.setBackend(backend))) throw new Error(`tfjs cannot use its backend ${backend}`);
      await tf.ready();
    },

    setWeights(values) {
      tf.dispose(variables);
      optimizer?.dispose();
      variables = values.map((tensor, index) => tf.variable(tf.tensor(tensor, TENSORS[index].shape)));
      const { learningRate, meanDecay, squareDecay, epsilon } = ADAM;
      optimizer = tf.train.adam(learningRate, meanDecay, squareDecay, epsilon);
    },

    step({ digits, rows }) {
      return tf.tidy(() => {
        const { input, targets } = assemble(digits, rows);
        const pictures = tf.tensor4d(input, [rows.length, SIDE, SIDE, 1]);
        const classes = tf.tensor2d(targets, [rows.length, CLASSES]);
        const cost = () => tf.losses.softmaxCrossEntropy(classes, forward(pictures));
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
  };
}
