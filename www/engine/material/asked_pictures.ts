/** Pictures that come with a question: decoded, handed to the engine a few at a time, and its answers put together. */

import { failure } from '../failure.js';
import type { Pixels } from './canvas.js';
import { checkPixels, MOST_PIXELS, type DecodePicture } from './picture_decoder.js';
import type { EngineFailure, Json, PictureInput } from '../protocol.js';
import type { EngineModule, EnginePicture } from '../wasm.js';

/** Most pictures of one question. */
const MOST_PICTURES = 64;

/**
 * Asks about pictures. Together they may be larger than a module's memory, so they are asked about in groups; an
 * answer about pictures is an object of lists with one item for each, and the lists are joined.
 *
 * Throws `bad_picture`, and `bad_input` for too many pictures or what is none.
 */
export async function askAboutPictures(
  module: EngineModule,
  inputs: readonly PictureInput[],
  decode: DecodePicture,
  ask: (pictures: EnginePicture[]) => Promise<Json>,
): Promise<Json> {
  if (inputs.length > MOST_PICTURES) throw badInput(`at most ${MOST_PICTURES} pictures`);
  const pictures: EnginePicture[] = [];
  let pixels = 0;
  let answer: Json = null;
  const askNow = async (): Promise<void> => {
    // Handed over, they are no longer ours to free, even if the answer is an error.
    answer = joined(answer, await ask(pictures.splice(0)));
    pixels = 0;
  };
  try {
    for (const input of inputs) {
      const { width, height, rgba } = await decoded(input, decode);
      if (pictures.length > 0 && pixels + width * height > MOST_PIXELS) await askNow();
      pictures.push(new module.EnginePicture(input.name, width, height, rgba));
      pixels += width * height;
    }
    if (pictures.length > 0) await askNow();
  } finally {
    for (const picture of pictures) picture.free();
  }
  return answer;
}

/** What a host page hands over is checked like a file. */
async function decoded(input: PictureInput, decode: DecodePicture): Promise<Pixels> {
  if ('blob' in input && input.blob instanceof Blob) return decode(input.name, input.blob);
  if ('image' in input && input.image instanceof ImageData) {
    const { width, height, data } = input.image;
    checkPixels(input.name, width, height);
    if (data instanceof Uint8ClampedArray && data.length === width * height * 4) {
      return { width, height, rgba: new Uint8Array(data.buffer, data.byteOffset, data.length) };
    }
  }
  throw badInput('pictures: files or ImageData with 8 bits a channel');
}

function joined(before: Json, next: Json): Json {
  if (!isObject(before) || !isObject(next)) return next;
  const lists = Object.entries(next).map(([name, value]): [string, Json] => {
    const first = before[name];
    return [name, Array.isArray(first) && Array.isArray(value) ? [...first, ...value] : value];
  });
  return Object.fromEntries(lists);
}

function isObject(value: Json): value is { [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function badInput(expected: string): EngineFailure {
  return failure('bad_input', `The lab was given something else than ${expected}.`, { expected });
}
