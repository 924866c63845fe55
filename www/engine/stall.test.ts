import assert from 'node:assert/strict';
import { test } from 'node:test';
import { STALL_MS, unlessLate, unlessStalled, type Pulse } from './stall.js';

const URL = 'https://book.example/data/digits.bin';

/** A download that the test steers, and the signal it was given. */
function steered(): {
  pulse: Pulse;
  signal: AbortSignal;
  end: (result: string) => void;
  outcome: Promise<string>;
} {
  let pulse: Pulse;
  let signal: AbortSignal;
  let end: (result: string) => void = () => undefined;
  const outcome = unlessStalled(URL, (given, broken) => {
    [pulse, signal] = [given, broken];
    return new Promise<string>((resolve) => (end = resolve));
  });
  return { pulse: pulse!, signal: signal!, end, outcome };
}

test('a download goes on as long as bytes arrive, however slowly', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const { pulse, end, outcome } = steered();
  for (let byte = 0; byte < 20; byte += 1) {
    context.mock.timers.tick(STALL_MS - 1);
    pulse.beat();
  }
  end('all of it');
  assert.equal(await outcome, 'all of it');
});

test('a download that stands still is broken off, and named', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const { pulse, signal, outcome } = steered();
  context.mock.timers.tick(STALL_MS - 1);
  pulse.beat();
  context.mock.timers.tick(STALL_MS - 1);
  assert.equal(signal.aborted, false);
  context.mock.timers.tick(1);
  assert.equal(signal.aborted, true);
  await assert.rejects(outcome, { code: 'download_stalled', details: { file: 'digits.bin', url: URL } });
});

test('what is done with all that has arrived may take its time', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const { pulse, end, outcome } = steered();
  pulse.arrived();
  context.mock.timers.tick(10 * STALL_MS);
  end('compiled');
  assert.equal(await outcome, 'compiled');
});

test('a script that does not arrive is given up too, after twice as long', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const late = unlessLate(URL, new Promise(() => undefined));
  assert.equal(await unlessLate(URL, Promise.resolve('here')), 'here');
  context.mock.timers.tick(2 * STALL_MS);
  await assert.rejects(late, { code: 'download_stalled' });
});
