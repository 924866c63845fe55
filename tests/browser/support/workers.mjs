/** The workers of a page, for tests that end one. */

/** To run before the page's own scripts: keeps every worker that is made from then on. */
export const KEEP_WORKERS = `
  globalThis.emberWorkers = [];
  const Original = Worker;
  globalThis.Worker = class extends Original {
    constructor(...values) {
      super(...values);
      emberWorkers.push(this);
    }
  };`;

/** In the page: ends the worker made last as a crash would. */
export function crashWorker() {
  const worker = emberWorkers.at(-1);
  worker.terminate();
  worker.dispatchEvent(new ErrorEvent('error', { message: 'ended by the test' }));
}

/** In the page: ends the worker made last without a word, as browsers do that run out of memory. */
export function endWorker() {
  emberWorkers.at(-1).terminate();
}
