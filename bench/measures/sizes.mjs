/** Sizes of what a reader downloads: as it is, and as servers send it. */

import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { tfjsWasmFile } from '../lib/server.mjs';

const FILES = [
  'pkg/plot/emberbook_bg.wasm',
  'pkg/plot/emberbook.js',
  'pkg/pictures/emberbook_bg.wasm',
  'pkg/pictures/emberbook.js',
  'pkg/trees/emberbook_bg.wasm',
  'pkg/trees/emberbook.js',
  'pkg/cpu/emberbook_bg.wasm',
  'pkg/cpu/emberbook.js',
  'pkg/recommenders/emberbook_bg.wasm',
  'pkg/recommenders/emberbook.js',
  'pkg/sequences/emberbook_bg.wasm',
  'pkg/sequences/emberbook.js',
  'pkg/gpu/emberbook_bg.wasm',
  'pkg/gpu/emberbook.js',
  'embed.js',
  'engine/worker.js',
  'panels/lab.js',
  'app/frame.js',
  'app/site.js',
  'i18n/en.json',
  'i18n/zh.json',
  'styles/site.css',
];

const BUILD_DIGITS = 12;

/** Files a contestant fetches only for a device it is not used with here. */
const NOT_FETCHED = { jax_wasm: /\/(webgpu|webgl)-/, jax_webgpu: /\/webgl-/ };

/** @param {Uint8Array} bytes */
async function measured(name, bytes) {
  const zipped = await promisify(gzip)(bytes, { level: 9 });
  const brotli = await promisify(brotliCompress)(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
  return { name, raw: bytes.length, gzip: zipped.length, brotli: brotli.length };
}

/** @param {string} site */
export async function siteSizes(site) {
  const sizes = [];
  for (const name of FILES) sizes.push(await measured(name, await fetched(site, name)));
  return sizes;
}

/**
 * Which builds are measured: the beginning of each module's SHA-256, as a run's record names it.
 *
 * @param {string} site
 */
export async function builds(site) {
  const names = {};
  for (const module of ['trees', 'cpu', 'recommenders', 'sequences', 'gpu']) {
    const bytes = await fetched(site, `pkg/${module}/emberbook_bg.wasm`);
    names[module] = createHash('sha256').update(bytes).digest('hex').slice(0, BUILD_DIGITS);
  }
  return names;
}

async function fetched(site, name) {
  const response = await fetch(new URL(name, site));
  if (!response.ok) throw new Error(`${name}: the server answered ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/**
 * What each peer's worker fetches, bundled and minified with only what this task needs.
 *
 * @param {Map<string, import('../lib/server.mjs').Bundle[]>} bundles
 * @param {readonly import('../lib/contestants.mjs').Entry[]} entries
 */
export async function peerSizes(bundles, entries) {
  const sizes = [];
  for (const { id, name, side } of entries) {
    if (side !== 'peer') continue;
    const files = bundles
      .get(id)
      .filter(({ path }) => !NOT_FETCHED[id]?.test(path))
      .map(({ bytes }) => bytes);
    if (id === 'tfjs_wasm') files.push(await tfjsWasmFile());
    const parts = await Promise.all(files.map((bytes) => measured(name, bytes)));
    const total = (of) => parts.reduce((sum, part) => sum + part[of], 0);
    sizes.push({ name, raw: total('raw'), gzip: total('gzip'), brotli: total('brotli') });
  }
  return sizes;
}
