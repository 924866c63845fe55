import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LiveAnswer } from './live.js';
import type { LabPart } from './part.js';

/** An observer that sees whatever it is given at once. */
class SeesAll {
  constructor(private readonly tell: (entries: { isIntersecting: boolean }[]) => void) {}
  observe(): void {
    this.tell([{ isIntersecting: true }]);
  }
}

const opened = (dataset: string): object => ({
  controls: [{ name: 'dataset', group: 'data' }],
  description: { table: null, pictures: null, own: null },
  settings: { dataset },
});

test('an answer about other ratings is none, and the next one is asked for when the lab says that it was opened', async (context) => {
  Object.assign(globalThis, {
    IntersectionObserver: SeesAll,
    document: { hidden: false, addEventListener: () => undefined },
  });
  context.after(() => {
    Reflect.deleteProperty(globalThis, 'IntersectionObserver');
    Reflect.deleteProperty(globalThis, 'document');
  });
  let listener = (): void => undefined;
  let answered = (): void => undefined;
  const session = {
    opened: opened('latest_small'),
    topics: { listen: (_: unknown, heard: () => void) => ((listener = heard), () => undefined) },
  };
  const controllers: { hostConnected?(): void; hostUpdated?(): void }[] = [];
  const host = {
    session,
    addController: (one: object) => controllers.push(one),
    requestUpdate: () => undefined,
  };
  const next = (): Promise<void> => new Promise((resolve) => (answered = resolve));
  let asked = 0;
  const live = new LiveAnswer(
    host as unknown as LabPart,
    () => Promise.resolve(`answer ${++asked}`),
    0,
    () => answered(),
  );
  let arrival = next();
  for (const controller of controllers) {
    controller.hostConnected?.();
    controller.hostUpdated?.();
  }
  await arrival;
  assert.equal(live.value, 'answer 1');
  session.opened = opened('made');
  assert.equal(live.value, null);
  arrival = next();
  listener();
  await arrival;
  assert.equal(live.value, 'answer 2');
});
