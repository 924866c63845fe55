/** Takes files in: weights, run records, tables, pictures, ratings and sequences. Nothing is sent anywhere; the files are read in the page. */

import { encodingNamed } from '../engine/encoding.js';
import { EmberError, failure } from '../engine/failure.js';
import type {
  Description,
  OwnTable,
  PlacedBlob,
  Settings,
  TableLook,
  TableReading,
} from '../engine/protocol.js';
import { otherFormatByName } from '../engine/material/other_formats.js';
import { decodeText, type DecodedText } from '../engine/text.js';
import { nameOf, placedFiles } from '../kit/folder.js';
import { formatCount } from '../kit/words.js';
import type { LabSession } from './session.js';

/** File names the picker offers for a table. */
export const ACCEPTED_TABLES = '.csv,.tsv,.txt,.svm,.libsvm';

/** File names the picker offers for all that a lab takes. */
export const ACCEPTED_FILES = `.safetensors,.bpk,.json,${ACCEPTED_TABLES},.zip,.png,.jpg,.jpeg,.webp`;

/** Weights larger than this belong to no model of this book. */
const LARGEST_FILE = 256 * 2 ** 20;

/** How a model of LightGBM begins, as no table does. */
const TREES = 'tree\n';

/** Files that are no data of the reader's, whatever the lab learns from. */
const RUN_FILES = /\.(safetensors|bpk|json)$/i;

/**
 * Loads pictures, or all files of ratings or sequences, together, and then the other files one after the other. Gives what
 * a table was taken for, with what may be meant otherwise; null where there was none. Rejects at the first file that cannot
 * be used, naming it.
 */
export async function loadFiles(session: LabSession, files: Iterable<File>): Promise<TableLook | null> {
  const all = [...files];
  if (!all.every((file) => file instanceof File))
    throw new EmberError(failure('bad_input', 'load takes files.'));
  await session.load();
  const takesFiles = Boolean(readBy(session.opened?.description.accepts));
  const together = takesFiles ? all.filter(({ name }) => !RUN_FILES.test(name)) : picturesAmong(all);
  if (together.length > 0) {
    const placed = placedFiles(together);
    await (takesFiles ? takeFiles : takePictures)(session, nameOf(placed), placed);
  }
  let look: TableLook | null = null;
  for (const file of all) if (!together.includes(file)) look = (await loadFile(session, file)) ?? look;
  return look;
}

/** Pictures, those to be refused by name too, and zips; where they come in a folder, all of it: what is no picture there is left out and counted. */
function picturesAmong(files: readonly File[]): File[] {
  const isPicture = ({ name }: File): boolean =>
    /\.(png|jpe?g|webp|zip)$/i.test(name) || otherFormatByName(name) !== null;
  const isInFolder = ({ webkitRelativePath }: File): boolean => Boolean(webkitRelativePath);
  const hasFolder = files.some((file) => isPicture(file) && isInFolder(file));
  return files.filter((file) => isPicture(file) || (hasFolder && isInFolder(file)));
}

async function loadFile(session: LabSession, file: File): Promise<TableLook | null> {
  const kind = /\.(safetensors|bpk|json|csv|tsv|txt|svm|libsvm)$/i.exec(file.name)?.[1]?.toLowerCase();
  if (!kind || file.size > LARGEST_FILE) {
    throw new EmberError(
      failure('unknown_file', `${file.name} is no file this lab can read.`, { file: file.name }),
    );
  }
  if (kind === 'json') {
    const { replayRun } = await import('./replay.js');
    await replayRun(session, await file.text(), file.name);
  } else if (['csv', 'tsv', 'txt', 'svm', 'libsvm'].includes(kind) && !(await holdsTrees(file))) {
    return takeByGuess(session, file);
  } else {
    await session.importModel(new Uint8Array(await file.arrayBuffer()));
    session.messages.add('good', 'ui.messages.model_imported', { file: file.name });
    session.topics.announce('notices');
  }
  return null;
}

/** With a byte-order mark and the line ends of Windows too. */
async function holdsTrees(file: File): Promise<boolean> {
  const start = await file.slice(0, TREES.length + 4).text();
  return start.replace('\r', '').startsWith(TREES);
}

/** A table as it was brought, before it is learned from. */
export interface BroughtTable {
  name: string;
  content: Uint8Array;
}

/** A table as it is read with what was chosen, and what it is taken for. */
export interface ReadTable {
  table: Omit<OwnTable, 'key'>;
  text: DecodedText;
  look: TableLook;
}

