/**
 * The fourth task: MMSR in the paper's form on made histories, one layer of 64 numbers with both orders and the gate; items,
 * the codes of their pictures and those of their words as nodes; softmax over all items; Adam in torch's form with a
 * learning rate of 0.002; minibatches of 128; no dropout.
 *
 * Here a minibatch is made as a dense network is given it: every history has the same number of nodes, and every node a
 * relation to every other.
 */

import { Random } from './random.mjs';

export const BATCH_SIZE = 128;
export const WIDTH = 64;
export const ADAM = { learningRate: 0.002, meanDecay: 0.9, squareDecay: 0.999, epsilon: 1e-8, form: 'torch' };
/** What a score below 0 is multiplied by. */
export const SLOPE = 0.1;
/** Relations of a node to itself, to one that comes right after it, right before it, and both ways. */
export const [NONE, SELF, OUT, IN, BOTH] = [0, 1, 2, 3, 4];
/** Relations of a node of one kind (row) to one of another (column) of the same item. */
const BETWEEN = [
  [0, 5, 7],
  [6, 0, 9],
  [8, 10, 0],
];

/**
 * @typedef {{ histories: string, codes: string, start: string }} Tables what Emberbook's programs read
 *
 * @typedef {object} Sequences
 * @property {number[][]} histories items of each user, in order
 * @property {number[][][]} codes of each item: those of its picture, those of its words
 * @property {{ user: number, at: number }[]} examples places of the items that are learned from
 * @property {number} longest items of a history that are looked at, the last ones
 * @property {[number, number, number]} nodes how many of each kind a graph has room for
 */

/**
 * Reads Emberbook's tables; `lab/code/python/graphs.py.txt` does the same.
 *
 * @param {Tables} tables
 * @param {number} longest
 * @returns {Sequences}
 */
export function readSequences({ histories, codes }, longest) {
  const lines = (table) => table.trim().split(/\r?\n/).slice(1);
  const rows = lines(codes).map((line) => line.split(','));
  const numberOf = new Map(rows.map(([item], number) => [item, number]));
  const ofItems = rows.map(([, ...kinds]) =>
    kinds.map((numbers) => numbers.split(' ').filter(Boolean).map(Number)),
  );
  const ofUsers = new Map();
  for (const line of lines(histories)) {
    const [user, item] = line.split(',');
    if (!ofUsers.has(user)) ofUsers.set(user, []);
    ofUsers.get(user).push(numberOf.get(item));
  }
  const all = [...ofUsers.values()];
  const room = (kind) => {
    const found = ofItems.map((item) => item[kind]);
    const most = Math.max(...found.map(({ length }) => length));
    return Math.min(longest * most, new Set(found.flat()).size);
  };
  return {
    histories: all,
    codes: ofItems,
    examples: all.flatMap((history, user) => placesOf(history.length).map((at) => ({ user, at }))),
    longest,
    nodes: [longest, room(0), room(1)],
  };
}

/** Every prefix of what is neither for testing nor for validation: a fifth each, at the end. */
function placesOf(length) {
  const heldOut = length < 3 ? 0 : Math.max(1, Math.floor(length / 5));
  return Array.from({ length: Math.max(0, length - 2 * heldOut - 1) }, (_, place) => place + 1);
}

/** Minibatches of all examples in a random order, pass after pass. @returns {() => number[]} */
export function shuffledExamples(count, seed) {
  const random = new Random(seed + 1_000_003);
  let order = [];
  return () => {
    if (order.length < BATCH_SIZE) order = random.shuffled([...new Array(count).keys()]);
    return order.splice(0, BATCH_SIZE);
  };
}

/**
 * Some examples as the flat arrays a library makes tensors of. The nodes of a history are items, codes of pictures and
 * codes of words, each kind filled up with nodes that only know themselves.
 *
 * @param {Sequences} sequences
 * @param {number[]} rows numbers of examples
 */
export function assemble({ histories, codes, examples, longest, nodes }, rows) {
  const all = nodes[0] + nodes[1] + nodes[2];
  const count = rows.length;
  const numbers = nodes.map((room) => new Int32Array(count * room));
  const relations = new Float32Array(count * all * all);
  // Of each node, the share of each of its positions.
  const positions = new Float32Array(count * all * longest);
  // 1 at the node of the last item.
  const last = new Float32Array(count * all);
  // 1 at the item that came next.
  const targets = new Float32Array(count * codes.length);
  const first = [0, nodes[0], nodes[0] + nodes[1]];
  rows.forEach((row, graph) => {
    const { user, at } = examples[row];
    const history = histories[user].slice(Math.max(at - longest, 0), at);
    const found = [new Map(), new Map(), new Map()];
    const placesOfNodes = new Map();
    const placeOf = (kind, number) => {
      const known = found[kind];
      if (!known.has(number)) {
        numbers[kind][graph * nodes[kind] + known.size] = number;
        known.set(number, first[kind] + known.size);
      }
      return known.get(number);
    };
    const steps = history.map((item, position) => {
      const step = [[item], ...codes[item]].map((of, kind) => of.map((number) => placeOf(kind, number)));
      for (const node of step.flat()) placesOfNodes.set(node, [...(placesOfNodes.get(node) ?? []), position]);
      return step;
    });
    for (const [node, of] of placesOfNodes)
      for (const position of of) positions[(graph * all + node) * longest + position] = 1 / of.length;
    const edge = (one, other) => (graph * all + one) * all + other;
    for (let node = 0; node < all; node += 1) relations[edge(node, node)] = SELF;
    steps.slice(1).forEach((step, before) =>
      steps[before].forEach((nodesBefore, kind) => {
        for (const one of nodesBefore)
          for (const other of step[kind])
            follow(relations, one === other, edge(one, other), edge(other, one));
      }),
    );
    for (const step of steps)
      BETWEEN.forEach((row, kind) =>
        row.forEach((relation, kindOfOther) => {
          if (relation === NONE) return;
          for (const one of step[kind])
            for (const other of step[kindOfOther]) relations[edge(one, other)] = relation;
        }),
      );
    last[graph * all + steps.at(-1)[0][0]] = 1;
    targets[graph * codes.length + histories[user][at]] = 1;
  });
  return { numbers, relations, positions, last, targets };
}

/** One node comes right before another. */
function follow(relations, isSame, there, back) {
  if (isSame || relations[there] === BOTH) return;
  const returns = relations[back] === OUT;
  relations[there] = returns ? BOTH : OUT;
  relations[back] = returns ? BOTH : IN;
}
