/** TensorFlow.js on the ratings: variables, `variableGrads` and its Adam inside one `tidy`. */

import './gpu_work.mjs';
// The core leaves gradients out unless they are asked for.
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import * as tf from '@tensorflow/tfjs-core';
import { ADAM, assemble, SCALE, SMALLEST } from '../lib/films.mjs';

/**
 * @param {string} backend name of a backend that has been imported
 * @param {() => void} [prepare] called before the backend starts
 * @returns {import('./films_peer.mjs').Library}
 */
export function tfjsFilms(backend, prepare) {
  /** @type {Record<string, tf.Variable>} */
  let weights = {};
  let optimizer;

  /**
   * Rows of a matrix. The library's own gradient of them goes through the rows of the matrix one after another on its
   * plain backend, at more than ten seconds a step, and is not there on its wasm backend; its scatter is fast on both.
   */
  const lookUp = (table, numbers) =>
    tf.customGrad((rows) => ({
      value: tf.gather(rows, numbers),
      gradFunc: (change) =>
        tf.scatterND(tf.tensor2d(numbers, [numbers.length, 1], 'int32'), change, table.shape),
    }))(table);
  const feature = (name, numbers) => {
    const vectors = lookUp(weights[`${name}_emb`], numbers);
    return tf.tanh(tf.add(tf.matMul(vectors, weights[`${name}_fc.w`]), weights[`${name}_fc.b`]));
  };
  const joined = (name, inputs) => {
    const sums = inputs.map((input, place) => tf.matMul(input, weights[`${name}.w${place}`]));
    return tf.tanh(tf.add(tf.addN(sums), weights[`${name}.b`]));
  };
  const title = ({ words, before, after, places, absent, hasTitle, longest }) => {
    const count = words.length;
    const vectors = lookUp(weights['mov_title_emb'], words);
    const width = vectors.shape[1];
    const padded = tf.pad(vectors, [
      [1, 1],
      [0, 0],
    ]);
    const windows = tf.concat(
      [
        tf.mul(tf.slice(padded, [0, 0], [count, width]), tf.tensor2d(before, [count, 1])),
        vectors,
        tf.mul(tf.slice(padded, [2, 0], [count, width]), tf.tensor2d(after, [count, 1])),
      ],
      1,
    );
    const sums = tf.add(tf.matMul(windows, weights['mov_title_conv.w']), weights['mov_title_conv.b']);
    const maps = tf.reshape(lookUp(tf.tanh(sums), places), [hasTitle.length, longest, width]);
    const pooled = tf.max(tf.add(maps, tf.tensor3d(absent, [hasTitle.length, longest, 1])), 1);
    return tf.mul(pooled, tf.tensor2d(hasTitle, [hasTitle.length, 1]));
  };
  const cost = (batch, genreCount) => {
    const [gender, age, job] = batch.known;
    const user = joined('usr_combined', [
      feature('usr', batch.users),
      feature('usr_gender', gender),
      feature('usr_age', age),
      feature('usr_job', job),
    ]);
    const genres = tf.tensor2d(batch.genres, [batch.labels.length, genreCount]);
    const film = joined('mov_combined', [
      feature('mov', batch.films),
      tf.tanh(tf.add(tf.matMul(genres, weights['mov_categories_fc.w']), weights['mov_categories_fc.b'])),
      title(batch),
    ]);
    const squares = tf.mul(tf.sum(tf.square(user), 1), tf.sum(tf.square(film), 1));
    const cosine = tf.div(tf.sum(tf.mul(user, film), 1), tf.sqrt(tf.add(squares, SMALLEST)));
    return tf.mean(tf.squaredDifference(tf.mul(cosine, SCALE), tf.tensor1d(batch.labels)));
  };

  return {
    async load() {
      prepare?.();
      if (!(await tf.setBackend(backend))) throw new Error(`tfjs cannot use its backend ${backend}`);
      await tf.ready();
    },

    setWeights(tensors) {
      tf.dispose(weights);
      optimizer?.dispose();
      weights = Object.fromEntries(
        Object.entries(tensors).map(([name, { shape, values }]) => [
          name,
          tf.variable(tf.tensor(values, shape)),
        ]),
      );
      const { learningRate, meanDecay, squareDecay, epsilon } = ADAM;
      optimizer = tf.train.adam(learningRate, meanDecay, squareDecay, epsilon);
    },

    step({ ratings, known, rows }) {
      return tf.tidy(() => {
        const batch = assemble(ratings, known, rows);
        return optimizer.minimize(() => cost(batch, ratings.genreCount), true, Object.values(weights));
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
