import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LabSession } from '../../lab/session.js';
import { Asked } from './asked.js';

function host(): { session: LabSession; step(to: number): void; open(): void; drawn: number } {
  const run = { id: 1, progress: { step: 0 } };
  const session = { opened: {}, runs: { current: run } } as unknown as LabSession;
  return {
    session,
    drawn: 0,
    step: (to) => (run.progress.step = to),
    open: () => (session.opened = {} as unknown as LabSession['opened']),
  };
}

function asking(question: () => Promise<number>): { asked: Asked<number>; lab: ReturnType<typeof host> } {
  const lab = host();
  const asked = new Asked<number>(
    {
      session: lab.session,
      addController: () => undefined,
      requestUpdate: () => (lab.drawn += 1),
    },
    question,
  );
  asked.hostUpdate();
  return { asked, lab };
}

test('an answer is shown until the run moves on, and is then known to be old', async () => {
  const { asked, lab } = asking(() => Promise.resolve(7));
  const answer = asked.ask();
  assert.equal(asked.busy, true);
  assert.equal(await answer, 7);
  assert.deepEqual([asked.value, asked.busy, asked.isOld], [7, false, false]);
  lab.step(3);
  assert.equal(asked.isOld, true);
});

test('an answer about a lab that was left meanwhile is dropped', async () => {
  let answered = (_: number): void => undefined;
  const { asked, lab } = asking(() => new Promise((resolve) => (answered = resolve)));
  const answer = asked.ask();
  lab.open();
  asked.hostUpdate();
  answered(7);
  assert.equal(await answer, null);
  assert.deepEqual([asked.value, asked.busy], [null, false]);
});

test('a failure takes the place of the answer before', async () => {
  let fails = false;
  const { asked } = asking(() => (fails ? Promise.reject(new Error('no')) : Promise.resolve(1)));
  await asked.ask();
  fails = true;
  await asked.ask();
  assert.deepEqual([asked.value, asked.failure?.message], [null, 'no']);
});
