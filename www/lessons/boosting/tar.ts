/** Files in one archive, as `tar` packs them (POSIX ustar): a head of 512 bytes, then the file, filled up to blocks. */

const BLOCK = 512;

/** An archive of files; names are ASCII of at most 100 characters. */
export function tarOf(files: readonly { name: string; bytes: Uint8Array }[]): Uint8Array<ArrayBuffer> {
  const room = files.reduce((sum, { bytes }) => sum + BLOCK + blocks(bytes.length), 2 * BLOCK);
  const archive = new Uint8Array(room);
  let at = 0;
  for (const { name, bytes } of files) {
    archive.set(headOf(name, bytes.length), at);
    archive.set(bytes, at + BLOCK);
    at += BLOCK + blocks(bytes.length);
  }
  return archive;
}

const blocks = (length: number): number => Math.ceil(length / BLOCK) * BLOCK;

function headOf(name: string, size: number): Uint8Array {
  const head = new Uint8Array(BLOCK);
  const write = (text: string, at: number): void => head.set(new TextEncoder().encode(text), at);
  const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, '0');
  write(name, 0);
  // Readable by all; owner and time are nobody's business and stay 0, so that equal files make equal archives.
  write(`${octal(0o644, 7)}\0${octal(0, 7)}\0${octal(0, 7)}\0${octal(size, 11)}\0${octal(0, 11)}\0`, 100);
  // The sum of the head is taken with blanks in its own place.
  write('        0', 148);
  write('ustar\x0000', 257);
  const sum = head.reduce((total, byte) => total + byte, 0);
  write(`${octal(sum, 6)}\0 `, 148);
  return head;
}
