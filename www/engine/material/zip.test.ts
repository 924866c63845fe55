import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { crc32, deflateRawSync } from 'node:zlib';
import type { EngineFailure } from '../protocol.js';
import { readZip, type ZipCode, type ZipEntry } from './zip.js';

const zipEntries = async (file: string, blob: Blob, code?: ZipCode): Promise<ZipEntry[]> =>
  (await readZip(file, blob, undefined, code)).entries;

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
  /** Extra fields of the line in the list. */
  fields?: Buffer;
  /** Checksum as the list claims it. */
  crc?: number;
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
    line.writeUInt32LE(entry.crc ?? crc32(content), 16);
    line.writeUInt32LE(entry.packed ?? body.length, 20);
    line.writeUInt32LE(entry.size ?? content.length, 24);
    line.writeUInt16LE(name.length, 28);
    line.writeUInt32LE(entry.at ?? at, 42);
    const { fields = Buffer.alloc(0) } = entry;
    line.writeUInt16LE(fields.length, 30);
    list.push(line, name, fields);
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
  return textOf(await entry!.read());
}

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

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
  const texts = await Promise.all(entries.map(async ({ read }) => textOf(await read())));
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
  const bad: Partial<Packed>[] = [{ packed: length - 1 }, { packed: 1e6 }, { at: 1 }, { at: 1e9 }];
  for (const lie of bad) {
    await assert.rejects(
      readFirst(zipOf([{ name: 'a', content, ...lie }])),
      reason('damaged', 'a'),
      JSON.stringify(lie),
    );
  }
});

test('a file whose checksum is another is damaged, stored or deflated', async () => {
  for (const method of [0, 8])
    await assert.rejects(
      readFirst(zipOf([{ name: 'a', content: 'x', method, crc: 1 }])),
      reason('damaged', 'a'),
    );
});

test('a comment that holds the signature of the end is a comment', async () => {
  const comment = `see PK\u0005\u0006${'.'.repeat(40)}`;
  assert.equal(await readFirst(zipOf([{ name: 'a', content: 'found' }], comment)), 'found');
});

test('numbers of 64 bits are found where they stand', async () => {
  const content = 'wide';
  const fields = Buffer.alloc(12);
  fields.writeUInt16LE(0x0001, 0);
  fields.writeUInt16LE(8, 2);
  fields.writeBigUInt64LE(BigInt(content.length), 4);
  const plain = Buffer.from(await zipOf([{ name: 'a', content, size: 0xffffffff, fields }]).arrayBuffer());
  const end = plain.subarray(plain.length - 22);
  const [count, size, start] = [end.readUInt16LE(10), end.readUInt32LE(12), end.readUInt32LE(16)];
  const wide = Buffer.alloc(76);
  wide.writeUInt32LE(0x06064b50, 0);
  wide.writeBigUInt64LE(BigInt(count), 32);
  wide.writeBigUInt64LE(BigInt(size), 40);
  wide.writeBigUInt64LE(BigInt(start), 48);
  wide.writeUInt32LE(0x07064b50, 56);
  wide.writeBigUInt64LE(BigInt(plain.length - 22), 64);
  end.fill(0xff, 8, 20);
  const zip = new Blob([plain.subarray(0, plain.length - 22), wide, end]);
  assert.equal(await readFirst(zip), 'wide');
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
  // FF begins a sign of neither; together these can only be Windows-1252.
  assert.deepEqual(await pathsOf([{ name: Uint8Array.of(0xff, 0x61) }, { name: DOG }]), ['ÿa', '¹·']);
  // Where the list says UTF-8, nothing else is tried.
  assert.deepEqual(await pathsOf([{ name: DOG, flags: 0x0800 }]), ['¹·']);
});

test('a name of its own in UTF-8 stands in an extra field, if it is of that name', async () => {
  const name = Uint8Array.of(0xaa, 0xae, 0xe8, 0xaa, 0xa8);
  const field = (crc: number): Buffer => {
    const text = Buffer.from('собаки');
    const bytes = Buffer.alloc(9 + text.length);
    bytes.writeUInt16LE(0x7075, 0);
    bytes.writeUInt16LE(5 + text.length, 2);
    bytes.writeUInt8(1, 4);
    bytes.writeUInt32LE(crc, 5);
    text.copy(bytes, 9);
    return bytes;
  };
  assert.deepEqual(await pathsOf([{ name, fields: field(crc32(name)) }]), ['собаки']);
  // The name itself is in the code page 866.
  assert.deepEqual(await pathsOf([{ name, fields: field(7) }]), ['кошки']);
});

