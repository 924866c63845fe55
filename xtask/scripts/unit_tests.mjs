/**
 * Runs the unit tests that stand beside the TypeScript of the page (files `*.test.ts` under `www/`) in Node: each bundled with what it
 * imports, then all of them by `node --test`. Started by `cargo xtask test --only units`; by hand:
 *
 *     node xtask/scripts/unit_tests.mjs [part of a path …]
 */

import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';

const FOLDER = 'target/unit-tests';
const wanted = process.argv.slice(2);

const tests = readdirSync('www', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.ts'))
  .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
  .sort();
if (tests.length === 0) {
  console.error('no unit test is named so');
  process.exit(2);
}
rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
for (const name of tests) {
  const build = await rolldown({
    input: join('www', name),
    platform: 'node',
    external: /^node:/,
    tsconfig: 'tsconfig.base.json',
    resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
  });
  // What the tests import later, such as words, is bundled with them.
  const file = join(FOLDER, name.replaceAll(/[\\/]/g, '.').replace(/ts$/, 'mjs'));
  await build.write({ file, format: 'esm', sourcemap: 'inline', codeSplitting: false });
  await build.close();
}
const files = readdirSync(FOLDER).map((name) => join(FOLDER, name));
const own = ['tests/lint/layers.test.mjs'].filter(() => wanted.length === 0);
const { status } = spawnSync(
  process.execPath,
  ['--enable-source-maps', '--test', '--test-reporter=tap', ...files, ...own],
  { stdio: 'inherit' },
);
process.exit(status ?? 1);
