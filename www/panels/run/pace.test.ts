import assert from 'node:assert/strict';
import { test } from 'node:test';
import { secondsOf, speedOf, usualPace } from './pace.js';

test('what is called to watch lasts six seconds at the least, and slow a minute', () => {
  for (const steps of [40, 100, 1200]) {
    assert.equal(secondsOf('watch', steps), 6);
    assert.equal(secondsOf('slow', steps), 60);
  }
  // Longer ones are not hurried.
  assert.equal(secondsOf('watch', 6000), 30);
  assert.equal(secondsOf('slow', 6000), 300);
  assert.equal(speedOf('watch', 6000), 200);
});

test('steps that cost more than the pace allows are what a run takes', () => {
  assert.equal(secondsOf('watch', 1000, 400), 400);
  assert.equal(secondsOf('full', 1000, 400), 400);
  assert.equal(secondsOf('full', 1000), 0);
});

test('a run of no steps yet has a speed, and full speed none', () => {
  assert.ok(speedOf('watch', 0) > 0);
  assert.equal(speedOf('full', 1000), 0);
});

test('a run that would be watched for more than a minute goes at full speed', () => {
  assert.equal(usualPace(12_000), 'watch');
  assert.equal(usualPace(12_001), 'full');
});
