/** Where the worker, the modules and the data lie in the folder of the site. */

import type { EngineUrls } from './protocol.js';

/** Addresses a client needs; `base` ends in a slash. */
export function engineAddresses(base: URL): { worker: URL; urls: EngineUrls } {
  const module = (name: string): { bindings: string; wasm: string } => ({
    bindings: new URL(`pkg/${name}/emberbook.js`, base).href,
    wasm: new URL(`pkg/${name}/emberbook_bg.wasm`, base).href,
  });
  return {
    worker: new URL('engine/worker.js', base),
    urls: {
      pictures: module('pictures'),
      trees: module('trees'),
      cpu: module('cpu'),
      recommenders: module('recommenders'),
      sequences: module('sequences'),
      gpu: module('gpu'),
      data: new URL('data/', base).href,
    },
  };
}
