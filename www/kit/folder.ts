/** A folder of the reader's, chosen or dropped, as a list of its files with their places in it. */

import { otherFormatByName } from '../engine/material/other_formats.js';

/** A file and its place, such as `pets/cats/1.jpg`. */
export interface PlacedFile {
  path: string;
  blob: Blob;
}

/** Most files and folders that are looked at; what comes after is not read. */
const MOST_ENTRIES = 20_000;
/** Folders inside each other that are gone into. */
const DEEPEST = 8;
/** Files that may hold pictures; the worker passes over all others and says how many there were. */
const PICTURES = /\.(png|jpe?g|webp|zip)$/i;

/** Whether the browser lets one choose a folder. */
export function canChooseFolder(): boolean {
  return 'webkitdirectory' in HTMLInputElement.prototype;
}

/** Whether there is a picture among the files, be it of a format that is refused by name, or a zip that may hold some. */
export function hasPictures(files: readonly PlacedFile[]): boolean {
  return files.some((file) => mayHoldPictures(file) || otherFormatByName(file.path) !== null);
}

/** Whether a file is a picture by its name, or a zip that may hold some. */
export function mayHoldPictures({ path }: PlacedFile): boolean {
  return PICTURES.test(path);
}

/** The files of a folder chosen with an `<input webkitdirectory>`, or files chosen one by one. */
export function placedFiles(files: readonly File[]): PlacedFile[] {
  const placed = files.map((blob) => ({ path: blob.webkitRelativePath || blob.name, blob }));
  return placed.slice(0, MOST_ENTRIES);
}

/**
 * The entries of a drop. Must be called while the drop is being handled: afterwards the browser has forgotten them.
 */
export function entriesOf(transfer: DataTransfer | null): FileSystemEntry[] {
  return [...(transfer?.items ?? [])].flatMap((item) => item.webkitGetAsEntry() ?? []);
}

/** The files of a drop, and those in its folders. */
export async function filesOfEntries(entries: readonly FileSystemEntry[]): Promise<PlacedFile[]> {
  const found: PlacedFile[] = [];
  let waiting = entries.map((entry) => ({ entry, depth: 0 }));
  for (let looked = 0; waiting.length > 0 && looked < MOST_ENTRIES; looked += 1) {
    const { entry, depth } = waiting.pop()!;
    // What systems keep beside the files of a reader can be large and holds nothing of theirs.
    if (entry.name.startsWith('.')) continue;
    if (isFile(entry)) {
      found.push({ path: entry.fullPath.slice(1), blob: await fileOf(entry) });
    } else if (isFolder(entry) && depth < DEEPEST) {
      const inside = await insideOf(entry);
      waiting = [...waiting, ...inside.map((next) => ({ entry: next, depth: depth + 1 }))];
    }
  }
  return found;
}

/** What the files are called together: the folder or the file, or the first of several. */
export function nameOf(files: readonly PlacedFile[]): string {
  const tops = [...new Set(files.map(({ path }) => path.split('/')[0]!))].sort();
  return tops.length <= 3 ? tops.join(' + ') : `${tops.slice(0, 3).join(' + ')} + …`;
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return !entry.isFile;
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** What a folder holds; the browser hands it out a hundred at a time. */
async function insideOf(entry: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = entry.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    all.push(...some);
    if (some.length === 0 || all.length > MOST_ENTRIES) return all;
  }
}
