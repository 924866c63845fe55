/** Pictures as the worker sends them, base64 of their bytes, and as a canvas draws them. */

/** Bytes row by row, the channels of a pixel side by side: one for grey, three for red, green and blue. */
export interface PictureData {
  width: number;
  height: number;
  channels: number;
  /** Base64 of `width × height × channels` bytes. */
  pixels: string;
}

/** Most bytes turned into text at a time: arguments of one call are limited. */
const PIECE = 0x8000;

/** The bytes that base64 text stands for. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < bytes.length; index += 1) bytes[index] = binary.charCodeAt(index);
  return bytes;
}

/** Bytes as base64 text. */
export function encodeBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let from = 0; from < bytes.length; from += PIECE) {
    binary += String.fromCharCode(...bytes.subarray(from, from + PIECE));
  }
  return btoa(binary);
}

/** Bytes of one or three channels as an opaque picture that a canvas takes. Bytes that are missing are black. */
export function imageOfBytes(width: number, height: number, channels: number, bytes: Uint8Array): ImageData {
  const image = new ImageData(width, height);
  const { data } = image;
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const from = pixel * channels;
    for (let channel = 0; channel < 3; channel += 1) {
      data[4 * pixel + channel] = bytes[from + (channels === 3 ? channel : 0)] ?? 0;
    }
    data[4 * pixel + 3] = 255;
  }
  return image;
}

/** A picture of the worker as a canvas takes it. */
export function imageOf({ width, height, channels, pixels }: PictureData): ImageData {
  return imageOfBytes(width, height, channels, decodeBase64(pixels));
}

/** A drawn picture in the worker's form; of a grey one only the first channel is kept, transparency is left out. */
export function pictureOf(image: ImageData, channels: 1 | 3 = 3): PictureData {
  const { width, height, data } = image;
  const bytes = new Uint8Array(width * height * channels);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    for (let channel = 0; channel < channels; channel += 1) {
      bytes[pixel * channels + channel] = data[4 * pixel + channel]!;
    }
  }
  return { width, height, channels, pixels: encodeBase64(bytes) };
}
