/**
 * Bundles the scripts of the site with rolldown. Started by xtask/src/bundle.rs with one argument, a JSON object:
 *
 * | field | meaning |
 * |---|---|
 * | `site` | folder to write to |
 * | `release` | minified and without source maps |
 * | `alone` | entries that each hold all they need |
 * | `together` | entries that are loaded beside one another, and share what they have in common |
 * | `classic` | entries that are scripts and no modules |
 *
 * An entry is a path under `www/` without its ending, or with it where that is `.json`.
 */

import { rolldown } from 'rolldown';

/** The oldest browsers the site promises to run in. */
const TARGET = ['chrome100', 'firefox115', 'safari16.4'];

/** Layers whose files go into one shared script each: left to itself, a bundler makes one of every few files. */
const SHARED = [
  {
    name: 'book',
    test: /\/www\/(generated|engine|kit|lab)\/|\/node_modules\//,
    minShareCount: 2,
    priority: 1,
  },
  { name: 'looks', test: /\/www\/looks\//, minShareCount: 2 },
];

const { site, release, alone, together, classic } = JSON.parse(process.argv[2]);

for (const entry of alone) await bundle([entry], { format: 'esm', codeSplitting: false });
await bundle(together, {
  format: 'esm',
  chunkFileNames: 'shared/[name]-[hash].js',
  codeSplitting: { groups: SHARED },
});
for (const entry of classic) await bundle([entry], { format: 'iife' });

async function bundle(entries, output) {
  const build = await rolldown({
    input: Object.fromEntries(entries.map((entry) => [entry.replace(/\.json$/, ''), source(entry)])),
    tsconfig: 'tsconfig.base.json',
    resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
    transform: { target: TARGET },
    preserveEntrySignatures: 'allow-extension',
    checks: { eval: true },
    onwarn(warning) {
      throw new Error(warning.message);
    },
  });
  await build.write({
    dir: site,
    entryFileNames: '[name].js',
    minify: release,
    sourcemap: !release,
    comments: { legal: release, annotation: false, jsdoc: false },
    ...output,
  });
  await build.close();
}

function source(entry) {
  return entry.endsWith('.json') ? `www/${entry}` : `www/${entry}.ts`;
}
