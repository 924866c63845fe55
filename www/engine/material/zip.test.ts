import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import type { EngineFailure } from '../protocol.js';
import { zipEntries } from './zip.js';

/** An entry as it is packed; what is left out is true to its content. */
interface Packed {
  name: string | Uint8Array;
  content?: string | Uint8Array;
  method?: number;
  flags?: number;
  /** Size as the list claims it. */
  size?: number;
  /** Packed size as the list claims it. */
  packed?: number;
  /** Place of the file as the list claims it. */
  at?: number;
  /** Bytes of an extra field that stands in front of the file and not in the list. */
  extra?: number;
}

const bytesOf = (text: string | Uint8Array): Buffer => Buffer.from(text as string);

/** A zip by the appnote: files with their heads, the list, its end. */
function zipOf(entries: Packed[], comment = ''): Blob {
  const files: Buffer[] = [];
  const list: Buffer[] = [];
  for (const entry of entries) {
    const [name, content] = [bytesOf(entry.name), bytesOf(entry.content ?? '')];
    const { method = 8, flags = 0, extra = 0 } = entry;
    const body = method === 8 ? deflateRawSync(content) : content;
    const at = Buffer.concat(files).length;
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(method, 8);
    head.writeUInt16LE(name.length, 26);
    head.writeUInt16LE(extra, 28);
    files.push(head, name, Buffer.alloc(extra), body);
    const line = Buffer.alloc(46);
    line.writeUInt32LE(0x02014b50, 0);
    line.writeUInt16LE(flags, 8);
    line.writeUInt16LE(method, 10);
    line.writeUInt32LE(entry.packed ?? body.length, 20);
    line.writeUInt32LE(entry.size ?? content.length, 24);
    line.writeUInt16LE(name.length, 28);
    line.writeUInt32LE(entry.at ?? at, 42);
    list.push(line, name);
  }
  const [before, lines, note] = [Buffer.concat(files), Buffer.concat(list), Buffer.from(comment)];
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(lines.length, 12);
  end.writeUInt32LE(before.length, 16);
  end.writeUInt16LE(note.length, 20);
  return new Blob([before, lines, end, note]);
}

const reason =
  (expected: string, path?: string) =>
  (thrown: unknown): boolean => {
    const { code, details } = thrown as EngineFailure;
    assert.equal(code, 'bad_pictures');
    assert.equal(details['reason'], expected);
    assert.equal(details['path'], path);
    return true;
  };

async function readFirst(zip: Blob): Promise<string> {
  const [entry] = await zipEntries('a.zip', zip);
  return (await entry!.read()).text();
}

test('stored and deflated files come out of a zip as they went in, and folders are not listed', async () => {
  const long = 'miaow '.repeat(50_000);
  const zip = zipOf([
    { name: 'pets/' },
    { name: 'pets/cat.txt', content: long },
    { name: 'pets/dog.txt', content: 'woof', method: 0, extra: 9 },
    { name: 'pets/empty.txt' },
  ]);
  const entries = await zipEntries('pets.zip', zip);
  assert.deepEqual(
    entries.map(({ path, size }) => [path, size]),
    [
      ['pets/cat.txt', 300_000],
      ['pets/dog.txt', 4],
      ['pets/empty.txt', 0],
    ],
  );
  const texts = await Promise.all(entries.map(async ({ read }) => (await read()).text()));
  assert.deepEqual(texts, [long, 'woof', '']);
});

test('the list of a zip is found before the longest comment', async () => {
  assert.equal(await readFirst(zipOf([{ name: 'a', content: 'found' }], '.'.repeat(0xffff))), 'found');
});

test('a zip that ends anywhere before its end is refused as such', async () => {
  const whole = zipOf([{ name: 'a', content: 'one' }]);
  for (let length = 0; length < whole.size; length++) {
    await assert.rejects(zipEntries('a.zip', whole.slice(0, length)), reason('not_a_zip'), `${length} bytes`);
  }
});

