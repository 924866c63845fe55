/** The page around a contestant's worker: passes calls on to it. `run.mjs` speaks to `globalThis.contestant`. */

let worker;
let lastId = 0;
const waiting = new Map();

function failAll(message) {
  for (const { reject } of waiting.values()) reject(new Error(message));
  waiting.clear();
}

globalThis.contestant = {
  /** Starts the worker; resolves when its script has run. */
  start(url) {
    worker = new Worker(url, { type: 'module' });
    worker.onmessage = ({ data: { id, result, error } }) => {
      const { resolve, reject } = waiting.get(id);
      waiting.delete(id);
      if (error === undefined) resolve(result);
      else reject(new Error(error));
    };
    worker.onerror = ({ message }) => failAll(`the worker failed: ${message}`);
    return new Promise((resolve, reject) => waiting.set(0, { resolve, reject }));
  },

  call(name, args = {}) {
    lastId += 1;
    const id = lastId;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      worker.postMessage({ id, name, args });
    });
  },

  /** Milliseconds from the worker's creation to the end of its first step. */
  async firstStep(url, options) {
    const begin = performance.now();
    await this.start(url);
    await this.call('open', options);
    await this.call('train', { steps: 1, reading: 'each' });
    return performance.now() - begin;
  },
};
