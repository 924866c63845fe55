import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TimeLeft } from './time_left.js';

test('no speed, no answer; the first speed is taken as it is', () => {
  const left = new TimeLeft();
  assert.equal(left.of(100, 0, 0), null);
  assert.equal(left.of(100, NaN, 0), null);
  assert.equal(left.of(100, 10, 0), 10);
});

test('a speed that jumps moves the answer slowly, and in the end all the way', () => {
  const left = new TimeLeft();
  const answers = [left.of(1000, 10, 0)];
  for (let now = 250; now <= 40_000; now += 250) answers.push(left.of(1000, now % 500 ? 5 : 20, now));
  // Of speeds of 5 and 20 in turn the logarithms' mean is 10.
  for (const answer of answers) assert.ok(answer! >= 90 && answer! <= 110, `${answer}`);
  for (let now = 40_250; now <= 80_000; now += 250) left.of(1000, 20, now);
  assert.equal(left.of(1000, 20, 80_250), 50);
});

test('the longer, the coarser; never less than there is', () => {
  const spans = { 0.2: 1, 19: 19, 21: 25, 59: 60, 61: 70, 599: 600, 605: 660, 3599: 3600 };
  for (const [seconds, shown] of Object.entries(spans))
    assert.equal(new TimeLeft().of(Number(seconds), 1, 0), shown, seconds);
});

test('a run that begins anew has its own speed', () => {
  const left = new TimeLeft();
  left.of(100, 10, 0);
  left.reset();
  assert.equal(left.of(100, 100, 1), 1);
});
