import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failure } from '../failure.js';
import type { EngineFailure } from '../protocol.js';
import type { PicturesModule } from '../wasm.js';
import { pictureDecoder } from './picture_decoder.js';

const PNG = Buffer.from('\x89PNG\r\n\x1a\nrest', 'latin1');
const JPEG = Buffer.from('\xff\xd8\xff\xe0rest', 'latin1');
/** Lossless, 2 by 1 pixels. */
const WEBP = Buffer.from('RIFF\x16\0\0\0WEBPVP8L\x0a\0\0\0/\x01\0\0\0\0\0\0\0\0', 'latin1');

/** A module that notes what it is asked to decode, and how often it was loaded. */
function fakeModule(): { load: () => Promise<PicturesModule>; calls: unknown[][]; loads: () => number } {
  const calls: unknown[][] = [];
  let loaded = 0;
  const module = {
    DecodedPicture: {
      decode: (name: string, bytes: Uint8Array, side: number | undefined) => {
        if (name === 'bad.png') throw failure('bad_picture', 'It is damaged.', { reason: 'damaged' });
        calls.push([name, bytes.length, side]);
        return { width: 2, height: 1, into_rgba: () => Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8) };
      },
    },
  } as unknown as PicturesModule;
  return { load: () => Promise.resolve((loaded++, module)), calls, loads: () => loaded };
}

const reasonOf = (expected: string) => (thrown: unknown) => {
  const { code, details } = thrown as EngineFailure;
  assert.deepEqual([code, details['reason']], ['bad_picture', expected]);
  return true;
};

test('PNG and JPEG are decoded by the module, whatever their names say, and never by the browser', async () => {
  Object.assign(globalThis, { createImageBitmap: () => assert.fail('the browser decodes') });
  const { load, calls } = fakeModule();
  const decode = pictureDecoder(load);
  const rgba = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
  assert.deepEqual(await decode('a.webp', new Blob([PNG])), { width: 2, height: 1, rgba, byBrowser: false });
  await decode('b.png', new Blob([JPEG]), 64);
  assert.deepEqual(calls, [
    ['a.webp', 12, undefined],
    ['b.png', 8, 64],
  ]);
  await assert.rejects(decode('bad.png', new Blob([PNG])), reasonOf('damaged'));
});

test('other pictures do not load the module; what the browser decoded is marked', async () => {
  Object.assign(globalThis, {
    createImageBitmap: () => Promise.resolve({ width: 2, height: 1, close: () => undefined }),
    OffscreenCanvas: class {
      private pixels: Uint8ClampedArray = new Uint8ClampedArray(8);
      getContext(): unknown {
        return {
          createImageData: (width: number, height: number) => ({
            data: new Uint8ClampedArray(width * height * 4),
          }),
          putImageData: ({ data }: { data: Uint8ClampedArray }) => (this.pixels = data),
          getImageData: () => ({ data: this.pixels }),
          clearRect: () => undefined,
          drawImage: () => undefined,
        };
      }
    },
  });
  const { load, loads } = fakeModule();
  const decode = pictureDecoder(load);
  const picture = await decode('a.png', new Blob([WEBP]));
  assert.deepEqual(picture, { width: 2, height: 1, rgba: new Uint8Array(8), byBrowser: true });
  await assert.rejects(decode('a.webp', new Blob([WEBP.subarray(0, 28)])), reasonOf('damaged'));
  await assert.rejects(decode('a.png', new Blob(['GIF89a'])), reasonOf('other_format'));
  await assert.rejects(decode('a.png', new Blob(['no picture'])), reasonOf('not_a_picture'));
  await assert.rejects(decode('a.png', new Blob([new Uint8Array(50_000_001)])), reasonOf('too_large'));
  assert.equal(loads(), 0);
});
