/** The store in which the browser keeps runs. */

/** Works on the store of kept runs as a stranger to its code would; `work` is the body of a function in the page. */
export function inStore(page, work, ...values) {
  const source = `async (...values) => {
    const opening = indexedDB.open('emberbook');
    opening.onupgradeneeded = () => opening.result.createObjectStore('kept');
    await new Promise((resolve, reject) => { opening.onsuccess = resolve; opening.onerror = reject; });
    const objects = opening.result.transaction('kept', 'readwrite').objectStore('kept');
    const asked = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    try { return await (${work})(objects, asked, ...values); } finally { opening.result.close(); }
  }`;
  return page.evaluate(source, ...values);
}

/** The kept runs without their checkpoints. */
export const keptRuns = (page) =>
  inStore(page, async (objects, asked) =>
    (await asked(objects.getAll()))
      .filter(({ checkpoint }) => checkpoint !== undefined)
      .map(({ checkpoint, ...run }) => ({ ...run, bytes: checkpoint.length })),
  );

/** Waits until the run kept for the page stands at a step, or beyond. */
export async function untilKept(page, step) {
  const end = Date.now() + 45_000;
  for (;;) {
    const runs = await keptRuns(page);
    if (runs[0]?.step >= step) return runs[0];
    if (Date.now() > end) throw new Error(`no run was kept at step ${step}: ${JSON.stringify(runs)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Nothing kept: WebKit has one profile for all tests. */
export async function emptied(page) {
  await page.waitForStatus('ready');
  await inStore(page, (objects, asked) => asked(objects.clear()));
}
