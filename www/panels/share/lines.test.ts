import assert from 'node:assert/strict';
import test from 'node:test';
import type { LabSession } from '../../lab/session.js';
import { frameLine, pageAddress, quoted, scriptLines } from './lines.js';

const session = {
  base: new URL('https://site.example/book/'),
  options: { lesson: 'iris' },
  language: { code: 'en', words: [{ lesson: { title: 'A “title” & more' } }] },
  opened: {
    controls: [
      { name: 'rate', default: 0.2 },
      { name: 'drop', default: [] },
      { name: 'seed', default: 1 },
    ],
    settings: { rate: 0.5, drop: ["it's", 'b'], seed: 1 },
    address: [
      ['rate', '0.5'],
      ['drop', "it's,b"],
    ],
  },
} as unknown as LabSession;

test('an address to a figure holds what differs from the default, and the figure behind all of it', () => {
  assert.equal(
    pageAddress(session, 'en-figure-regions'),
    'https://site.example/book/iris/?lang=en&rate=0.5&drop=it%27s,b#en-figure-regions',
  );
  assert.doesNotMatch(pageAddress(session), /#/);
});

test('the lines of a figure name it, and are whole whatever the settings hold', () => {
  const lines = scriptLines(session, 'regions');
  assert.match(
    lines,
    /<ember-lab lesson="iris" figure="regions" lang="en" config='\{"rate":0.5,"drop":\["it&#39;s","b"\]\}'>/,
  );
  assert.doesNotMatch(scriptLines(session), /figure=/);
});

test('a frame of a figure is the same by its address', () => {
  const line = frameLine(session, 'regions');
  assert.match(line, /^<iframe src="https:\/\/site.example\/book\/iris\/frame.html\?lang=en&amp;rate=0.5/);
  assert.match(
    line,
    /&amp;figure=regions&amp;origin=https%3A%2F%2Fyour-site.example" title="A “title” &amp; more"/,
  );
});

test('a value stands in quotation marks that it does not hold', () => {
  assert.equal(quoted('a & b'), '"a &amp; b"');
  assert.equal(quoted('a "b" \'c\''), `'a "b" &#39;c&#39;'`);
});
