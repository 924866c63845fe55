import assert from 'node:assert/strict';
import { test } from 'node:test';
import { actOf, type KeyPress } from './keys.js';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  repeat: false,
  isComposing: false,
  defaultPrevented: false,
  ...more,
});

test('a key runs, steps and resets, also with Caps Lock', () => {
  assert.deepEqual(
    ['r', 'R', 's', '0', 'x', 'Enter'].map((key) => actOf(press(key))),
    ['run', 'run', 'step', 'reset', null, null],
  );
});

test('what belongs to the browser, to an element or to a key held down is left alone', () => {
  for (const more of [
    { ctrlKey: true },
    { metaKey: true },
    { altKey: true },
    { shiftKey: true },
    { repeat: true },
    { isComposing: true },
    { defaultPrevented: true },
  ])
    assert.equal(actOf(press('r', more)), null, JSON.stringify(more));
});
