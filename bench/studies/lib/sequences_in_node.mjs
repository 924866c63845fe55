/** The sequences lesson in Node, with the released module: the numbers are those that a page gives. */

import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const MODULE = join(root, 'pkg', 'sequences');

/** The decoder of PNG that pages use. */
async function pngDecoder() {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'www/engine/material/png.ts')],
    bundle: true,
    write: false,
    format: 'esm',
  });
  return (await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`)).decodePng;
}

/** What opens labs with the lesson's own data, and the name of the build. */
export async function openSequences() {
  const wasm = readFileSync(join(MODULE, 'emberbook_bg.wasm'));
  const bindings = await import(pathToFileURL(join(MODULE, 'emberbook.js')).href);
  bindings.initSync({ module: wasm });

  const files = new bindings.EngineFiles();
  files.add_bytes('emoji-items.tsv', readFileSync(join(root, 'data/sequences/items.tsv')));
  const decodePng = await pngDecoder();
  const sheet = await decodePng(readFileSync(join(root, 'data/sequences/emoji.png')));
  files.add_picture('emoji.png', sheet.width, sheet.height, sheet.rgba);

  return {
    build: createHash('sha256').update(wasm).digest('hex').slice(0, 12),
    open(settings) {
      const plan = bindings.Engine.plan('sequences', [{ source: 'config', values: settings }], undefined);
      return plan.open(files.share(), 'cpu');
    },
  };
}
