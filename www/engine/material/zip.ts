/**
 * Reads a zip entry by entry out of its Blob, by the list at its end: neither the zip nor all it holds ever stands in
 * memory, and an entry takes no more room than the list says it does.
 */

import { Inflate } from 'fflate';
import { decodeWith, judgeEncoding, type TextEncoding } from '../encoding.js';
import { failure } from '../failure.js';
import type { DoubtfulNames, EngineFailure } from '../protocol.js';

/** A file inside a zip. */
export interface ZipEntry {
  path: string;
  /** Bytes once unpacked. */
  size: number;
  /** Unpacks it; hears how many bytes are there. Throws `damaged`, `encrypted`, `compression`. */
  read(onBytes?: (bytes: number) => void): Promise<Uint8Array<ArrayBuffer>>;
}

const END_SIGNATURE = 0x06054b50;
const END_LENGTH = 22;
/** The end of a zip may be followed by a comment. */
const LONGEST_COMMENT = 0xffff;
/** Where a zip whose numbers do not fit into the end has another end. */
const END_64_SIGNATURE = 0x06064b50;
const END_64_LENGTH = 56;
const LOCATOR_64_SIGNATURE = 0x07064b50;
const LOCATOR_64_LENGTH = 20;
/** A number that stands in an extra field, in 64 bits. */
const ELSEWHERE = 0xffffffff;
const NUMBERS_64 = 0x0001;
/** An extra field with the name in UTF-8, by Info-ZIP. */
const UNICODE_PATH = 0x7075;
const ENTRY_SIGNATURE = 0x02014b50;
const ENTRY_LENGTH = 46;
const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_LENGTH = 30;
const ENCRYPTED = 0x0001;
const UTF_8 = 0x0800;
const STORED = 0;
const DEFLATED = 8;
/** Names that show how an encoding reads, and characters of them. */
const SAMPLE_NAMES = 4;
const LONGEST_SAMPLE = 80;
/** Packed bytes inflated at once: at most about a thousand times as many come out. */
const PIECE = 0x4000;

/** What a zip that cannot be read is refused as: what it should hold. */
export type ZipCode = 'bad_pictures' | 'bad_ratings' | 'bad_sequences';

/**
 * The entries of a zip without its folders. Names that do not say their encoding are read in the one that is chosen,
 * or else in the likeliest. Throws `bad_pictures`, or another code, with the reason `not_a_zip`.
 */
export async function readZip(
  file: string,
  blob: Blob,
  chosen?: TextEncoding,
  code: ZipCode = 'bad_pictures',
): Promise<{ entries: ZipEntry[]; names: DoubtfulNames | null }> {
  const badZip = (reason: Reason, path?: string): EngineFailure => {
    const details = { file, reason, ...(path === undefined ? {} : { path }) };
    return failure(code, `${file} ${MESSAGES[reason]}.`, details);
  };
  const tailStart = Math.max(0, blob.size - END_LENGTH - LONGEST_COMMENT);
  const tail = await viewOf(blob, tailStart, blob.size);
  const end = endOf(tail);
  if (end < 0) throw badZip('not_a_zip');
  const wide = await end64Of(blob, tail, end, tailStart);
  const count = wide?.count ?? tail.getUint16(end + 10, true);
  const size = wide?.size ?? tail.getUint32(end + 12, true);
  const start = wide?.start ?? tail.getUint32(end + 16, true);
  // The list lies before the end.
  if (start + size > tailStart + end) throw badZip('not_a_zip');
  const list = await viewOf(blob, start, start + size);
  const lines: ListLine[] = [];
  for (let at = 0, index = 0; index < count; index++) {
    if (at + ENTRY_LENGTH > size || list.getUint32(at, true) !== ENTRY_SIGNATURE) {
      throw badZip('not_a_zip');
    }
    const nameLength = list.getUint16(at + 28, true);
    const next =
      at + ENTRY_LENGTH + nameLength + list.getUint16(at + 30, true) + list.getUint16(at + 32, true);
    if (next > size) throw badZip('not_a_zip');
    const name = new Uint8Array(list.buffer, at + ENTRY_LENGTH, nameLength);
    const fields = extraFields(list, at + ENTRY_LENGTH + nameLength, list.getUint16(at + 30, true));
    const said = unicodePath(fields, name);
    const isUtf8 = (list.getUint16(at + 8, true) & UTF_8) !== 0;
    lines.push({ at, name: said ?? name, isUtf8: isUtf8 || said !== null, fields });
    at = next;
  }
  const { decode, names } = decoderOf(lines, chosen);
  const entries = lines.flatMap((line) => {
    const path = plainPath(line.isUtf8 ? (decoded(line.name) ?? latin1(line.name)) : decode(line.name));
    return path.endsWith('/') || path === '' ? [] : [entryAt(blob, list, line, path, badZip)];
  });
  return { entries, names };
}

