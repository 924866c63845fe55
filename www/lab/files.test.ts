import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GivenData } from './own_data.js';
import { loadFiles, lookAtTable, textOfTable } from './files.js';
import type { LabSession } from './session.js';

const LOOK = { columns: [], found: { doubts: [] } };
const TABLE = { kind: 'table', ...LOOK };

/** A session that notes what it is given. */
class FakeSession {
  readonly options = { lesson: 'iris' };
  readonly language = { code: 'en', words: [] };
  taken = 2;
  readonly used: GivenData[] = [];
  readonly models: Uint8Array[] = [];
  readonly reported: unknown[] = [];
  readonly told: [string, unknown][] = [];
  readonly messages = { add: (_: string, key: string, fill: object) => void this.told.push([key, fill]) };
  readonly topics = { announce: () => undefined };
  opened: object = { description: { accepts: { kind: 'table', most_bytes: 100 }, own: TABLE } };
  ignored = 0;

  readonly own = {
    askedOf: () => ({}),
    lookAt: () => Promise.resolve(LOOK),
    use: (given: GivenData) => {
      this.used.push(given);
      return Promise.resolve({ taken: this.taken, ignored: this.ignored, missing: false });
    },
  };

  load(): Promise<void> {
    return Promise.resolve();
  }

  importModel(bytes: Uint8Array): Promise<void> {
    this.models.push(bytes);
    return Promise.resolve();
  }

  report(error: unknown): unknown {
    this.reported.push(error);
    return error;
  }
}

const asLab = (session: FakeSession): LabSession => session as unknown as LabSession;
const file = (name: string, content: string | Uint8Array<ArrayBuffer> = '', folder = ''): File =>
  Object.defineProperty(new File([content], name), 'webkitRelativePath', {
    value: folder && `${folder}/${name}`,
  });

test('a table is taken by what it is guessed to be, in its encoding, and the look is given back', async () => {
  const session = new FakeSession();
  const umlaut = Uint8Array.from(Buffer.from('größe;art\n1;a\n', 'latin1'));
  assert.equal(await loadFiles(asLab(session), [file('a.csv', umlaut)]), TABLE);
  const [table] = session.used;
  assert.ok(table?.kind === 'table');
  assert.deepEqual(
    [table.name, table.reading.encoding, new TextDecoder().decode(table.bytes)],
    ['a.csv', 'windows-1252', 'größe;art\n1;a\n'],
  );
  assert.deepEqual(session.told, [['ui.own_table.taken', { file: 'a.csv', encoding: 'WINDOWS-1252' }]]);
});

test('pictures and zips go together, before the other files; of a folder all is taken along, to be counted', async () => {
  const session = new FakeSession();
  session.ignored = 1;
  const files = [
    file('notes.md', '', 'pets'),
    file('1.PNG', '', 'pets/cats'),
    file('2.jpeg', '', 'pets/dogs'),
    file('w.safetensors', 'weights'),
  ];
  assert.equal(await loadFiles(asLab(session), files), null);
  const [pictures] = session.used;
  assert.ok(pictures?.kind === 'pictures');
  assert.deepEqual(
    [pictures.name, pictures.files.map(({ path }) => path)],
    ['pets', ['pets/notes.md', 'pets/cats/1.PNG', 'pets/dogs/2.jpeg']],
  );
  assert.deepEqual(
    session.told.map(([key]) => key),
    ['ui.own_pictures.taken_some', 'ui.messages.model_imported'],
  );
  assert.equal(new TextDecoder().decode(session.models[0]), 'weights');
});

test('where ratings are learned from, the files of their table are taken together and nothing else of the folder', async () => {
  const session = new FakeSession();
  const accepts = { kind: 'ratings', files: ['ratings.dat', 'users.dat'] };
  session.opened = { description: { accepts } };
  session.taken = 1_000_209;
  const files = [
    file('README', '', 'ml-1m'),
    file('users.dat', '', 'ml-1m'),
    file('ratings.dat', '', 'ml-1m'),
    file('poster.png', '', 'ml-1m'),
    file('more.ZIP'),
    file('w.bpk', 'weights'),
  ];
  assert.equal(await loadFiles(asLab(session), files), null);
  const [ratings] = session.used;
  assert.ok(ratings?.kind === 'ratings');
  assert.deepEqual(
    [ratings.name, ratings.files.map(({ path }) => path)],
    ['ml-1m + more.ZIP', ['ml-1m/users.dat', 'ml-1m/ratings.dat', 'more.ZIP']],
  );
  assert.deepEqual(session.told[0], [
    'ui.own_ratings.taken',
    { name: 'ml-1m + more.ZIP', ratings: '1,000,209' },
  ]);
  assert.equal(session.models.length, 1);
  // Where there is none, the engine hears of it and says what is missing.
  await loadFiles(asLab(session), [file('ratings.csv')]);
  assert.deepEqual(session.used[1], { kind: 'ratings', name: 'ratings.csv', files: [] });
});

