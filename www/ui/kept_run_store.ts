/** Where kept runs lie: one store of the browser's IndexedDB, with one run for each lesson and page. */

import { createStore, del, delMany, get, keys, promisifyRequest } from 'idb-keyval';
import { parseKeptRun, parseKeptTable, type KeptRun, type KeptTable } from './kept_run.js';

/** Opened when it is first used. */
const store = createStore('emberbook', 'kept');

type RunKey = ['run', lesson: string, page: string];
type TableKey = ['table', key: string];

const runKey = ({ lesson, page }: { lesson: string; page: string }): RunKey => ['run', lesson, page];
const tableKey = (key: string): TableKey => ['table', key];

/** The run kept for a lesson and page, or null. Rejects when the browser does not let the store be read. */
export async function readRun(lesson: string, page: string): Promise<KeptRun | null> {
  return parseKeptRun(await get(runKey({ lesson, page }), store), lesson, page, Date.now());
}

/** The table with a key, or null. */
export async function readTable(key: string): Promise<KeptTable | null> {
  return parseKeptTable(await get(tableKey(key), store), key);
}

/**
 * Keeps a run in place of the one kept before, and gives that one, or null. A table given is kept with it.
 * Rejects when the browser does not let it: no room, or no store at all in a private window.
 */
export async function writeRun(run: KeptRun, table: KeptTable | null): Promise<KeptRun | null> {
  const replaced = await store('readwrite', async (objects) => {
    const key = runKey(run);
    // Read and written in one transaction, so that no other tab comes between.
    const reading = objects.get(key);
    objects.put(run, key);
    if (table) objects.put(table, tableKey(table.key));
    await promisifyRequest(objects.transaction);
    return reading.result as unknown;
  });
  return parseKeptRun(replaced, run.lesson, run.page, Date.now());
}

/** Removes a run, unless another was kept in its place meanwhile. */
export async function removeRun({ lesson, page, writer, saved }: KeptRun): Promise<void> {
  const now = await readRun(lesson, page);
  if (now?.writer === writer && now.saved === saved) await del(runKey({ lesson, page }), store);
}

/** Removes runs that are too old or of no readable form, and tables that no run needs. */
export async function tidy(): Promise<void> {
  const tables = new Set<string>();
  const all = await keys<IDBValidKey>(store);
  const useless: IDBValidKey[] = [];
  // One after the other: together they may be large.
  for (const key of all.filter((key) => !isTableKey(key))) {
    const run = isRunKey(key) ? await readRun(key[1], key[2]) : null;
    if (!run) useless.push(key);
    else if (run.table !== null) tables.add(run.table);
  }
  useless.push(...all.filter(isTableKey).filter(([, key]) => !tables.has(key)));
  if (useless.length > 0) await delMany(useless, store);
}

function isRunKey(key: IDBValidKey): key is RunKey {
  return Array.isArray(key) && key.length === 3 && key[0] === 'run' && key.every(isString);
}

function isTableKey(key: IDBValidKey): key is TableKey {
  return Array.isArray(key) && key.length === 2 && key[0] === 'table' && key.every(isString);
}

function isString(part: unknown): part is string {
  return typeof part === 'string';
}
