import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zipSync } from 'fflate';
import type { EngineFailure, OwnPictures } from '../protocol.js';
import type { EngineModule, Needs } from '../wasm.js';
import { OwnPictureSets } from './own_pictures.js';

/** A picture of one pixel, as far as its header is read here: the browser's decoder is replaced below. */
const PIXEL = Buffer.from(
  '89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000049454e44ae426082',
  'hex',
);

Object.assign(globalThis, {
  createImageBitmap: () => Promise.resolve({ width: 1, height: 1, close: () => undefined }),
  OffscreenCanvas: class {
    getContext(): unknown {
      const nothing = (): undefined => undefined;
      return {
        clearRect: nothing,
        drawImage: nothing,
        getImageData: () => ({ data: Uint8Array.of(1, 2, 3, 255) }),
      };
    }
  },
});

/** The pictures in the memory of a module, and whether that was given back. */
class Handle {
  readonly paths: string[] = [];
  seed: number | null = null;
  freed = false;

  constructor(
    readonly name: string,
    readonly side: number,
  ) {}

  add(path: string): void {
    this.paths.push(path);
  }

  finish(seed: number): void {
    if (seed < 0) throw { code: 'bad_pictures', message: '', details: { reason: 'few_classes' } };
    this.seed = seed;
  }

  free(): void {
    this.freed = true;
  }
}

/** A module that keeps what was begun in it. */
function fakeModule(): { module: EngineModule; handles: Handle[] } {
  const handles: Handle[] = [];
  const begin = (name: string, side: number): Handle => {
    const handle = new Handle(name, side);
    handles.push(handle);
    return handle;
  };
  return { module: { EnginePictures: { begin } } as unknown as EngineModule, handles };
}

const needs = (side: number | null, seed = 1): Needs => ({ picture_side: side, seed }) as Needs;

const filesOf = (...paths: string[]): OwnPictures['files'] =>
  paths.map((path) => ({ path, blob: new Blob([PIXEL]) }));

const zipFile = (path: string, inside: string[]): OwnPictures['files'][number] => ({
  path,
  blob: new Blob([zipSync(Object.fromEntries(inside.map((name) => [name, new Uint8Array(PIXEL)])))]),
});

const set = (key: number, files: OwnPictures['files']): OwnPictures => ({ name: 'pets', key, files });

const reason =
  (expected: string) =>
  (thrown: unknown): boolean => {
    assert.equal((thrown as EngineFailure).code, 'bad_pictures');
    assert.equal((thrown as EngineFailure).details['reason'], expected);
    return true;
  };

const sets = (): OwnPictureSets => new OwnPictureSets(() => undefined);

test('pictures are read by their names, whatever order they come in; what is hidden or no picture is left out', async () => {
  const { module, handles } = fakeModule();
  const files = [
    ...filesOf('pets/dog/2.JPG', 'pets/cat/1.png', 'pets/readme.txt', 'pets/.git/x.png', '.DS_Store'),
    zipFile('more.zip', ['cat/a.webp', '__MACOSX/cat/._a.webp', 'notes.md']),
  ];
  const read = await sets().inModule(module, set(1, files), needs(28, 7));
  assert.deepEqual({ pictures: read!.pictures, ignored: read!.ignored }, { pictures: 3, ignored: 2 });
  assert.deepEqual(handles[0]!.paths, ['cat/a.webp', 'pets/cat/1.png', 'pets/dog/2.JPG']);
  assert.deepEqual([handles[0]!.name, handles[0]!.side, handles[0]!.seed], ['pets', 28, 7]);
});

test('a path that may lead out of its folder is refused, and the set before stays', async () => {
  const { module, handles } = fakeModule();
  const own = sets();
  const first = set(1, filesOf('a/1.png'));
  await own.inModule(module, first, needs(28));
  const bad = ['../1.png', 'a/../../1.png', '/etc/1.png', 'C:1.png', 'c:/1.png', 'a\\..\\1.png', 'a\0.png'];
  for (const path of bad) {
    await assert.rejects(
      own.inModule(module, set(2, [zipFile('x.zip', [path])]), needs(28)),
      reason('unsafe_path'),
      path,
    );
  }
  assert.equal(handles[0]!.freed, false);
  await own.inModule(module, first, needs(28));
  assert.equal(handles.length, 1);
  // Dots that are part of a name lead nowhere.
  await own.inModule(module, set(3, [zipFile('x.zip', ['a..b/1..png'])]), needs(28));
});

test('a set is read once for each side and seed, and the one before is given back', async () => {
  const { module, handles } = fakeModule();
  const own = sets();
  const pets = set(1, filesOf('a/1.png'));
  for (const need of [needs(28), needs(28), needs(64), needs(64, 2), needs(null)])
    await own.inModule(module, pets, need);
  assert.deepEqual(
    handles.map(({ side, seed, freed }) => [side, seed, freed]),
    [
      [28, 1, true],
      [64, 1, true],
      [64, 2, false],
    ],
  );
  own.release();
  assert.ok(handles.every(({ freed }) => freed));
});

test('a set that cannot be used is given back, and the one before stays', async () => {
  const { module, handles } = fakeModule();
  const own = sets();
  await own.inModule(module, set(1, filesOf('a/1.png')), needs(28));
  await assert.rejects(
    own.inModule(module, set(2, filesOf('b/1.png')), needs(28, -1)),
    reason('few_classes'),
  );
  assert.deepEqual(
    handles.map(({ freed }) => freed),
    [false, true],
  );
});

test('too many pictures are refused before any is read, and so are too many bytes, by what the zip says', async () => {
  const { module, handles } = fakeModule();
  const many = filesOf(...Array.from({ length: 5001 }, (_, index) => `a/${index}.png`));
  await assert.rejects(sets().inModule(module, set(1, many), needs(28)), reason('too_many'));
  await sets().inModule(module, set(1, many.slice(0, 5000)), needs(28));
  const zip = Buffer.from(
    await zipFile(
      'x.zip',
      Array.from({ length: 9 }, (_, index) => `${index}.png`),
    ).blob.arrayBuffer(),
  );
  // Each line of the list claims 49 MB.
  for (let at = 0; (at = zip.indexOf('PK\x01\x02', at)) !== -1; at += 4)
    zip.writeUInt32LE(49_000_000, at + 24);
  const claimed = set(2, [{ path: 'x.zip', blob: new Blob([zip]) }]);
  await assert.rejects(sets().inModule(module, claimed, needs(28)), reason('unpacked_too_large'));
  assert.equal(handles.length, 1);
});
