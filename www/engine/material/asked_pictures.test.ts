import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EngineFailure, PictureInput } from '../protocol.js';
import type { EngineModule, EnginePicture } from '../wasm.js';
import { askAboutPictures } from './asked_pictures.js';
import type { DecodePicture } from './picture_decoder.js';

class FakeImageData {
  constructor(
    readonly data: Uint8ClampedArray,
    readonly width: number,
    readonly height: number,
  ) {}
}
Object.assign(globalThis, { ImageData: FakeImageData });

const image = (name: string, data: Uint8ClampedArray, width: number, height: number): PictureInput =>
  ({ name, image: new FakeImageData(data, width, height) }) as unknown as PictureInput;

/** A picture in the memory of a module. */
class FakePicture {
  static freed: string[] = [];

  constructor(
    readonly name: string,
    readonly width: number,
    readonly height: number,
    readonly rgba: Uint8Array,
  ) {}

  free(): void {
    FakePicture.freed.push(this.name);
  }
}
const MODULE = { EnginePicture: FakePicture } as unknown as EngineModule;

const nothingToDecode: DecodePicture = () => assert.fail('pixels need no decoder');

const namesOf = (pictures: EnginePicture[]): string[] =>
  (pictures as unknown as FakePicture[]).map(({ name }) => name);

const isBadInput = (thrown: unknown): boolean => (thrown as EngineFailure).code === 'bad_input';

test('pictures are asked about in groups of at most forty million pixels, and the lists of the answers joined in order', async () => {
  const side = 4600;
  // Pixels that nobody looks at take no room.
  const data = new Uint8ClampedArray(side * side * 4);
  const inputs = ['a', 'b', 'c'].map((name) => image(name, data, side, side));
  inputs.push(image('d', data.subarray(0, 4), 1, 1));
  const groups: string[][] = [];
  const answer = await askAboutPictures(MODULE, inputs, nothingToDecode, (pictures) => {
    groups.push(namesOf(pictures));
    return Promise.resolve({ classes: namesOf(pictures), rows: pictures.length });
  });
  assert.deepEqual(groups, [['a'], ['b'], ['c', 'd']]);
  assert.deepEqual(answer, { classes: ['a', 'b', 'c', 'd'], rows: 2 });
});

test('what is not a picture is refused, and what was decoded before it given back', async () => {
  const one = image('one', Uint8ClampedArray.of(1, 2, 3, 4), 1, 1);
  const bad = [
    image('short', Uint8ClampedArray.of(1, 2, 3), 1, 1),
    image('bytes', new Uint8Array(4) as unknown as Uint8ClampedArray, 1, 1),
    { name: 'none' } as unknown as PictureInput,
  ];
  for (const input of bad) {
    FakePicture.freed = [];
    const asked = askAboutPictures(MODULE, [one, input], nothingToDecode, () =>
      assert.fail('nothing is asked'),
    );
    await assert.rejects(asked, isBadInput);
    assert.deepEqual(FakePicture.freed, ['one']);
  }
});

test('at most 64 pictures are asked about at once', async () => {
  const one = image('one', Uint8ClampedArray.of(1, 2, 3, 4), 1, 1);
  const ask = (pictures: EnginePicture[]): Promise<number> => Promise.resolve(pictures.length);
  assert.equal(
    await askAboutPictures(MODULE, Array(64).fill(one) as PictureInput[], nothingToDecode, ask),
    64,
  );
  await assert.rejects(
    askAboutPictures(MODULE, Array(65).fill(one) as PictureInput[], nothingToDecode, ask),
    isBadInput,
  );
});
