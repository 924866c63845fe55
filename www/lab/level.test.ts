import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstLevel, levelNamed } from './level.js';

/** The browser of a page of the book. */
function browser(search: string, kept: string | null): void {
  const globals = {
    location: { search },
    localStorage: { getItem: (key: string) => (key === 'emberbook.level' ? kept : null) },
  };
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { value, configurable: true });
  }
}

test('the book’s own pages begin with what the address, the attribute or the reader’s last choice says, else with few', () => {
  browser('?level=everything', 'tune');
  assert.equal(firstLevel({ level: 'play', ownsAddress: true }), 'everything');
  browser('?level=more', 'tune');
  assert.equal(firstLevel({ level: 'everything', ownsAddress: true }), 'everything');
  assert.equal(firstLevel({ level: null, ownsAddress: true }), 'tune');
  browser('', 'much');
  assert.equal(firstLevel({ level: null, ownsAddress: true }), 'play');
});

test('a lab in another page begins with all, whatever was chosen on the book’s pages, unless its attribute says otherwise', () => {
  browser('?level=play', 'play');
  assert.equal(firstLevel({ level: null, ownsAddress: false }), 'everything');
  assert.equal(firstLevel({ level: 'tune', ownsAddress: false }), 'tune');
});

test('where the browser refuses storage, a page begins with few', () => {
  browser('', null);
  const refused = {
    getItem: () => {
      throw new Error('refused');
    },
  };
  Object.defineProperty(globalThis, 'localStorage', { value: refused, configurable: true });
  assert.equal(firstLevel({ level: null, ownsAddress: true }), 'play');
});

test('other words are no level', () => {
  assert.equal(levelNamed('play'), 'play');
  assert.equal(levelNamed('PLAY'), null);
  assert.equal(levelNamed(null), null);
});
