import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OpenedAnswer } from './opened_answer.js';
import type { LabPart } from './part.js';

interface Asked {
  answer(value: string): void;
  fail(): void;
}

/** A host, and an answer whose questions are answered by hand. */
function asking(left?: (look: OpenedAnswer<string>) => void): {
  host: { session: { opened: unknown } };
  look: OpenedAnswer<string>;
  asked: Asked[];
  reports: unknown[];
} {
  const asked: Asked[] = [];
  const reports: unknown[] = [];
  const session = { opened: null as unknown, report: (thrown: unknown) => reports.push(thrown) };
  const host = { session, addController: () => undefined, requestUpdate: () => undefined };
  const ask = (): Promise<string> =>
    new Promise((answer, reject) => asked.push({ answer, fail: () => reject(new Error('left')) }));
  const look: OpenedAnswer<string> = new OpenedAnswer(host as unknown as LabPart, ask, () => left?.(look));
  return { host, look, asked, reports };
}

/** What was answered has arrived. */
const arrived = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('a look is asked for once for each lab that is opened', () => {
  const { host, look, asked } = asking();
  look.hostUpdate();
  assert.equal(asked.length, 0);
  host.session.opened = {};
  look.hostUpdate();
  look.hostUpdate();
  assert.equal(asked.length, 1);
  host.session.opened = {};
  look.hostUpdate();
  assert.equal(asked.length, 2);
});

test('what was asked of a lab that was left is dropped, its failure too', async () => {
  const { look, asked, reports } = asking();
  for (let turn = 0; turn < 3; turn += 1) look.refresh();
  asked[2]!.answer('the third');
  asked[0]!.answer('the first');
  asked[1]!.fail();
  await arrived();
  assert.equal(look.value, 'the third');
  assert.deepEqual(reports, []);
});

test('the failure of the latest question is reported, and the answer before stays', async () => {
  const { look, asked, reports } = asking();
  look.refresh();
  asked[0]!.answer('one');
  await arrived();
  look.refresh();
  asked[1]!.fail();
  await arrived();
  assert.deepEqual([look.value, reports.length], ['one', 1]);
});

test('what else speaks of the lab before goes when another is opened, before it is asked', async () => {
  const seen: (number | string | null)[] = [];
  const { host, look, asked } = asking((look) => {
    seen.push(asked.length, look.value);
    look.forget();
  });
  host.session.opened = {};
  look.hostUpdate();
  asked[0]!.answer('one');
  await arrived();
  host.session.opened = {};
  look.hostUpdate();
  assert.deepEqual(seen, [0, null, 1, 'one']);
  assert.equal(look.value, null);
  asked[1]!.answer('two');
  await arrived();
  assert.equal(look.value, 'two');
});
