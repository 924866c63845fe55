/**
 * Runs before a page's own scripts and keeps account of what the page waits for: answers of workers, files, short
 * timers, modules to be compiled. By it a test knows when the page has come to rest (settle.mjs). It stands alone: it may use nothing of this
 * file but itself.
 */
export function watchWork() {
  if (globalThis.emberWork) return;
  /** A timer longer than this is a limit or a clean-up, nothing a reader waits for. */
  const LONGEST_TIMER_MS = 2000;
  const { setTimeout, clearTimeout } = globalThis;
  const timers = new Map();
  const calls = new Set();
  /** By worker: the names of the requests (www/engine/protocol.ts) it has not answered, by their ids. */
  const requests = new Map();

  globalThis.setTimeout = (call, delay = 0, ...values) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      call(...values);
    }, delay);
    if (delay <= LONGEST_TIMER_MS) timers.set(timer, delay);
    return timer;
  };
  globalThis.clearTimeout = (timer) => {
    timers.delete(timer);
    clearTimeout(timer);
  };

  /** Counts the calls of a function that have not been answered yet, under what they are asked for. */
  const watch = (owner, name, what) => {
    const call = owner?.[name];
    if (!call) return;
    owner[name] = async function (...values) {
      const asked = { what: what(...values) };
      calls.add(asked);
      try {
        return await call.apply(this, values);
      } finally {
        calls.delete(asked);
      }
    };
  };
  watch(globalThis, 'fetch', (file) => `the file ${file?.url ?? file}`);
  watch(globalThis, 'createImageBitmap', () => 'a picture to be decoded');
  for (const name of ['compile', 'compileStreaming', 'instantiate', 'instantiateStreaming'])
    watch(globalThis.WebAssembly, name, () => 'WebAssembly to be compiled');

  const { postMessage, terminate } = Worker.prototype;
  Worker.prototype.postMessage = function (message, ...rest) {
    if (message?.id !== undefined) {
      if (!requests.has(this)) {
        // After the page's own listener, which was there first.
        this.addEventListener('message', ({ data }) => requests.get(this)?.delete(data?.id));
        this.addEventListener('error', () => requests.get(this)?.clear());
        requests.set(this, new Map());
      }
      requests.get(this).set(message.id, String(message.name));
    }
    return postMessage.call(this, message, ...rest);
  };
  Worker.prototype.terminate = function () {
    requests.delete(this);
    return terminate.call(this);
  };

  const asked = () => [...requests.values()].flatMap((names) => [...names.values()]);
  globalThis.emberWork = {
    /** Whether a run trains: then there is always something to wait for. */
    trains: () => asked().includes('train'),
    /** What the page waits for, in words. */
    pending: () => [
      ...asked().map((name) => `the answer to ${name}`),
      ...[...calls].map(({ what }) => what),
      ...[...timers.values()].map((delay) => `a timer of ${delay} ms`),
    ],
    /** The timer of the page itself, for tests. */
    later: (call, delay) => setTimeout(call, delay),
  };
}
