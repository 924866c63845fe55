/** Where kept runs lie: one store of the browser's IndexedDB, with one run for each lesson and page. */

import { createStore, del, delMany, get, keys, promisifyRequest } from 'idb-keyval';
import { FILE_KINDS, parseKeptFiles, type KeptFiles } from './kept_files.js';
import { parseKeptRun, parseKeptTable, type KeptRun, type KeptTable } from './kept_run.js';

/** Opened when it is first used. */
const store = createStore('emberbook', 'kept');

type RunKey = ['run', lesson: string, page: string];
/** Data of the reader's own that runs need. */
type OwnKey = [kind: 'table' | KeptFiles['kind'], key: string];

const OWN_KINDS: readonly string[] = ['table', ...FILE_KINDS] satisfies OwnKey[0][];

const runKey = ({ lesson, page }: { lesson: string; page: string }): RunKey => ['run', lesson, page];
const ownKey = (kind: OwnKey[0], key: string): OwnKey => [kind, key];

/** The run kept for a lesson and page, or null. Rejects when the browser does not let the store be read. */
export async function readRun(lesson: string, page: string): Promise<KeptRun | null> {
  return parseKeptRun(await get(runKey({ lesson, page }), store), lesson, page, Date.now());
}

/** The table with a key, or null. */
export async function readTable(key: string): Promise<KeptTable | null> {
  return parseKeptTable(await get(ownKey('table', key), store), key);
}

/** The pictures, ratings or sequences with a key, or null. */
export async function readFiles(kind: KeptFiles['kind'], key: string): Promise<KeptFiles | null> {
  return parseKeptFiles(await get(ownKey(kind, key), store), kind, key);
}

/**
 * Keeps a run in place of the one kept before, and gives that one, or null. A table and files given are kept with it.
 * Rejects when the browser does not let it: no room, or no store at all in a private window.
 */
export async function writeRun(
  run: KeptRun,
  table: KeptTable | null,
  files: KeptFiles | null,
): Promise<KeptRun | null> {
  const replaced = await store('readwrite', async (objects) => {
    const key = runKey(run);
    // Read and written in one transaction, so that no other tab comes between.
    const reading = objects.get(key);
    objects.put(run, key);
    if (table) objects.put(table, ownKey('table', table.key));
    if (files) objects.put(files, ownKey(files.kind, files.key));
    // A page that is being left may be frozen before it is answered; what it has begun must end all the same, or the
    // store stays locked for the next page.
    objects.transaction.commit();
    await promisifyRequest(objects.transaction);
    const replaced: unknown = reading.result;
    return replaced;
  });
  return parseKeptRun(replaced, run.lesson, run.page, Date.now());
}

/** Removes a run, unless another was kept in its place meanwhile. */
export async function removeRun({ lesson, page, writer, saved }: KeptRun): Promise<void> {
  const now = await readRun(lesson, page);
  if (now?.writer === writer && now.saved === saved) await del(runKey({ lesson, page }), store);
}

/** Removes runs that are too old or of no readable form, and tables and files that no run needs. */
export async function tidy(): Promise<void> {
  const needed = new Set<string>();
  const all = await keys<IDBValidKey>(store);
  const useless: IDBValidKey[] = [];
  // One after the other: together they may be large.
  for (const key of all.filter((key) => !isOwnKey(key))) {
    const run = isRunKey(key) ? await readRun(key[1], key[2]) : null;
    if (!run) useless.push(key);
    if (run?.table != null) needed.add(String(ownKey('table', run.table)));
    if (run?.files?.key != null) needed.add(String(ownKey(run.files.kind, run.files.key)));
  }
  useless.push(...all.filter(isOwnKey).filter((key) => !needed.has(String(key))));
  if (useless.length > 0) await delMany(useless, store);
}

function isRunKey(key: IDBValidKey): key is RunKey {
  return Array.isArray(key) && key.length === 3 && key[0] === 'run' && key.every(isString);
}

function isOwnKey(key: IDBValidKey): key is OwnKey {
  if (!Array.isArray(key) || key.length !== 2) return false;
  const [kind, name] = key;
  return isString(kind) && OWN_KINDS.includes(kind) && isString(name);
}

function isString(part: unknown): part is string {
  return typeof part === 'string';
}
