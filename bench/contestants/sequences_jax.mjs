/** jax-js on histories: MMSR over graphs that are filled up to one size, with a score for every two nodes of a graph. */

import './gpu_work.mjs';
import { nn, numpy as np } from '@jax-js/jax';
import { ADAM, assemble, BOTH, OUT, SELF, SLOPE, WIDTH } from '../lib/sequences.mjs';
import { jaxAdam } from './jax_adam.mjs';

const KINDS = ['item', 'image', 'text'];
const TABLES = ['nodes.items.table', 'nodes.images.Codes.table', 'nodes.texts.Codes.table'];
const LAYER = 'layer.Han';
/** Relations between nodes of a kind, in the order of their vectors. */
const WITHIN = [SELF, OUT, OUT + 1, BOTH];
/** What weighs nothing in a softmax. */
const ABSENT = -1e9;
/** In Emberbook's file, but of no use to this form of the layer. */
const UNUSED = `${LAYER}.concat.`;

/**
 * Every array a function of jax-js is given is used up by it; `ref` keeps one for another use.
 *
 * @param {'wasm' | 'webgpu'} device
 * @returns {import('./sequences_peer.mjs').Library}
 */
export function jaxSequences(device) {
  /** The layer on the states of the nodes of all graphs, `[graphs, nodes, WIDTH]`. */
  const layer = (weights, states, sizes, relations) => {
    const weight = (name) => weights[`${LAYER}.${name}`].ref;
    const [graphs, nodes] = states.shape;
    /** Each node times the matrix of its kind. */
    const byKind = (name, states) => {
      let first = 0;
      const pieces = sizes.map((size, kind) => {
        const piece = states.ref.slice([], [first, first + size]).reshape([graphs * size, WIDTH]);
        first += size;
        return np.matmul(piece, weight(`${name}.${KINDS[kind]}`)).reshape([graphs, size, WIDTH]);
      });
      return np.concatenate(pieces, 1);
    };
    const products = (queries, keys) => np.matmul(queries, np.swapaxes(keys, 1, 2));
    /** Softmax over the neighbours of each node, and the sum of their values by it. */
    const attend = (scores, has, values) =>
      np.matmul(nn.softmax(np.where(has, nn.leakyRelu(scores, SLOPE), ABSENT), -1), values.ref);
    const isOf = (relation) => np.equal(relations.ref, relation);
    const within = (compared, values) => {
      const scores = WITHIN.map((relation, place) => {
        const vector = weight('relations').slice([place, place + 1]);
        const some = products(np.multiply(compared.ref, vector), compared.ref);
        return np.where(isOf(relation), some, 0);
      });
      const has = np.multiply(np.greaterEqual(relations.ref, SELF), np.lessEqual(relations.ref, BOTH));
      return attend(
        scores.reduce((sum, next) => np.add(sum, next)),
        has,
        values,
      );
    };
    const between = (states, values) => {
      const has = np.add(isOf(SELF), np.greater(relations.ref, BOTH));
      return attend(products(byKind('query', states), byKind('key', states)), has, values);
    };
    const score = (states) => {
      const flat = states.ref.reshape([graphs * nodes, WIDTH]);
      const hidden = nn.relu(
        np.add(np.matmul(flat, weight('gate.hidden.weight')), weight('gate.hidden.bias')),
      );
      const scores = np.add(np.matmul(hidden, weight('gate.score.weight')), weight('gate.score.bias'));
      return scores.reshape([graphs, nodes, 1]);
    };
    const values = byKind('value', states);
    const hohe = between(within(values, values), values);
    const heho = within(byKind('value', between(states, values)), values);
    const share = nn.sigmoid(np.subtract(score(hohe), score(heho)));
    return np.add(heho.ref, np.multiply(share, np.subtract(hohe, heho)));
  };

  const cost = (weights, { numbers, relations, positions, last, targets, one }) => {
    const [graphs, nodes, longest] = positions.shape;
    const sizes = numbers.map((of) => of.shape[0] / graphs);
    // A product with 1 keeps the gradient that comes back from being a view, for which version 0.1.25 compiles nothing.
    const lookUp = (table, places) => np.multiply(np.take(table, places, 0), one.ref);
    const own = numbers.map((of, kind) =>
      lookUp(weights[TABLES[kind]].ref, of).reshape([graphs, sizes[kind], WIDTH]),
    );
    const kinds = sizes.map((size, kind) =>
      np.broadcastTo(weights['nodes.kinds.table'].ref.slice([kind, kind + 1]).reshape([1, 1, WIDTH]), [
        graphs,
        size,
        WIDTH,
      ]),
    );
    const places = np.matmul(
      positions.reshape([graphs * nodes, longest]),
      weights['nodes.positions.table'].ref.slice([0, longest]),
    );
    const told = [
      np.concatenate(own, 1).reshape([graphs * nodes, WIDTH]),
      np.concatenate(kinds, 1).reshape([graphs * nodes, WIDTH]),
      places,
    ];
    const mixed = np.matmul(np.concatenate(told, 1), weights['nodes.mix'].ref);
    const states = layer(weights, mixed.reshape([graphs, nodes, WIDTH]), sizes, relations);
    const pooled = np.sum(np.multiply(states, last), 1);
    const logarithms = nn.logSoftmax(np.matmul(pooled, np.matrixTranspose(weights[TABLES[0]].ref)));
    return np.sum(np.multiply(logarithms, targets)).mul(-1 / graphs);
  };
  const adam = jaxAdam(device, ADAM, cost);
  const numbers = (values, shape = [values.length]) => np.array(values, { shape });
  const whole = (values) => np.array(values, { shape: [values.length], dtype: np.int32 });

  return {
    ...adam,

    setWeights(tensors) {
      const used = Object.entries(tensors).filter(([name]) => !name.startsWith(UNUSED));
      const arrays = used.map(([name, { shape, values }]) => [
        name,
        numbers(Float32Array.from(values), shape),
      ]);
      adam.begin(Object.fromEntries(arrays));
    },

    step({ sequences, rows }) {
      const batch = assemble(sequences, rows);
      const graphs = rows.length;
      const nodes = batch.last.length / graphs;
      return adam.step({
        numbers: batch.numbers.map(whole),
        relations: numbers(batch.relations, [graphs, nodes, nodes]),
        positions: numbers(batch.positions, [graphs, nodes, sequences.longest]),
        last: numbers(batch.last, [graphs, nodes, 1]),
        targets: numbers(batch.targets, [graphs, sequences.codes.length]),
        one: numbers(new Float32Array([1]), []),
      });
    },
  };
}