/** Where the end begins: where its comment reaches to the end of the file, for a comment may hold the signature too. */
function endOf(tail: DataView): number {
  let found = -1;
  for (let at = tail.byteLength - END_LENGTH; at >= 0; at--) {
    if (tail.getUint32(at, true) !== END_SIGNATURE) continue;
    if (at + END_LENGTH + tail.getUint16(at + 20, true) === tail.byteLength) return at;
    // Something follows the zip; the last signature is the likeliest.
    if (found < 0) found = at;
  }
  return found;
}

/** Number, size and place of the lines as the end of 64 bits has them, where there is one. */
async function end64Of(
  blob: Blob,
  tail: DataView,
  end: number,
  tailStart: number,
): Promise<{ count: number; size: number; start: number } | null> {
  const locator = end - LOCATOR_64_LENGTH;
  if (locator < 0 || tail.getUint32(locator, true) !== LOCATOR_64_SIGNATURE) return null;
  const at = Number(tail.getBigUint64(locator + 8, true));
  if (at + END_64_LENGTH > tailStart + locator) return null;
  const view = await viewOf(blob, at, at + END_64_LENGTH);
  if (view.getUint32(0, true) !== END_64_SIGNATURE) return null;
  const [count, size, start] = [32, 40, 48].map((place) => Number(view.getBigUint64(place, true)));
  return { count: count!, size: size!, start: start! };
}

/** Extra fields by their numbers. */
function extraFields(list: DataView, from: number, length: number): ReadonlyMap<number, DataView> {
  const fields = new Map<number, DataView>();
  for (let at = from; at + 4 <= from + length;) {
    const size = list.getUint16(at + 2, true);
    if (at + 4 + size > from + length) break;
    fields.set(list.getUint16(at, true), new DataView(list.buffer, at + 4, size));
    at += 4 + size;
  }
  return fields;
}

/** The name in UTF-8, where it is that of the name in the line. */
function unicodePath(fields: ReadonlyMap<number, DataView>, name: Uint8Array): Uint8Array | null {
  const field = fields.get(UNICODE_PATH);
  if (!field || field.byteLength < 5 || field.getUint32(1, true) !== crc32(name)) return null;
  return new Uint8Array(field.buffer, field.byteOffset + 5, field.byteLength - 5);
}

/** A path as it is meant: Windows writes it with backslashes, and some tools begin it with `./`. */
function plainPath(path: string): string {
  return path
    .replaceAll('\\', '/')
    .split('/')
    .filter((part) => part !== '.')
    .join('/');
}

/** A line of the list: its place there, and the name with what it says of its encoding. */
interface ListLine {
  at: number;
  name: Uint8Array;
  isUtf8: boolean;
  fields: ReadonlyMap<number, DataView>;
}

function entryAt(
  blob: Blob,
  list: DataView,
  { at, fields }: ListLine,
  path: string,
  badZip: (reason: Reason, path: string) => EngineFailure,
): ZipEntry {
  const flags = list.getUint16(at + 8, true);
  const method = list.getUint16(at + 10, true);
  const crc = list.getUint32(at + 16, true);
  // Numbers that are elsewhere stand there in this order.
  const wide = fields.get(NUMBERS_64);
  let read64 = 0;
  const numberAt = (place: number): number => {
    const number = list.getUint32(at + place, true);
    if (number !== ELSEWHERE || !wide || read64 + 8 > wide.byteLength) return number;
    read64 += 8;
    return Number(wide.getBigUint64(read64 - 8, true));
  };
  const size = numberAt(24);
  const packed = numberAt(20);
  const local = numberAt(42);
  const read: ZipEntry['read'] = async (onBytes) => {
    if (flags & ENCRYPTED) throw badZip('encrypted', path);
    if (method !== STORED && method !== DEFLATED) throw badZip('compression', path);
    const head = await viewOf(blob, local, local + LOCAL_LENGTH);
    if (head.byteLength < LOCAL_LENGTH || head.getUint32(0, true) !== LOCAL_SIGNATURE) {
      throw badZip('damaged', path);
    }
    const from = local + LOCAL_LENGTH + head.getUint16(26, true) + head.getUint16(28, true);
    const content = blob.slice(from, from + packed);
    if (content.size !== packed) throw badZip('damaged', path);
    const raw = new Uint8Array(await content.arrayBuffer());
    const stored = method === STORED && packed === size ? raw : null;
    const bytes = method === DEFLATED ? inflated(raw, size, onBytes) : stored;
    if (!bytes || crc32(bytes) !== crc) throw badZip('damaged', path);
    return bytes;
  };
  return { path, size, read };
}