test('a file that unpacks to more or to fewer bytes than the list says is damaged', async () => {
  const content = 'x'.repeat(1_000_000);
  for (const size of [10, 999_999, 1_000_001]) {
    await assert.rejects(
      readFirst(zipOf([{ name: 'bomb', content, size }])),
      reason('damaged', 'bomb'),
      `${size}`,
    );
  }
  await assert.rejects(
    readFirst(zipOf([{ name: 'a', content: 'four', method: 0, size: 5 }])),
    reason('damaged', 'a'),
  );
});

test('a file whose packed bytes break off, or that lies elsewhere, is damaged', async () => {
  const content = Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * index) % 251));
  const { length } = deflateRawSync(content);
  const bad: Partial<Packed>[] = [
    { packed: length - 1 },
    { packed: 1e6 },
    { at: 1 },
    { at: 1e9 },
    { method: 12 },
  ];
  for (const lie of bad) {
    await assert.rejects(
      readFirst(zipOf([{ name: 'a', content, ...lie }])),
      reason('damaged', 'a'),
      JSON.stringify(lie),
    );
  }
});

test('a file under a password is named as such', async () => {
  await assert.rejects(
    readFirst(zipOf([{ name: 'secret', content: 'x', flags: 1 }])),
    reason('encrypted', 'secret'),
  );
});

/** 猫 and 狗 in GB18030; the first would also do as UTF-8, as è. */
const CAT = Uint8Array.of(0xc3, 0xa8);
const DOG = Uint8Array.of(0xb9, 0xb7);

const pathsOf = async (entries: Packed[]): Promise<string[]> =>
  (await zipEntries('a.zip', zipOf(entries))).map(({ path }) => path);

test('names are read as UTF-8, as GB18030 where they are not, and else byte by byte', async () => {
  assert.deepEqual(await pathsOf([{ name: '猫' }, { name: '狗' }]), ['猫', '狗']);
  assert.deepEqual(await pathsOf([{ name: DOG }]), ['狗']);
  // FF begins a sign of neither.
  assert.deepEqual(await pathsOf([{ name: Uint8Array.of(0xff, 0x61) }, { name: DOG }]), ['ÿa', '狗']);
  // Where the list says UTF-8, nothing else is tried.
  assert.deepEqual(await pathsOf([{ name: DOG, flags: 0x0800 }]), ['¹·']);
});

test('the names of a zip are in one encoding, even those that would do in another', async () => {
  assert.deepEqual(await pathsOf([{ name: CAT }, { name: DOG }]), ['猫', '狗']);
  assert.deepEqual(await pathsOf([{ name: 'caf\u00e9' }]), ['caf\u00e9']);
  // What others say of themselves proves nothing of these.
  assert.deepEqual(await pathsOf([{ name: 'è', flags: 0x0800 }, { name: CAT }, { name: DOG }]), [
    'è',
    '猫',
    '狗',
  ]);
});

test('whatever byte of a zip is wrong, nothing but a refusal or files of the sizes listed comes of it', async () => {
  const whole = Buffer.from(
    await zipOf([
      { name: 'a', content: 'aaaabbbb' },
      { name: 'b', content: 'c' },
    ]).arrayBuffer(),
  );
  let refused = 0;
  for (let at = 0; at < whole.length; at++) {
    for (const mask of [0x01, 0x80, 0xff]) {
      const broken = Buffer.from(whole);
      broken[at]! ^= mask;
      try {
        for (const { size, read } of await zipEntries('a.zip', new Blob([broken]))) {
          // Larger ones are refused by their size before they are read.
          if (size < 1e6) assert.equal((await read()).size, size);
        }
      } catch (thrown) {
        assert.equal((thrown as EngineFailure).code, 'bad_pictures', `byte ${at} ^ ${mask}: ${thrown}`);
        refused += 1;
      }
    }
  }
  assert.ok(refused > whole.length);
});
