import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inputOf, oneOf, selectOf } from './events.js';

class HTMLInputElement extends EventTarget {
  value = '7';
}
class HTMLSelectElement extends EventTarget {}
Object.assign(globalThis, { HTMLInputElement, HTMLSelectElement });

test('the field that an event comes from is handed out as what it is, and refused as anything else', () => {
  const input = new HTMLInputElement();
  let seen = '';
  input.addEventListener('change', (event) => {
    seen = inputOf(event).value;
    assert.throws(() => selectOf(event), TypeError);
  });
  input.dispatchEvent(new Event('change'));
  assert.equal(seen, '7');
});

test('a text is one of the choices or is refused', () => {
  assert.equal(oneOf(['left', 'right'], 'right'), 'right');
  assert.throws(() => oneOf(['left', 'right'], 'up'), RangeError);
});
