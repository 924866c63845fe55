/** The store in which the browser keeps runs; each page that a test opens begins with none. */

import { until } from './bare_page.mjs';
import { equal, Unmet } from './expect.mjs';

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

/** The keys of all that is kept: runs, and the reader's own files beside them. */
export const keptKeys = (page) => inStore(page, (objects, asked) => asked(objects.getAllKeys()));

/** Waits until the run kept for the page stands at a step, or beyond. */
export async function untilKept(page, step) {
  let runs = [];
  const found = await until(async () => {
    runs = await keptRuns(page);
    return runs[0]?.step >= step;
  });
  if (!found) throw new Unmet(`no run was kept at step ${step}: ${JSON.stringify(runs)}`);
  return runs[0];
}

/** Waits until nothing is kept any more. */
export async function untilNothingKept(page, what) {
  await until(async () => (await keptKeys(page)).length === 0);
  equal(await keptKeys(page), [], `what is kept ${what}`);
}
