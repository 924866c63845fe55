/** Pictures of the reader's and what the model says of each, kept fresh while it trains. */

import { EmberError, failureOf } from '../../engine/failure.js';
import type { EngineFailure, PictureInput, PicturesDescription } from '../../engine/protocol.js';
import { LiveAnswer } from '../../lab/live.js';
import type { LabPart } from '../../lab/part.js';
import { imageOf } from '../../kit/picture_data.js';
import { picturesPredicted, type PicturePrediction } from '../predictions.js';

/** What the model says of one picture. */
export interface ModelSays {
  /** The class. */
  name: string;
  probabilities: (number | null)[];
  /** The picture as the model has seen it. */
  seen: ImageData | null;
}

/** A picture that was given, and what is known of it. */
export interface GivenPicture {
  id: number;
  input: PictureInput;
  /** A small copy of it as it was given; null until the worker has found that it can be read. */
  given: ImageData | null;
  /** For models that see pictures so: {@link kindOf}. */
  kind: string;
  answer: ModelSays | null;
  failure: EngineFailure | null;
}

/** Most pictures that are kept at a time. */
export const MOST_PICTURES = 32;
/** Width of the copy of a picture as it was given. */
const COPY_WIDTH = 160;
/** Milliseconds between two rounds of questions while the model trains. */
const INTERVAL_MS = 500;

/** What a model's pictures are like, in one text; an answer for another kind is none. */
export function kindOf({ classes, height, width, channels, origin }: PicturesDescription): string {
  return JSON.stringify([classes, height, width, channels, origin]);
}

/** Asks about the pictures of one part of the lab. */
export class PictureAnswers {
  list: readonly GivenPicture[] = [];
  private nextId = 1;
  private readonly live: LiveAnswer<true>;

  constructor(private readonly host: LabPart) {
    this.live = new LiveAnswer<true>(host, () => this.ask(), INTERVAL_MS);
  }

  /** What the latest round failed with, where it was no single picture's fault. */
  get failure(): Error | null {
    return this.live.failure;
  }

  /** Adds pictures, as many as there is room for; returns how many were left out. */
  add(inputs: readonly PictureInput[]): number {
    const room = MOST_PICTURES - this.list.length;
    const added = inputs.slice(0, room).map((input): GivenPicture => {
      return { id: this.nextId++, input, given: null, kind: '', answer: null, failure: null };
    });
    this.replace([...this.list, ...added]);
    return inputs.length - added.length;
  }

  remove(id: number): void {
    this.replace(this.list.filter((picture) => picture.id !== id));
  }

  clear(): void {
    this.replace([]);
  }

  private replace(list: readonly GivenPicture[]): void {
    this.list = list;
    this.live.refresh();
    this.host.requestUpdate();
  }

  private ask(): Promise<true> | null {
    const pictures = this.host.session.opened?.description.pictures;
    return pictures && this.list.length > 0 ? this.askAll(pictures) : null;
  }

  /** Those that could be read before all at once; new ones one by one, so that a bad one stands alone. */
  private async askAll(description: PicturesDescription): Promise<true> {
    const kind = kindOf(description);
    const known = this.list.filter((picture) => picture.kind === kind && picture.answer);
    if (known.length > 0) {
      const prediction = await this.predict(known.map((picture) => resent(picture, description)));
      known.forEach((picture, index) => takeIn(picture, prediction, index));
    }
    for (const picture of this.list) {
      if (picture.kind === kind && (picture.answer || picture.failure)) continue;
      try {
        takeIn(picture, await this.predict([picture.input]), 0);
        picture.failure = null;
      } catch (thrown) {
        picture.answer = null;
        picture.failure = failureOf(thrown, 'unknown');
        // The lab itself is at fault: the others would fare no better, and this one is asked about again.
        if (picture.failure.code !== 'bad_picture') throw new EmberError(picture.failure);
      }
      picture.kind = kind;
      this.host.requestUpdate();
      if (picture.answer) void this.copy(picture);
    }
    return true;
  }

  private async predict(pictures: PictureInput[]): Promise<PicturePrediction> {
    return picturesPredicted(await this.host.session.request('predict', { input: null, pictures }));
  }

  /** Makes the small copy; the worker has read the picture by then, so its size is known to be bearable. */
  private async copy(picture: GivenPicture): Promise<void> {
    if (picture.given) return;
    const source = 'blob' in picture.input ? picture.input.blob : picture.input.image;
    try {
      const bitmap = await createImageBitmap(source);
      const width = Math.min(COPY_WIDTH, bitmap.width);
      const height = Math.max(1, Math.round((bitmap.height * width) / bitmap.width));
      const brush = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d')!;
      brush.drawImage(bitmap, 0, 0, width, height);
      bitmap.close();
      picture.given = brush.getImageData(0, 0, width, height);
    } catch {
      // The picture as the model sees it stands there all the same.
      return;
    }
    this.host.requestUpdate();
  }
}

/**
 * What is sent when a picture is asked about again. A picture in colour is brought to the model's size and no more, so
 * the small one gives the same answer as the file and need not be decoded; a digit is also centred, and centring it
 * twice might move it.
 */
function resent({ input, answer }: GivenPicture, { channels }: PicturesDescription): PictureInput {
  return channels === 3 && answer?.seen ? { name: input.name, image: answer.seen } : input;
}

function takeIn(picture: GivenPicture, prediction: PicturePrediction, index: number): void {
  const seen = prediction.seen[index];
  picture.answer = {
    name: prediction.classes[index] ?? '',
    probabilities: prediction.probabilities[index] ?? [],
    // Decoded once: it stays the same however the model changes.
    seen: picture.answer?.seen ?? (seen ? imageOf(seen) : null),
  };
}
