import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';

/** The folder of all scripts: tests run in the project's root. */
const SCRIPTS = join(process.cwd(), 'www');
/** Loaded by pages, and by no script. */
const FIRST = ['embed.ts'];

/** `import './a.js'`, `import {b} from './b.js'` and `export … from`, but for what is there for types alone. */
const AT_ONCE = /^\s*(?:import|export)\s+(?!type\b)(?:[^'";]*?from\s+)?'(\.[^']+)\.js'/gm;
/** `import('./a.js')`. */
const LATER = /\bimport\('(\.[^']+)\.js'\)/g;

test('each file that defines an element is loaded by somebody', () => {
  const names = readdirSync(SCRIPTS, { recursive: true, encoding: 'utf8' });
  const files = names
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => ({ name, source: readFileSync(join(SCRIPTS, name), 'utf8') }));
  const loaded = new Set(FIRST);
  for (const { name, source } of files) {
    for (const form of [AT_ONCE, LATER]) {
      for (const [, path] of source.matchAll(form)) loaded.add(normalize(join(dirname(name), `${path}.ts`)));
    }
  }
  const defining = files.filter(({ source }) => /\bdefine\('ember-/.test(source));
  assert.ok(defining.length > 80, `${defining.length} files define elements`);
  const forgotten = defining.map(({ name }) => name).filter((name) => !loaded.has(name));
  assert.deepEqual(forgotten, [], 'an element stays dead without a word when nobody loads its script');
});