test('paths of Windows and those that begin with a dot are paths like others', async () => {
  assert.deepEqual(await pathsOf([{ name: './cats/1.png' }, { name: 'dogs\\2.png' }, { name: 'birds\\' }]), [
    'cats/1.png',
    'dogs/2.png',
  ]);
  assert.deepEqual(await pathsOf([{ name: '..\\up.png' }]), ['../up.png']);
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

test('where it is not certain which encoding names are in, each likely one is shown with what it makes of them', async () => {
  const named = (...names: string[]): Blob =>
    zipOf(names.map((hex) => ({ name: Buffer.concat([Buffer.from(hex, 'hex'), Buffer.from('/1.png')]) })));
  // 长 and 宽 in GB 2312 are signs of Big5 too.
  const zip = named('b3a4', 'bfed');
  const guessed = await readZip('a.zip', zip);
  const { likely, encoding } = guessed.names!;
  assert.equal(encoding, likely[0]!.encoding);
  const samples = new Map(likely.map(({ encoding, sample }) => [encoding as string, sample]));
  assert.equal(samples.get('gb18030'), '长, 宽');
  assert.ok(samples.has('big5') && samples.get('big5') !== '长, 宽');
  for (const { encoding, sample } of likely) {
    const { entries, names } = await readZip('a.zip', zip, encoding);
    assert.deepEqual(
      [entries.map(({ path }) => path.split('/')[0]).join(', '), names?.encoding, names?.likely.length],
      [sample, encoding, likely.length],
    );
  }
  // As many pictures as there may be in them are no better proof.
  const many = named(...Array.from({ length: 40 }, (_, index) => (index % 2 ? 'b3a4' : 'bfed')));
  assert.equal((await readZip('a.zip', many)).names?.likely.length, likely.length);
  // Enough of one language leaves no doubt, and a name in UTF-8 has none.
  assert.equal((await readZip('a.zip', zipOf([{ name: '猫/1.png' }]))).names, null);
  const western = await readZip('a.zip', named(Buffer.from('Größe', 'latin1').toString('hex')), 'gb18030');
  assert.notEqual(western.entries[0]!.path, 'Größe/1.png');
});

test('a file packed in a way that is not read is refused as such, and one that is says how far it is', async () => {
  const [entry] = await zipEntries('a.zip', zipOf([{ name: 'a', content: 'x', method: 93 }]));
  await assert.rejects(entry!.read(), reason('compression', 'a'));
  const content = Buffer.from(Array.from({ length: 200_000 }, (_, at) => Math.sin(at) * 1e6));
  const [long] = await zipEntries('b.zip', zipOf([{ name: 'b', content }]));
  const told: number[] = [];
  await long!.read((bytes) => told.push(bytes));
  assert.ok(told.length > 2 && told.every((bytes, at) => bytes >= (told[at - 1] ?? 0)), String(told));
  assert.equal(told.at(-1), content.length);
});

test('a zip of something else than pictures is refused by the name of that', async () => {
  await assert.rejects(zipEntries('a.zip', new Blob(['no zip']), 'bad_ratings'), {
    code: 'bad_ratings',
    details: { file: 'a.zip', reason: 'not_a_zip' },
  });
  const [entry] = await zipEntries('a.zip', zipOf([{ name: 'a', flags: 1 }]), 'bad_ratings');
  await assert.rejects(entry!.read(), {
    code: 'bad_ratings',
    details: { file: 'a.zip', reason: 'encrypted', path: 'a' },
  });
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
          if (size < 1e6) assert.equal((await read()).length, size);
        }
      } catch (thrown) {
        assert.equal(
          (thrown as EngineFailure).code,
          'bad_pictures',
          `byte ${at} ^ ${mask}: ${String(thrown)}`,
        );
        refused += 1;
      }
    }
  }
  assert.ok(refused > whole.length);
});

test('zips of other tools: folders by their names, whoever wrote them', async () => {
  const FOLDERS: { readonly [zip: string]: readonly string[] } = {
    zip_backslashes: ['cats', 'dogs'],
    zip_dot_slash: ['cats', 'dogs'],
    zip_gbk_cat: ['狗', '猫'],
    zip_unicode_path_field: ['кошки', 'собаки'],
    zip_training_set_test_set: ['test_set', 'training_set'],
  };
  for (const [name, folders] of Object.entries(FOLDERS)) {
    const blob = new Blob([await readFile(`tests/fixtures/zips/${name}.zip`)]);
    const entries = await zipEntries(name, blob);
    const found = new Set(entries.map(({ path }) => path.split('/')[0]!));
    assert.deepEqual([...found].sort(), folders, name);
    for (const { read, size } of entries) assert.equal((await read()).length, size, name);
  }
});

test('a picture that was changed in the zip is refused by its name', async () => {
  const blob = new Blob([await readFile('tests/fixtures/zips/zip_crc_mismatch.zip')]);
  const damaged: string[] = [];
  for (const { path, read } of await zipEntries('a.zip', blob)) {
    await read().catch((thrown: unknown) => {
      assert.ok(reason('damaged', path)(thrown));
      damaged.push(path);
    });
  }
  assert.equal(damaged.length, 1);
});