test('where sequences are learned from, tables, pictures and vectors are taken together, and photos that are refused by name', async () => {
  const session = new FakeSession();
  session.opened = { description: { accepts: { kind: 'sequences', endings: ['.csv', '.npy', '.png'] } } };
  session.taken = 1_200;
  const files = [
    file('S.CSV', '', 'shop'),
    file('text.npy', '', 'shop'),
    file('notes.md', '', 'shop'),
    file('b0.PNG', '', 'shop/pictures'),
    file('b1.heic', '', 'shop/pictures'),
    file('more.zip'),
    file('run.safetensors', 'weights'),
  ];
  assert.equal(await loadFiles(asLab(session), files), null);
  const [sequences] = session.used;
  assert.ok(sequences?.kind === 'sequences');
  assert.deepEqual(
    sequences.files.map(({ path }) => path),
    ['shop/S.CSV', 'shop/text.npy', 'shop/pictures/b0.PNG', 'shop/pictures/b1.heic', 'more.zip'],
  );
  assert.deepEqual(session.told[0], [
    'ui.own_sequences.taken',
    { name: 'more.zip + shop', sequences: '1,200' },
  ]);
  assert.equal(session.models.length, 1);
});

test('a text that begins as a model of LightGBM is one, with a byte-order mark or line ends of Windows too', async () => {
  const begins = ['tree\nversion=v4\n', '\ufefftree\nversion=v4\n', 'tree\r\nversion=v4\r\n'];
  for (const content of begins) {
    const session = new FakeSession();
    await loadFiles(asLab(session), [file('model.txt', content)]);
    assert.deepEqual([session.models.length, session.used.length], [1, 0], JSON.stringify(content));
  }
  const session = new FakeSession();
  await loadFiles(asLab(session), [file('trees.txt', 'tree,height\na,1\n')]);
  assert.deepEqual([session.models.length, session.used.length], [0, 1]);
});

test('what no lab can read is refused by its name, and nothing is taken', async () => {
  const session = new FakeSession();
  const load = (...files: unknown[]): Promise<unknown> => loadFiles(asLab(session), files as File[]);
  await assert.rejects(load(file('a.xlsx')), { code: 'unknown_file', details: { file: 'a.xlsx' } });
  await assert.rejects(load(file('no_ending')), { code: 'unknown_file' });
  await assert.rejects(load('a.csv'), { code: 'bad_input' });
  const large = file('large.csv', 'x'.repeat(101));
  await assert.rejects(load(large), {
    code: 'bad_table',
    details: { file: 'large.csv', reason: 'too_large' },
  });
  assert.deepEqual([session.used, session.models, session.told], [[], [], []]);
  // A table that is refused is told in the lab too.
  assert.equal(session.reported.length, 1);
});

test('an encoding that was chosen is used in place of the one found', async () => {
  const content = Uint8Array.from([0xe9, 0x2c, 0x62, 0x0a]);
  const read = (encoding?: string): Promise<{ text: { encoding: string } }> =>
    lookAtTable(asLab(new FakeSession()), { name: 'a.csv', content }, encoding ? { encoding } : {});
  assert.equal((await read('windows-1252')).text.encoding, 'windows-1252');
  // A name that no encoding has is no choice.
  assert.equal((await read('klingon')).text.encoding, (await read()).text.encoding);
});

test('the text of a table that is not learned from is UTF-8 too', async () => {
  const bytes = Uint8Array.from(Buffer.from('art\ngrün\n', 'latin1'));
  const { name, text } = await textOfTable(asLab(new FakeSession()), file('b.csv', bytes));
  assert.deepEqual([name, text], ['b.csv', 'art\ngrün\n']);
});
