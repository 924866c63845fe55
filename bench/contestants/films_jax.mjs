/** jax-js on the ratings. */

import './gpu_work.mjs';
import { numpy as np } from '@jax-js/jax';
import { ADAM, assemble, SCALE, SMALLEST } from '../lib/films.mjs';
import { jaxAdam } from './jax_adam.mjs';

/** A function is compiled for each shape it is given: titles are filled up to a few of them. */
const WORD_STEP = 256;
const PLACE_STEP = 8;

/**
 * @param {'wasm' | 'webgpu'} device
 * @returns {import('./films_peer.mjs').Library}
 */
export function jaxFilms(device) {
  /**
   * Rows of a matrix. Version 0.1.25 compiles no gradient of them where what comes back is a view (reshaped, transposed),
   * which a product with 1 keeps it from being.
   */
  const lookUp = (table, numbers, one) => np.multiply(np.take(table, numbers, 0), one);
  const feature = (weights, name, numbers, one) => {
    const vectors = lookUp(weights[`${name}_emb`], numbers, one);
    return np.tanh(np.add(np.matmul(vectors, weights[`${name}_fc.w`]), weights[`${name}_fc.b`]));
  };
  const joined = (weights, name, inputs) => {
    const sums = inputs.map((input, place) => np.matmul(input, weights[`${name}.w${place}`]));
    return np.tanh(sums.reduce((sum, next) => np.add(sum, next), weights[`${name}.b`]));
  };
  const title = (weights, { words, before, after, places, absent, hasTitle, one }) => {
    const [count] = words.shape;
    const [rows, longest] = absent.shape;
    const vectors = lookUp(weights['mov_title_emb'], words, one.ref);
    const width = vectors.shape[1];
    const padded = np.pad(vectors.ref, [
      [1, 1],
      [0, 0],
    ]);
    const windows = np.concatenate(
      [
        np.multiply(padded.ref.slice([0, count]), before),
        vectors,
        np.multiply(padded.slice([2, count + 2]), after),
      ],
      1,
    );
    const sums = np.add(np.matmul(windows, weights['mov_title_conv.w']), weights['mov_title_conv.b']);
    const maps = lookUp(np.tanh(sums), places, one).reshape([rows, longest, width]);
    return np.multiply(np.max(np.add(maps, absent), 1), hasTitle);
  };
  const cost = (weights, batch) => {
    const [gender, age, job] = batch.known;
    const { one } = batch;
    const user = joined(weights, 'usr_combined', [
      feature(weights, 'usr', batch.users, one.ref),
      feature(weights, 'usr_gender', gender, one.ref),
      feature(weights, 'usr_age', age, one.ref),
      feature(weights, 'usr_job', job, one.ref),
    ]);
    const genres = np.matmul(batch.genres, weights['mov_categories_fc.w']);
    const film = joined(weights, 'mov_combined', [
      feature(weights, 'mov', batch.films, one.ref),
      np.tanh(np.add(genres, weights['mov_categories_fc.b'])),
      title(weights, batch),
    ]);
    const product = np.sum(np.multiply(user.ref, film.ref), 1);
    const lengths = np.multiply(np.sum(np.square(user), 1), np.sum(np.square(film), 1));
    const cosine = np.divide(product, np.sqrt(lengths.add(SMALLEST)));
    return np.mean(np.square(cosine.mul(SCALE).sub(batch.labels)));
  };
  const adam = jaxAdam(device, ADAM, cost);
  const numbers = (values, shape = [values.length]) => np.array(values, { shape });
  const whole = (values) => np.array(values, { shape: [values.length], dtype: np.int32 });

  return {
    ...adam,

    setWeights(tensors) {
      const arrays = Object.entries(tensors).map(([name, { shape, values }]) => [
        name,
        numbers(Float32Array.from(values), shape),
      ]);
      adam.begin(Object.fromEntries(arrays));
    },

    step({ ratings, known, rows }) {
      const batch = assemble(ratings, known, rows, WORD_STEP, PLACE_STEP);
      const count = rows.length;
      return adam.step({
        users: whole(batch.users),
        known: batch.known.map(whole),
        films: whole(batch.films),
        genres: numbers(batch.genres, [count, ratings.genreCount]),
        words: whole(batch.words),
        before: numbers(batch.before, [batch.words.length, 1]),
        after: numbers(batch.after, [batch.words.length, 1]),
        places: whole(batch.places),
        absent: numbers(batch.absent, [count, batch.longest, 1]),
        hasTitle: numbers(batch.hasTitle, [count, 1]),
        labels: numbers(batch.labels),
        one: numbers(new Float32Array([1]), []),
      });
    },
  };
}
