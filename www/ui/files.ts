/** Takes files in: weights and run records. Nothing is sent anywhere; the files are read in the page. */

import { EmberError, failure } from '../engine/failure.js';
import { replayRun } from './replay.js';
import type { LabSession } from './session.js';

/** File names the picker offers. */
export const ACCEPTED_FILES = '.safetensors,.bpk,.json';

/** Weights larger than this belong to no model of this book. */
const LARGEST_FILE = 256 * 2 ** 20;

/** Loads files one after the other. Rejects at the first that cannot be used, naming it. */
export async function loadFiles(session: LabSession, files: Iterable<File>): Promise<void> {
  for (const file of files) await loadFile(session, file);
}

async function loadFile(session: LabSession, file: File): Promise<void> {
  const kind = /\.(safetensors|bpk|json)$/i.exec(file.name)?.[1]?.toLowerCase();
  if (!kind || file.size > LARGEST_FILE) {
    throw new EmberError(
      failure('unknown_file', `${file.name} is no file this lab can read.`, { file: file.name }),
    );
  }
  if (kind === 'json') {
    await replayRun(session, await file.text(), file.name);
  } else {
    await session.importModel(new Uint8Array(await file.arrayBuffer()));
    session.messages.add('good', 'ui.messages.model_imported', { file: file.name });
    session.topics.announce('notices');
  }
}

/** Offers bytes or text to the reader as a download. */
export function download(name: string, content: BlobPart, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads the address only after the click has been handled.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