/** The bytes of a table that is not too large for the lab. Rejects with `bad_table`. */
export async function broughtTable(session: LabSession, file: File): Promise<BroughtTable> {
  await session.load();
  checkSize(session, file);
  return { name: file.name, content: new Uint8Array(await file.arrayBuffer()) };
}

/** What a table is taken for when it is read so. Rejects with `bad_table` where it is none; nothing is changed. */
export async function lookAtTable(
  session: LabSession,
  { name, content }: BroughtTable,
  reading: TableReading = {},
): Promise<ReadTable> {
  const text = decodeText(name, content, encodingNamed(reading.encoding ?? '') ?? undefined);
  const read = { ...reading, encoding: text.encoding };
  const table = { kind: 'table', name, bytes: text.bytes, reading: read } as const;
  return { table, text, look: await session.own.lookAt(table) };
}

function checkSize(session: LabSession, file: File): void {
  const accepts = session.opened?.description.accepts;
  const largest = accepts?.kind === 'table' ? accepts.most_bytes : Infinity;
  if (file.size > largest) {
    const message = `${file.name} has ${file.size} bytes; at most ${largest} are read.`;
    throw new EmberError(failure('bad_table', message, { file: file.name, reason: 'too_large' }));
  }
}

/** Name and text of a table that the lab itself is not to learn from. Rejects with `bad_table`. */
export async function textOfTable(session: LabSession, file: File): Promise<{ name: string; text: string }> {
  checkSize(session, file);
  const { bytes } = decodeText(file.name, new Uint8Array(await file.arrayBuffer()));
  return { name: file.name, text: new TextDecoder().decode(bytes) };
}

/** Takes a table by what it is guessed to be, without asking; gives what it was taken for, with the doubts. */
async function takeByGuess(session: LabSession, file: File): Promise<TableLook> {
  try {
    const { table, look } = await lookAtTable(session, await broughtTable(session, file));
    return await learnFrom(session, table, session.own.askedOf(look));
  } catch (thrown) {
    throw session.report(thrown);
  }
}

/** Opens the lab on a table with some settings and says so. Rejects with `bad_table`; the lab is then as it was. */
export async function learnFrom(
  session: LabSession,
  table: Omit<OwnTable, 'key'>,
  settings: Settings,
): Promise<TableLook> {
  await session.own.use(table, settings);
  const encoding = (table.reading.encoding ?? 'utf-8').toUpperCase();
  session.messages.add('good', 'ui.own_table.taken', { file: table.name, encoding });
  session.topics.announce('notices');
  const { own } = session.opened!.description;
  if (own?.kind !== 'table')
    throw new TypeError(`The lab was opened on ${own?.kind ?? 'no data'}, not on the table.`);
  return own;
}

/** Opens the lab on pictures of the reader's own and says so. Rejects as `session.own.use`; the lab is then as it was. */
export async function takePictures(session: LabSession, name: string, files: PlacedBlob[]): Promise<void> {
  const { taken: pictures, ignored } = await session.own.use({ kind: 'pictures', name, files });
  const key = ignored > 0 ? 'ui.own_pictures.taken_some' : 'ui.own_pictures.taken';
  session.messages.add('good', key, { name, pictures, ignored });
  session.topics.announce('notices');
}

/** Whether files of ratings or of sequences are read, by their paths; null where the lab takes neither. */
function readBy(accepts: Description['accepts'] | undefined): ((path: string) => boolean) | null {
  if (accepts?.kind === 'ratings') return (path) => accepts.files.includes(path.split('/').at(-1)!);
  if (accepts?.kind === 'sequences')
    return (path) =>
      accepts.endings.some((ending) => path.toLowerCase().endsWith(ending)) ||
      otherFormatByName(path) !== null;
  return null;
}

/**
 * Opens the lab on ratings or sequences of the reader's own and says so; what else lies in their folder is left alone.
 * Rejects as `session.own.use`; the lab is then as it was.
 */
export async function takeFiles(session: LabSession, name: string, files: PlacedBlob[]): Promise<void> {
  await session.load();
  const accepts = session.opened?.description.accepts;
  const isRead = readBy(accepts);
  const kind = accepts?.kind === 'sequences' ? 'sequences' : 'ratings';
  // Where there is none of them, the engine says so.
  const needed = files.filter(({ path }) => /\.zip$/i.test(path) || isRead?.(path));
  const { taken } = await session.own.use({ kind, name, files: needed });
  session.messages.add('good', `ui.own_${kind}.taken`, {
    name,
    [kind]: formatCount(session.language, taken),
  });
  session.topics.announce('notices');
}
