/** Counts what is compiled and instantiated as WebAssembly, in a page and in its workers. */

import { until } from './bare_page.mjs';
import { equal } from './expect.mjs';
import { openFront } from './front.mjs';
import { watchWork } from './watch_work.mjs';

/**
 * Runs before the scripts of a page and of its workers. `emberCompilations` of the page lists the calls: `where`, `call`,
 * and whether it `compiles` (what is given a compiled module only instantiates it). It stands alone.
 */
function countCompilations() {
  const isPage = typeof document !== 'undefined';
  const channel = new BroadcastChannel('emberbook-compilations');
  if (isPage) {
    if (globalThis.emberCompilations) return;
    globalThis.emberCompilations = [];
    channel.onmessage = ({ data }) => emberCompilations.push(data);
  }
  const { Module } = WebAssembly;
  const note = (call, given) => {
    const entry = { where: isPage ? 'page' : 'worker', call, compiles: !(given instanceof Module) };
    if (isPage) emberCompilations.push(entry);
    else channel.postMessage(entry);
  };
  for (const name of ['compile', 'compileStreaming', 'instantiate', 'instantiateStreaming']) {
    const call = WebAssembly[name];
    WebAssembly[name] = function (given, ...rest) {
      note(name, given);
      return call.call(this, given, ...rest);
    };
  }
  WebAssembly.Module = new Proxy(Module, {
    construct(target, [bytes, ...rest]) {
      // The module of eight bytes, by which a page asks whether it may compile, holds nothing.
      if (bytes.byteLength > 8) note('Module', bytes);
      return new target(bytes, ...rest);
    },
  });
}

/**
 * A front before the site that holds a page with these labs, `attributes` of each, at `address`. `script-src` of that page's
 * policy is given; the workers have the site's own policy.
 */
export async function openCounted(siteUrl, labs, scripts = `'self' 'wasm-unsafe-eval'`) {
  const front = await openFront(siteUrl);
  front.before = [`(${watchWork})()`, `(${countCompilations})()`];
  front.beforeScript['engine/worker.js'] = `(${countCompilations})()`;
  const elements = labs.map((attributes) => `<ember-lab lang="en" load="eager" ${attributes}></ember-lab>`);
  front.ownPages['labs.html'] = {
    html: `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Labs</title><link rel="icon" href="data:,">
<script type="module" src="embed.js"></script></head><body><main><h1>Labs</h1>${elements.join('\n')}</main></body></html>`,
    policy: `default-src 'none'; script-src ${scripts}; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; worker-src 'self' blob:`,
  };
  return { front, address: `${front.url}labs.html` };
}

/** The calls so far, once workers have instantiated a number of modules: what they have compiled is told by then. */
export function compilations(page, instantiated) {
  return page.waitFor(
    `${instantiated} modules of workers`,
    (instantiated) => {
      const inWorkers = emberCompilations.filter(
        ({ where, call }) => where === 'worker' && call.startsWith('instantiate'),
      );
      if (inWorkers.length < instantiated) throw new Error(`there are ${inWorkers.length}`);
      return emberCompilations;
    },
    instantiated,
  );
}

/**
 * Waits until a front was asked for just these modules, named as often as each was, and fails when it never is: a chart
 * asks for its module when it is first drawn, some time after the lab is ready.
 */
export async function fetchesModules({ requests }, expected, what) {
  const modules = () =>
    requests
      .map((path) => /\/pkg\/(\w+)\/emberbook_bg\.wasm$/.exec(path)?.[1])
      .filter(Boolean)
      .sort();
  await until(() => String(modules()) === String(expected));
  equal(modules(), expected, what);
}
