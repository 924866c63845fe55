import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeByCanvas, readsBack } from './canvas.js';

/** What is done to pixels that were put into a canvas. */
function canvasThat(gives: (pixels: Uint8ClampedArray) => Uint8ClampedArray): void {
  Object.assign(globalThis, {
    OffscreenCanvas: class {
      private put = new Uint8ClampedArray();
      getContext(): unknown {
        return {
          createImageData: (width: number, height: number) => ({
            data: new Uint8ClampedArray(width * height * 4),
          }),
          putImageData: ({ data }: { data: Uint8ClampedArray }) => (this.put = data.slice()),
          getImageData: () => ({ data: gives(this.put) }),
        };
      }
    },
  });
}

test('a canvas that gives back what it was given is true', () => {
  canvasThat((pixels) => pixels);
  assert.equal(readsBack(), true);
});

test('a canvas that changes a single value, or is white all over, is not', () => {
  canvasThat((pixels) => pixels.map((value, at) => (at === 500 ? value ^ 1 : value)));
  assert.equal(readsBack(), false);
  canvasThat((pixels) => pixels.map(() => 255));
  assert.equal(readsBack(), false);
});

test('a canvas that is not true decodes nothing, and is tried once only', async () => {
  canvasThat((pixels) => pixels.map(() => 255));
  const decoded = (): Promise<unknown> =>
    decodeByCanvas(new Blob(), () => assert.fail('nothing was decoded'));
  assert.equal(await decoded(), 'canvas_changed');
  canvasThat((pixels) => pixels);
  assert.equal(await decoded(), 'canvas_changed');
});
