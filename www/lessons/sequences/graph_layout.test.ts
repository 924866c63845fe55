import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StepShown } from '../../generated/sequences.js';
import { edgePath, layGraph, neighbourOf, NODE } from './graph_layout.js';
import { nodeKey } from './relations.js';

const COLUMN = 60;
const step = (item: number, images: number[], texts: number[]): StepShown => ({ item, images, texts });
const lay = (...steps: StepShown[]) => layGraph(steps, COLUMN);

test('A before B is six nodes in two columns and three rows', () => {
  const { nodes, width, rows, side } = lay(step(0, [0], [0]), step(1, [1], [1]));
  assert.equal(nodes.size, 6);
  assert.equal(width, 2 * (COLUMN + side));
  const at = (key: string): [number, number] => [nodes.get(key)!.x, nodes.get(key)!.y];
  assert.deepEqual(at('item 0'), [side + 30, rows.get('item')! + NODE / 2]);
  assert.deepEqual(at('item 1'), [side + 90, rows.get('item')! + NODE / 2]);
  for (const number of [0, 1]) {
    const [item, image, text] = ['item', 'image', 'text'].map((kind) => at(`${kind} ${number}`));
    assert.ok(item![1] < image![1] && image![1] < text![1]);
    assert.ok(
      image![0] < item![0] && item![0] < text![0],
      'the edge from an item to its words passes beside',
    );
  }
});

test('what comes back or is shared stands once, in the column of its first step', () => {
  const { nodes, side } = lay(step(5, [3], [1]), step(6, [3], [2]), step(5, [3], [1]));
  assert.deepEqual(nodes.get('item 5')!.positions, [0, 2]);
  assert.deepEqual(nodes.get('image 3')!.positions, [0, 1, 2]);
  assert.equal(nodes.get('image 3')!.x, side + 0.5 * COLUMN - COLUMN / 6);
  assert.equal(nodes.size, 5);
});

test('codes of one step stand under one another and touch no other row', () => {
  const few = lay(step(0, [7, 8, 9], [0]), step(1, [7, 4], [0]));
  const ys = [7, 8, 9].map((number) => few.nodes.get(`image ${number}`)!.y);
  assert.ok(ys[0]! + NODE < ys[1]! && ys[1]! + NODE < ys[2]!);
  assert.ok(ys[2]! + NODE / 2 < few.rows.get('text')!);
  assert.equal(few.nodes.get('image 4')!.y, ys[0], 'the first that is new in its own column');
  assert.ok(few.height > lay(step(0, [7], [0]), step(1, [7], [0])).height);
});

test('no two nodes lie on one another, however long the history', () => {
  const steps = Array.from({ length: 50 }, (_, at) =>
    step(at % 37, [at % 20, (3 * at) % 20], [(7 * at) % 20]),
  );
  const placed = [...layGraph(steps, 52).nodes.values()];
  for (const [place, one] of placed.entries()) {
    for (const other of placed.slice(place + 1)) {
      const apart = Math.max(Math.abs(one.x - other.x), Math.abs(one.y - other.y));
      assert.ok(apart >= NODE, `${nodeKey(one.name)} and ${nodeKey(other.name)}: ${apart}`);
    }
  }
});

test('a step without picture and words has its item alone, and an item twice in a row is one node', () => {
  const { nodes, height, width, side, rows } = lay(step(2, [], []), step(2, [], []));
  assert.deepEqual([...nodes.keys()], ['item 2']);
  assert.equal(width, 2 * (COLUMN + side));
  assert.deepEqual([...rows.keys()], ['item'], 'what is not there takes no room');
  assert.ok(height < lay(step(2, [1], [])).height);
});

test('the halves of an edge meet, each begins at its node', () => {
  const { nodes } = lay(step(0, [0], [0]), step(1, [1], [1]), step(2, [2], [0]), step(0, [0], [1]));
  const numbers = (path: string): number[] => [...path.matchAll(/[\d.]+/g)].map(([number]) => Number(number));
  for (const [one, other] of [
    ['item 0', 'item 1'],
    ['item 2', 'item 0'],
    ['item 1', 'image 1'],
    ['item 0', 'text 0'],
    ['text 0', 'text 1'],
  ]) {
    const [from, to] = [nodes.get(one!)!, nodes.get(other!)!];
    const { one: first, other: second } = edgePath(from, to, COLUMN);
    assert.deepEqual(numbers(first).slice(0, 2), [from.x, from.y]);
    assert.deepEqual(numbers(second).slice(0, 2), [to.x, to.y]);
    assert.deepEqual(numbers(first).slice(4), numbers(second).slice(4));
  }
});

test('neighbours are joined straight, and arcs between farther nodes leave the row', () => {
  const { nodes } = lay(step(0, [], []), step(1, [], []), step(2, [], []), step(0, [], []));
  const middle = (one: string, other: string): number =>
    Number(/ ([\d.]+)$/.exec(edgePath(nodes.get(one)!, nodes.get(other)!, COLUMN).one)![1]);
  const { y } = nodes.get('item 0')!;
  assert.equal(middle('item 0', 'item 1'), y);
  assert.ok(middle('item 0', 'item 2') < y - NODE / 2);
});

test('arrow keys lead along a row and to the nearest node of another, and nowhere at the end', () => {
  const layout = lay(step(0, [0], [0]), step(1, [1], [1]), step(2, [2], [2]));
  const to = (from: string, key: string) => neighbourOf(layout, from, key);
  assert.equal(to('item 0', 'ArrowRight'), 'item 1');
  assert.equal(to('item 2', 'ArrowLeft'), 'item 1');
  assert.equal(to('item 2', 'ArrowRight'), null);
  assert.equal(to('item 1', 'ArrowDown'), 'image 1');
  assert.equal(to('image 1', 'ArrowDown'), 'text 1');
  assert.equal(to('text 1', 'ArrowUp'), 'image 1');
  assert.equal(to('item 1', 'ArrowUp'), null);
  assert.equal(to('text 9', 'ArrowUp'), null);
});
