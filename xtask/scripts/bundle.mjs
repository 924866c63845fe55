/**
 * Bundles the scripts of the site with rolldown. Started by xtask/src/bundle.rs with one argument, a JSON object:
 *
 * | field | meaning |
 * |---|---|
 * | `site` | folder to write to |
 * | `release` | minified and without source maps |
 * | `alone` | entries that each hold all they need |
 * | `together` | entries that are loaded beside one another, and share what they have in common |
 * | `first` | of these, what the first figure of some page needs |
 * | `classic` | entries that are scripts and no modules |
 *
 * An entry is a path under `www/` without its ending, or with it where that is `.json`.
 */

import { readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { rolldown } from 'rolldown';

/** The oldest browsers the site promises to run in. */
const TARGET = ['chrome100', 'firefox115', 'safari16.4'];

/** Files that go into one shared script each: left to itself, a bundler makes one of every few files. */
const groups = (first) => [
  // Of the layers below the lessons, what some page's first figure needs, and what comes later.
  { name: 'book', test: (id) => SHARED.test(id) && first.has(id), minShareCount: 2, priority: 2 },
  { name: 'later', test: SHARED, minShareCount: 2, priority: 1 },
  { name: 'looks', test: (id) => LOOKS.test(id) && first.has(id), minShareCount: 2, priority: 2 },
  { name: 'more', test: LOOKS, minShareCount: 2 },
];
const SHARED = /\/www\/(generated|engine|kit|lab)\/|\/node_modules\//;
const LOOKS = /\/www\/looks\//;

const { site, release, alone, together, first, classic } = JSON.parse(process.argv[2]);

/** Words that are not needed for the first figure although its scripts name them: those of what went wrong. */
const SAID_LATER = new Set(['errors']);

/** Those of them that say why the other words do not come. */
const WHY_NO_WORDS = ['download_stalled', 'script_not_loaded'];

for (const entry of alone) await bundle([entry], { format: 'esm', codeSplitting: false });
const needed = await importedBy(first);
await bundle(
  together,
  {
    format: 'esm',
    chunkFileNames: 'shared/[name]-[hash].js',
    codeSplitting: { groups: groups(needed) },
  },
  [words(needed)],
);
for (const entry of classic) await bundle([entry], { format: 'iife' });

/**
 * Makes two scripts of each file of words: the groups of keys that some script of the first figure names, and the others,
 * which `later` fetches (www/kit/words.ts).
 */
function words(scripts) {
  const named = new Set();
  for (const script of scripts) {
    if (!script.endsWith('.ts')) continue;
    for (const [, group] of readFileSync(script, 'utf8').matchAll(/['`]((?:ui\.)?\w+)\./g)) named.add(group);
  }
  const isFirst = (group) => named.has(group) && !SAID_LATER.has(group);
  const WORDS = /\/www\/(i18n\/|lessons\/\w+\/words\.)\w+\.json(\?later)?$/;
  return {
    name: 'words',
    resolveId: (id, importer) => (id.endsWith('?later') ? resolve(dirname(importer), id) : null),
    load(id) {
      if (!WORDS.test(id)) return null;
      const [path, isLater] = id.split('?');
      const all = JSON.parse(readFileSync(path, 'utf8'));
      const [now, later] = [true, false].map((wanted) => ({
        ...only(all, (group) => isFirst(group) === wanted && group !== 'ui'),
        ...('ui' in all && { ui: only(all.ui, (group) => isFirst(`ui.${group}`) === wanted) }),
      }));
      for (const why of WHY_NO_WORDS) {
        if (all.errors && why in all.errors) now.errors = { ...now.errors, [why]: all.errors[why] };
      }
      const code = isLater
        ? `export default ${JSON.stringify(later)};`
        : `export default ${JSON.stringify(now)}; export const later = () => import('./${basename(path)}?later');`;
      return { code, moduleType: 'js' };
    },
  };
}

function only(object, test) {
  return Object.fromEntries(Object.entries(object).filter(([key]) => test(key)));
}

/** The modules that entries import, and those that these import; not those that they fetch later. */
async function importedBy(entries) {
  const imports = new Map();
  const reader = {
    name: 'imports',
    moduleParsed: ({ id, importedIds }) => void imports.set(id, importedIds),
  };
  const build = await rolldown({ ...options(entries), plugins: [reader] });
  await build.generate({ format: 'esm' });
  await build.close();
  const wanted = entries.map((entry) => resolve(source(entry)));
  const found = new Set();
  while (wanted.length > 0) {
    const id = wanted.pop();
    if (found.has(id)) continue;
    found.add(id);
    wanted.push(...(imports.get(id) ?? []));
  }
  return found;
}

function options(entries) {
  return {
    input: Object.fromEntries(entries.map((entry) => [entry.replace(/\.json$/, ''), source(entry)])),
    tsconfig: 'tsconfig.base.json',
    resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
    transform: { target: TARGET },
    preserveEntrySignatures: 'allow-extension',
    checks: { eval: true },
    onwarn(warning) {
      throw new Error(warning.message);
    },
  };
}

async function bundle(entries, output, plugins = []) {
  const build = await rolldown({ ...options(entries), plugins });
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
