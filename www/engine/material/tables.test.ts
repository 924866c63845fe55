import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OwnTable } from '../protocol.js';
import type { EngineModule, EngineTable } from '../wasm.js';
import { OwnTables } from './tables.js';

/** A module that counts what it reads and frees; a table named `bad` cannot be read. */
function fakeModule(): { module: EngineModule; read: string[]; freed: string[] } {
  const [read, freed]: [string[], string[]] = [[], []];
  const EngineTable = {
    read(lesson: string, name: string) {
      if (name === 'bad') throw { code: 'bad_table', message: '', details: {} };
      read.push(`${lesson} ${name}`);
      return { share: () => `${lesson} ${name}`, free: () => freed.push(`${lesson} ${name}`) };
    },
  };
  return { module: { EngineTable } as unknown as EngineModule, read, freed };
}

const table = (name: string, key: number): OwnTable => ({ name, key, bytes: new Uint8Array() });

test('a table is read once for each lesson and module, and the one before is given back', () => {
  const tables = new OwnTables();
  const [one, other] = [fakeModule(), fakeModule()];
  const handles = [
    tables.handle(one.module, 'iris', table('a', 1)),
    tables.handle(one.module, 'iris', table('a', 1)),
    tables.handle(other.module, 'iris', table('a', 1)),
    tables.handle(one.module, 'boosting', table('a', 1)),
    tables.handle(one.module, 'boosting', table('b', 2)),
    tables.handle(one.module, 'boosting', null),
  ];
  const expected = ['iris a', 'iris a', 'iris a', 'boosting a', 'boosting b', undefined];
  assert.deepEqual(handles, expected);
  assert.deepEqual(one.read, ['iris a', 'boosting a', 'boosting b']);
  assert.deepEqual(one.freed, ['iris a', 'boosting a']);
  assert.deepEqual([other.read, other.freed], [['iris a'], []]);
});

test('a table that cannot be read leaves the one before in place', () => {
  const tables = new OwnTables();
  const { module, read, freed } = fakeModule();
  tables.handle(module, 'iris', table('a', 1));
  assert.throws(() => tables.handle(module, 'iris', table('bad', 2)), { code: 'bad_table' });
  assert.equal(tables.handle(module, 'iris', table('a', 1)), 'iris a');
  assert.deepEqual([read, freed], [['iris a'], []]);
});
