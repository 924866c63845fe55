/** A folder of the reader's, chosen or dropped, as a list of its files with their places in it. */

/** A file and its place, such as `pets/cats/1.jpg`. */
export interface PlacedFile {
  path: string;
  blob: Blob;
}

/** Most files and folders that are looked at; what comes after is not read. */
const MOST_ENTRIES = 20_000;
/** Folders inside each other that are gone into. */
const DEEPEST = 8;
/** Files that hold pictures; all others are passed over. */
const PICTURES = /\.(png|jpe?g|webp)$/i;
/** Folders and files that the system has put there. */
const HIDDEN = /(^|\/)(\.|__MACOSX\/)/;

/** Whether the browser lets one choose a folder. */
export function canChooseFolder(): boolean {
  return 'webkitdirectory' in HTMLInputElement.prototype;
}

/** The pictures of a folder chosen with an `<input webkitdirectory>`. */
export function picturesOfChoice(files: readonly File[]): PlacedFile[] {
  return kept(files.map((blob) => ({ path: blob.webkitRelativePath || blob.name, blob })));
}

/**
 * The entries of a drop. Must be called while the drop is being handled: afterwards the browser has forgotten them.
 */
export function entriesOf(transfer: DataTransfer | null): FileSystemEntry[] {
  return [...(transfer?.items ?? [])].flatMap((item) => item.webkitGetAsEntry() ?? []);
}

/** The pictures, and the zips beside them, in the files and folders of a drop. */
export async function picturesOfEntries(entries: readonly FileSystemEntry[]): Promise<PlacedFile[]> {
  const found: PlacedFile[] = [];
  let waiting = entries.map((entry) => ({ entry, depth: 0 }));
  for (let looked = 0; waiting.length > 0 && looked < MOST_ENTRIES; looked += 1) {
    const { entry, depth } = waiting.pop()!;
    if (entry.isFile) {
      found.push({ path: entry.fullPath.slice(1), blob: await fileOf(entry as FileSystemFileEntry) });
    } else if (depth < DEEPEST && !HIDDEN.test(`${entry.fullPath}/`.slice(1))) {
      const inside = await insideOf(entry as FileSystemDirectoryEntry);
      waiting = [...waiting, ...inside.map((next) => ({ entry: next, depth: depth + 1 }))];
    }
  }
  const zips = found.filter(({ path }) => isZip(path));
  return zips.length > 0 ? zips : kept(found);
}

/** Whether a file is a zip by its name. */
export function isZip(name: string): boolean {
  return /\.zip$/i.test(name);
}

/** What the files are called together: the folder or the file, or the first of several. */
export function nameOf(files: readonly PlacedFile[]): string {
  const tops = [...new Set(files.map(({ path }) => path.split('/')[0]!))];
  return tops.length <= 3 ? tops.join(' + ') : `${tops.slice(0, 3).join(' + ')} + …`;
}

/** Pictures in the order of their places, so that the same folder gives the same run in every browser. */
function kept(files: readonly PlacedFile[]): PlacedFile[] {
  const pictures = files.filter(({ path }) => PICTURES.test(path) && !HIDDEN.test(path));
  return pictures.sort((one, other) => (one.path < other.path ? -1 : 1));
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
