/**
 * Reads a zip entry by entry out of its Blob, by the list at its end: neither the zip nor all it holds ever stands in
 * memory, and an entry takes no more room than the list says it does.
 */

import { Inflate } from 'fflate';
import { failure } from '../failure.js';
import type { EngineFailure } from '../protocol.js';

/** A file inside a zip. */
export interface ZipEntry {
  path: string;
  /** Bytes once unpacked. */
  size: number;
  /** Unpacks it. Throws `bad_pictures`: `damaged`, `encrypted`. */
  read(): Promise<Blob>;
}

const END_SIGNATURE = 0x06054b50;
const END_LENGTH = 22;
/** The end of a zip may be followed by a comment. */
const LONGEST_COMMENT = 0xffff;
const ENTRY_SIGNATURE = 0x02014b50;
const ENTRY_LENGTH = 46;
const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_LENGTH = 30;
const ENCRYPTED = 0x0001;
const UTF_8 = 0x0800;
const STORED = 0;
const DEFLATED = 8;
/** Packed bytes inflated at once: at most about a thousand times as many come out. */
const PIECE = 0x4000;

/** The entries of a zip without its folders. Throws `bad_pictures`: `not_a_zip`. */
export async function zipEntries(file: string, blob: Blob): Promise<ZipEntry[]> {
  const tailStart = Math.max(0, blob.size - END_LENGTH - LONGEST_COMMENT);
  const tail = await viewOf(blob, tailStart, blob.size);
  let end = tail.byteLength - END_LENGTH;
  while (end >= 0 && tail.getUint32(end, true) !== END_SIGNATURE) end -= 1;
  if (end < 0) throw badZip(file, 'not_a_zip');
  const count = tail.getUint16(end + 10, true);
  const size = tail.getUint32(end + 12, true);
  const start = tail.getUint32(end + 16, true);
  // The list lies before the end. One that needs 64 bits for its numbers is far beyond what is taken here.
  if (start + size > tailStart + end) throw badZip(file, 'not_a_zip');
  const list = await viewOf(blob, start, start + size);
  const lines: ListLine[] = [];
  for (let at = 0, index = 0; index < count; index++) {
    if (at + ENTRY_LENGTH > size || list.getUint32(at, true) !== ENTRY_SIGNATURE) {
      throw badZip(file, 'not_a_zip');
    }
    const nameLength = list.getUint16(at + 28, true);
    const next =
      at + ENTRY_LENGTH + nameLength + list.getUint16(at + 30, true) + list.getUint16(at + 32, true);
    if (next > size) throw badZip(file, 'not_a_zip');
    const name = new Uint8Array(list.buffer, at + ENTRY_LENGTH, nameLength);
    lines.push({ at, name, isUtf8: (list.getUint16(at + 8, true) & UTF_8) !== 0 });
    at = next;
  }
  const encodings = encodingsOf(lines);
  return lines.flatMap(({ at, name, isUtf8 }) => {
    const path = nameOf(name, isUtf8 ? ['utf-8'] : encodings);
    return path.endsWith('/') ? [] : [entryAt(file, blob, list, at, path)];
  });
}

/** A line of the list: its place there, and the name with what it says of its encoding. */
interface ListLine {
  at: number;
  name: Uint8Array;
  isUtf8: boolean;
}

function entryAt(file: string, blob: Blob, list: DataView, at: number, path: string): ZipEntry {
  const flags = list.getUint16(at + 8, true);
  const method = list.getUint16(at + 10, true);
  const packed = list.getUint32(at + 20, true);
  const size = list.getUint32(at + 24, true);
  const local = list.getUint32(at + 42, true);
  const read = async (): Promise<Blob> => {
    if (flags & ENCRYPTED) throw badZip(file, 'encrypted', path);
    const head = await viewOf(blob, local, local + LOCAL_LENGTH);
    if (head.byteLength < LOCAL_LENGTH || head.getUint32(0, true) !== LOCAL_SIGNATURE) {
      throw badZip(file, 'damaged', path);
    }
    const from = local + LOCAL_LENGTH + head.getUint16(26, true) + head.getUint16(28, true);
    const content = blob.slice(from, from + packed);
    if (content.size !== packed) throw badZip(file, 'damaged', path);
    if (method === STORED && packed === size) return content;
    const bytes = method === DEFLATED ? inflated(new Uint8Array(await content.arrayBuffer()), size) : null;
    if (!bytes) throw badZip(file, 'damaged', path);
    return new Blob([bytes]);
  };
  return { path, size, read };
}

/** What deflated bytes stand for; null unless that is exactly `size` bytes. */
function inflated(packed: Uint8Array, size: number): Uint8Array<ArrayBuffer> | null {
  const bytes = new Uint8Array(size);
  let filled = 0;
  const inflate = new Inflate((chunk) => {
    // More than the list says: a bomb, or damage. What is thrown here ends the inflating.
    if (filled + chunk.length > size) throw new RangeError('longer than it is said to be');
    bytes.set(chunk, filled);
    filled += chunk.length;
  });
  try {
    for (let from = 0; from < packed.length; from += PIECE) {
      inflate.push(packed.subarray(from, from + PIECE), from + PIECE >= packed.length);
    }
  } catch {
    return null;
  }
  return filled === size ? bytes : null;
}

/** What names that do not say that they are UTF-8 are tried as; GB18030 is what Windows writes in China. */
const ENCODINGS = ['utf-8', 'gb18030'] as const;

/**
 * The encodings to try for the names that do not say which they have: the one that fits them all comes alone, because
 * a single name may well fit both (猫 in GB18030 is è in UTF-8).
 */
function encodingsOf(lines: readonly ListLine[]): readonly string[] {
  const unsaid = lines.filter(({ isUtf8 }) => !isUtf8);
  const fitting = ENCODINGS.find((encoding) => unsaid.every(({ name }) => decoded(name, encoding) !== null));
  return fitting ? [fitting] : ENCODINGS;
}

function nameOf(bytes: Uint8Array, encodings: readonly string[]): string {
  for (const encoding of encodings) {
    const name = decoded(bytes, encoding);
    if (name !== null) return name;
  }
  return new TextDecoder('latin1').decode(bytes);
}

function decoded(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

async function viewOf(blob: Blob, from: number, to: number): Promise<DataView> {
  return new DataView(await blob.slice(from, to).arrayBuffer());
}

const MESSAGES = {
  not_a_zip: 'is no zip, or breaks off',
  damaged: 'holds a file that cannot be unpacked',
  encrypted: 'is protected by a password',
} as const;

function badZip(file: string, reason: keyof typeof MESSAGES, path?: string): EngineFailure {
  const details = { file, reason, ...(path === undefined ? {} : { path }) };
  return failure('bad_pictures', `${file} ${MESSAGES[reason]}.`, details);
}
