import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Requests } from '../engine/protocol.js';
import { LabSession } from './session.js';

/** A session as far as it asks: a lesson is open, and the worker answers with what it was asked. */
function sessionOn(id: string): { session: LabSession; asked: Requests['inspect']['args'][] } {
  const asked: Requests['inspect']['args'][] = [];
  const request = (_: string, args: Requests['inspect']['args']): Promise<unknown> => {
    asked.push(args);
    return Promise.resolve({ trees: 3 });
  };
  const session = Object.assign(Object.create(LabSession.prototype), {
    opened: { description: { id } },
    opening: { idle: Promise.resolve() },
    loadingPromise: Promise.resolve(),
    client: { request },
  });
  return { session, asked };
}

test('a look is asked with its options, and with pictures only where there are some', async () => {
  const { session, asked } = sessionOn('boosting');
  const { trees } = await session.inspect('boosting', 'trees', { tree: 1 });
  assert.equal(trees, 3);
  const picture = { name: 'mine.png', blob: new Blob() };
  await session.inspectAny('code', {}, [picture]);
  assert.deepEqual(asked, [
    { what: 'trees', options: { tree: 1 } },
    { what: 'code', options: {}, pictures: [picture] },
  ]);
});

test('a look of one lesson is not asked of another, whose look of that name answers otherwise', async () => {
  const { session, asked } = sessionOn('iris');
  await assert.rejects(
    session.inspect('boosting', 'data', {}),
    /data of the lesson boosting was asked of iris/,
  );
  assert.deepEqual(asked, []);
  await session.inspectAny('data', {});
  assert.equal(asked.length, 1);
});
