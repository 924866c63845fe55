/** The diverging scale of the book, blue, white at zero, orange, as crates/plot/src/ramp.rs has it; for what is no chart. */

type Rgb = readonly [number, number, number];

const WHITE: Rgb = [0xf7, 0xf7, 0xf7];
const BELOW: readonly Rgb[] = [WHITE, [0x7f, 0xbf, 0xe6], [0x00, 0x72, 0xb2]];
const ABOVE: readonly Rgb[] = [WHITE, [0xf5, 0xb5, 0x66], [0xd5, 0x5e, 0x00]];

/** Ends of scales within a decade. */
const ENDS = [1, 1.5, 2, 3, 5, 7, 10];
/** 0.3 / 0.1 is a little above 3. */
const TOLERANCE = 1 - 1e-9;

/** The colour at a position from −1 to 1. */
function colorAt(position: number): Rgb {
  const stops = position < 0 ? BELOW : ABOVE;
  const along = Math.min(1, Math.abs(position)) * (stops.length - 1);
  const first = Math.min(Math.floor(along), stops.length - 2);
  const [from, to] = [stops[first]!, stops[first + 1]!];
  const mixed = (channel: 0 | 1 | 2): number =>
    from[channel] + (along - first) * (to[channel] - from[channel]);
  return [mixed(0), mixed(1), mixed(2)];
}

/** The end of a scale that holds all the values: the next of 1, 1.5, 2, 3, 5, 7 × 10^k, so that colours hold still. */
export function divergingEnd(values: readonly (number | null)[]): number {
  const largest = values.reduce<number>(
    (most, value) => (isFinite(value) ? Math.max(most, Math.abs(value)) : most),
    0,
  );
  if (largest === 0) return 1;
  const decade = 10 ** Math.floor(Math.log10(largest));
  return ENDS.map((end) => end * decade).find((end) => end >= largest * TOLERANCE) ?? 10 * decade;
}

/** Values as opaque pixels on a scale from −end to end; white where there is none. */
export function divergingPixels(
  values: readonly (number | null)[],
  end: number,
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(4 * values.length);
  values.forEach((value, index) => {
    pixels.set(isFinite(value) ? colorAt(value / end) : WHITE, 4 * index);
    pixels[4 * index + 3] = 255;
  });
  return pixels;
}

function isFinite(value: number | null): value is number {
  return Number.isFinite(value);
}

/** The scale as a CSS gradient from left to right. */
export function divergingGradient(): string {
  const color = ([red, green, blue]: Rgb): string => `rgb(${red}, ${green}, ${blue})`;
  return `linear-gradient(to right, ${[...BELOW.slice(1).reverse(), ...ABOVE].map(color).join(', ')})`;
}
