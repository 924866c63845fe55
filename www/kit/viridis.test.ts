import assert from 'node:assert/strict';
import { test } from 'node:test';
import { viridisPixels } from './viridis.js';

test('viridis begins dark violet, passes teal and ends yellow', () => {
  // matplotlib: cm.viridis([0, 128, 255], bytes=True), there rounded down.
  const expected = [68, 1, 84, 255, 32, 144, 140, 255, 253, 231, 36, 255];
  viridisPixels(Uint8Array.of(0, 128, 255)).forEach((byte, at) =>
    assert.ok(byte - expected[at]! >= 0 && byte - expected[at]! <= 1, `byte ${at} is ${byte}`),
  );
});

test('viridis is ever lighter, and no two of its colours are far apart', () => {
  const pixels = viridisPixels(Uint8Array.from({ length: 256 }, (_, byte) => byte));
  const channels = (byte: number): number[] => [...pixels.subarray(4 * byte, 4 * byte + 3)];
  /** Relative luminance by WCAG. */
  const luminance = (byte: number): number => {
    const linear = channels(byte).map((value) => ((value / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * linear[0]! + 0.7152 * linear[1]! + 0.0722 * linear[2]!;
  };
  for (let byte = 1; byte < 256; byte++) {
    assert.ok(luminance(byte) > luminance(byte - 1) - 1e-3, `${byte}`);
    const [before, now] = [channels(byte - 1), channels(byte)];
    assert.ok(
      now.every((value, channel) => Math.abs(value - before[channel]!) <= 8),
      `${byte}`,
    );
    assert.equal(pixels[4 * byte + 3], 255);
  }
});
