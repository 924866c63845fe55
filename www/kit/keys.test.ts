import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { findWords, type LanguageCode, type Words } from './words.js';

/** The folder of all scripts: tests run in the project's root. */
const SCRIPTS = join(process.cwd(), 'www');
const LANGUAGES: readonly LanguageCode[] = ['zh', 'en'];

/**
 * `this.t('ui.run.start')`, `this.hint('…')`, `words(language, '…')`: what a reader sees whatever is found. Elements that
 * put something before a key of one name are left out.
 */
const ASKED = /(?:\bthis\.(?:t|hint)\(|\bwords\(\s*[\w.!]+,)\s*'(\w+\.[\w.]+)'/g;

const read = (path: string): Words => JSON.parse(readFileSync(join(SCRIPTS, path), 'utf8')) as Words;

test('each key that a script names has words in both languages', () => {
  const names = readdirSync(SCRIPTS, { recursive: true, encoding: 'utf8' });
  const lessons = readdirSync(join(SCRIPTS, 'lessons'));
  let asked = 0;
  const missing: string[] = [];
  for (const code of LANGUAGES) {
    const shared = read(`i18n/${code}.json`);
    const own = new Map(lessons.map((lesson) => [lesson, read(`lessons/${lesson}/words.${code}.json`)]));
    for (const name of names.filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))) {
      // What several lessons have need not have words in each of them: some do without it.
      const [, lesson] = /^lessons\/(\w+)\//.exec(name.replaceAll('\\', '/')) ?? [];
      const places = lesson ? [own.get(lesson)!] : [...own.values()];
      for (const [, key] of readFileSync(join(SCRIPTS, name), 'utf8').matchAll(ASKED)) {
        asked += 1;
        if (findWords({ code, words: [...places, shared] }, key!) === null)
          missing.push(`${name}: ${key} (${code})`);
      }
    }
  }
  assert.ok(asked > 1000, `${asked} keys are named`);
  assert.deepEqual(missing, [], 'the last name of a key would be read in their place');
});
