/** Bundles the contestants and serves the bench's own pages, on a free port of this machine. */

import { build } from 'esbuild';
import { readFile, readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DIGITS, FILMS, ON_CPU, ON_GPU, SEQUENCES } from './contestants.mjs';

const BENCH = fileURLToPath(new URL('..', import.meta.url));
const TFJS_WASM = join(BENCH, 'node_modules/@tensorflow/tfjs-backend-wasm/dist');

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
};

/**
 * One file of a contestant's worker.
 *
 * @typedef {{ path: string, bytes: Uint8Array }} Bundle
 */

/**
 * Bundles each worker by itself, minified, as a site would send it.
 *
 * @returns {Promise<Map<string, Bundle[]>>} files by the id of their contestant, the worker's own file first
 */
export async function bundleContestants() {
  const bundles = new Map();
  const others = Object.values({ ...DIGITS, ...FILMS, SEQUENCES }).flat();
  for (const { id } of [...ON_CPU, ...ON_GPU, ...others]) {
    const { outputFiles } = await build({
      absWorkingDir: BENCH,
      entryPoints: [`contestants/entries/${id}.mjs`],
      outdir: join(BENCH, 'bundles', id),
      bundle: true,
      splitting: true,
      format: 'esm',
      minify: true,
      write: false,
      logLevel: 'error',
      // tfjs's threaded build names modules of Node that it never asks for in a browser.
      external: ['fs', 'path', 'perf_hooks', 'worker_threads', 'os', 'util', 'crypto'],
    });
    const files = outputFiles.map(({ path, contents }) => ({
      path: path.slice(join(BENCH, 'bundles').length),
      bytes: contents,
    }));
    files.sort((a, b) => Number(b.path.endsWith(`/${id}.js`)) - Number(a.path.endsWith(`/${id}.js`)));
    bundles.set(id, files);
  }
  return bundles;
}

/** The file tfjs takes where there is SIMD and no SharedArrayBuffer. */
export const tfjsWasmFile = () => readFile(join(TFJS_WASM, 'tfjs-backend-wasm-simd.wasm'));

/**
 * Serves pages, workers and tfjs's wasm files, uncached and without the isolation headers that an embedding page
 * cannot count on (so no contestant has threads).
 *
 * @param {Map<string, Bundle[]>} bundles
 * @param {string} site address of the site measured, put into the pages in place of `{{site}}`
 */
export async function serveBench(bundles, site) {
  const files = new Map();
  for (const { path, bytes } of [...bundles.values()].flat()) files.set(normalize(path), bytes);
  for (const name of await readdir(TFJS_WASM))
    if (name.endsWith('.wasm')) files.set(`/tfjs-wasm/${name}`, await readFile(join(TFJS_WASM, name)));
  for (const name of await readdir(join(BENCH, 'pages'))) {
    const text = await readFile(join(BENCH, 'pages', name), 'utf8');
    files.set(`/${name}`, Buffer.from(text.replaceAll('{{site}}', site)));
  }

  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const file = files.get(path);
    // Browsers ask for an icon by themselves; an error on the console would be mistaken for one of a contestant.
    response.writeHead(file ? 200 : path === '/favicon.ico' ? 204 : 404, {
      'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
      'cache-control': 'no-store',
    });
    response.end(file);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    close: () => server.close(),
  };
}
