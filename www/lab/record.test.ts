import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EmberError } from '../engine/failure.js';
import type { HistoryPoint } from '../engine/protocol.js';
import { firstDifference, parseRecord, type ReadRecord, type RunRecord } from './record.js';

const HISTORY: HistoryPoint[] = [
  { step: 0, epoch: 1, loss: 0.1 + 0.2 },
  { step: 1, epoch: 1, loss: 5e-324, dev_loss: 1 / 3 },
  // The logarithm of exactly 1 has a sign.
  { step: 2, epoch: 1, loss: -0 },
  { step: 3, epoch: 2, loss: null },
];

const RECORD: RunRecord = {
  emberbook: { format: 1 },
  lesson: 'iris',
  config: { seed: 1, hidden: [8, 4] },
  seed: 1,
  backend: 'cpu',
  adapter: '',
  devices: [{ from_step: 0, kind: 'cpu', adapter: '' }],
  versions: { emberbook: '1', burn: '1', build: 'b' },
  steps: 4,
  history: HISTORY,
};

const parsed = (record: unknown): ReadRecord => parseRecord(JSON.stringify(record), 'iris', 'run.json');

function isRefused(text: string): void {
  assert.throws(
    () => parseRecord(text, 'iris', 'run.json'),
    (thrown) =>
      thrown instanceof EmberError && thrown.code === 'bad_record' && thrown.details['file'] === 'run.json',
    text.slice(0, 200),
  );
}

test('a record that was written and read back has the same history, bit for bit', () => {
  assert.equal(firstDifference(parsed(RECORD).history, HISTORY), null);
});

test('records of older builds have no list of devices, only the one they ended on', () => {
  const { devices: _, versions: __, ...older } = RECORD;
  assert.deepEqual(parsed(older).devices, [{ from_step: 0, kind: 'cpu' }]);
  assert.equal(parsed(older).build, null);
  assert.equal(parsed(RECORD).build, 'b');
});

test('what is no record of this lesson is refused with the reason', () => {
  for (const text of ['', '{', 'null', '7', '[]', '"run"', '{}', '{"emberbook":null}']) isRefused(text);
  const wrong: { [name: string]: unknown[] } = {
    emberbook: [{ format: 2 }, 1],
    lesson: ['vision', undefined],
    config: [null, 'seed=1', undefined, [1, 2]],
    steps: [-1, 1.5, '4', 2 ** 53, null],
    devices: [[], [{ from_step: 1, kind: 'cpu', adapter: '' }], [null], 'cpu'],
    history: [
      null,
      {},
      [null],
      [7],
      [{ epoch: 1 }],
      [{ step: 0, epoch: 1, loss: 'low' }],
      [{ step: 0.5, epoch: 1 }],
    ],
  };
  for (const [name, values] of Object.entries(wrong)) {
    for (const value of values) isRefused(JSON.stringify({ ...RECORD, [name]: value }));
  }
  isRefused(JSON.stringify({ ...RECORD, devices: undefined, backend: 'abacus' }));
});

test('the first difference of two histories is named by its step', () => {
  const differing = (index: number, change: object): HistoryPoint[] =>
    HISTORY.map((point, at) => (at === index ? { ...point, ...change } : point));
  assert.equal(firstDifference(HISTORY, differing(0, { loss: 0.3 })), 0);
  assert.equal(firstDifference(HISTORY, differing(1, { dev_loss: 0.3333333333333333 - 2 ** -54 })), 1);
  assert.equal(firstDifference(HISTORY, differing(2, { accuracy: 1 })), 2);
  assert.equal(firstDifference(HISTORY, differing(3, { loss: 1 })), 3);
  assert.equal(firstDifference(HISTORY, HISTORY.slice(0, 3)), 3);
  assert.equal(firstDifference(HISTORY.slice(0, 3), HISTORY), 3);
  assert.equal(firstDifference([], []), null);
});
