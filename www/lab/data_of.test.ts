import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Opened } from '../engine/protocol.js';
import { dataOf } from './data_of.js';

/** A lab without columns and pictures: films. */
const films = (settings: object, own: object | null = null): string =>
  dataOf({
    controls: [
      { name: 'seed', group: 'training' },
      { name: 'dataset', group: 'data' },
      { name: 'users', group: 'data' },
      { name: 'passes', group: 'training' },
    ],
    description: { table: null, pictures: null, own },
    settings: { seed: 1, dataset: 'made', users: 80, passes: 2, ...settings },
  } as unknown as Opened);

test('ratings are others with another dataset, world, seed or file, and the same in a longer run', () => {
  const own = { ratings: 100, file: 'ml-1m.zip' };
  const all = [
    films({}),
    films({ users: 90 }),
    films({ seed: 2 }),
    films({ dataset: 'latest_small' }),
    films({ dataset: 'own' }, own),
    films({ dataset: 'own' }, { ...own, ratings: 101 }),
  ];
  assert.equal(new Set(all).size, all.length);
  assert.equal(films({ passes: 9 }), films({}));
});

test('a table is known by its columns and classes, pictures by what is said of them', () => {
  const opened = (description: object): string =>
    dataOf({ controls: [], settings: {}, description } as unknown as Opened);
  const table = (name: string, ...classes: string[]): string =>
    opened({ table: { features: [{ name, min: 0 }], classes }, pictures: null });
  assert.equal(new Set([table('x', 'a', 'b'), table('y', 'a', 'b'), table('x', 'a')]).size, 3);
  assert.notEqual(opened({ pictures: { side: 28 } }), opened({ pictures: { side: 64 } }));
  assert.equal(dataOf(null), '');
});