/** What deflated bytes stand for; null unless that is exactly `size` bytes. */
function inflated(
  packed: Uint8Array,
  size: number,
  onBytes?: (bytes: number) => void,
): Uint8Array<ArrayBuffer> | null {
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
      onBytes?.(filled);
    }
  } catch {
    return null;
  }
  return filled === size ? bytes : null;
}

/**
 * How names are read that do not say their encoding: all of them together, because a single name may well do in another
 * (猫 in GB18030 is è in UTF-8). Where no encoding fits them all each is read by itself, byte by byte if need be.
 */
function decoderOf(
  lines: readonly ListLine[],
  chosen?: TextEncoding,
): { decode: (name: Uint8Array) => string; names: DoubtfulNames | null } {
  const unsaid = lines.filter(({ isUtf8 }) => !isUtf8).map(({ name }) => name);
  if (unsaid.every((name) => decoded(name) !== null))
    return { decode: (name) => decoded(name)!, names: null };
  const judged = judgeEncoding(distinctParts(unsaid));
  const together = chosen ?? judged?.encoding;
  const decode = (name: Uint8Array): string => {
    const encoding = together ?? (decoded(name) === null ? judgeEncoding(name)?.encoding : 'utf-8');
    return (encoding && decodeWith(encoding, name)) ?? latin1(name);
  };
  const isDoubtful = judged && !judged.sure && judged.likely.length > 1;
  const likely = isDoubtful
    ? judged.likely.map((encoding) => ({ encoding, sample: sampleOf(unsaid, encoding) }))
    : [];
  return { decode, names: isDoubtful ? { encoding: together!, likely } : null };
}

/**
 * The names of folders and files in lines, each once: a folder of a hundred pictures is no better proof of an encoding
 * than one of two. A slash is part of no sign in any of the encodings.
 */
function distinctParts(names: readonly Uint8Array[]): Uint8Array {
  const parts = new Map<string, Uint8Array>();
  for (const name of names) {
    for (let from = 0, at = 0; at <= name.length; at++) {
      if (at < name.length && name[at] !== SLASH) continue;
      const part = name.subarray(from, at);
      parts.set(part.join(), part);
      from = at + 1;
    }
  }
  return new Uint8Array([...parts.values()].flatMap((part) => [...part, LINE_END]));
}

/** The first few folders and files whose names differ between encodings, as they read in one of them. */
function sampleOf(names: readonly Uint8Array[], encoding: TextEncoding): string {
  const found = new Set<string>();
  for (const name of names) {
    for (const part of plainPath(decodeWith(encoding, name) ?? '').split('/')) {
      if (/[^\0-\x7f]/.test(part)) found.add(part.replace(/\.[a-z]+$/i, ''));
    }
    if (found.size >= SAMPLE_NAMES) break;
  }
  return [...found].slice(0, SAMPLE_NAMES).join(', ').slice(0, LONGEST_SAMPLE);
}

const LINE_END = 10;
const SLASH = 0x2f;

/** Text from UTF-8; null where the bytes are not that. */
function decoded(bytes: Uint8Array): string | null {
  return decodeWith('utf-8', bytes);
}

function latin1(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes);
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

/** The checksum of a zip. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = CRC_TABLE[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
  return ~crc >>> 0;
}

async function viewOf(blob: Blob, from: number, to: number): Promise<DataView> {
  return new DataView(await blob.slice(from, to).arrayBuffer());
}

const MESSAGES = {
  not_a_zip: 'is no zip, or breaks off',
  damaged: 'holds a file that cannot be unpacked',
  encrypted: 'is protected by a password',
  compression: 'holds a file that was packed in another way than zips usually are',
} as const;
type Reason = keyof typeof MESSAGES;
