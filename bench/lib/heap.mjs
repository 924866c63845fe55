/** Memory of a page and of its worker after a garbage collection, over the DevTools protocol. */

/**
 * Megabytes in use: JavaScript objects, and the array buffers beside them (WebAssembly memory is not among them).
 *
 * @typedef {{ objects: number, buffers: number }} Heap
 */

/** @param {import('playwright-core').Page} page with exactly one dedicated worker */
export async function heaps(page) {
  const session = await page.context().newCDPSession(page);
  try {
    return { page: await heapOf((method) => session.send(method)), worker: await workerHeap(session) };
  } finally {
    await session.detach();
  }
}

/** @returns {Promise<Heap>} */
async function heapOf(send) {
  await send('HeapProfiler.collectGarbage');
  const { usedSize, backingStorageSize } = await send('Runtime.getHeapUsage');
  return { objects: usedSize / 1e6, buffers: backingStorageSize / 1e6 };
}

/** A worker has a session of its own, spoken to through the page's. */
async function workerHeap(session) {
  const attached = new Promise((resolve) => {
    session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      if (targetInfo.type === 'worker') resolve(sessionId);
    });
  });
  const answers = new Map();
  session.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { id, result, error } = JSON.parse(message);
    const { resolve, reject } = answers.get(id) ?? {};
    if (error) reject?.(new Error(error.message));
    else resolve?.(result);
  });
  await session.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: false,
  });
  const sessionId = await attached;
  const send = (method) => {
    const id = answers.size + 1;
    return new Promise((resolve, reject) => {
      answers.set(id, { resolve, reject });
      const message = JSON.stringify({ id, method });
      session.send('Target.sendMessageToTarget', { sessionId, message }).catch(reject);
    });
  };
  return heapOf(send);
}
