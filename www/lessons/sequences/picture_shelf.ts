/** Pictures of items, each asked for once, those that are wanted at the same time in one question. */

import type { ItemPicturesShown } from '../../generated/sequences.js';
import { decodeBase64 } from '../../kit/picture_data.js';

/** Pictures that a lab hands over at once. */
export const MOST_AT_ONCE = 400;

/** The picture of base64 text: red, green, blue and alpha of the pixels of a square, row by row. */
export function imageOfRgba(text: string): ImageData {
  const bytes = decodeBase64(text);
  const side = Math.sqrt(bytes.length / 4);
  const image = new ImageData(side, side);
  image.data.set(bytes);
  return image;
}

interface Waiting {
  number: number;
  answer: (image: ImageData | null) => void;
  fail: (thrown: unknown) => void;
}

/** Pictures by the numbers of items. */
export class PictureShelf {
  private readonly pictures = new Map<number, Promise<ImageData | null>>();
  private waiting: Waiting[] = [];

  /** `ask` fetches at most `MOST_AT_ONCE` pictures. */
  constructor(private readonly ask: (items: number[]) => Promise<Pick<ItemPicturesShown, 'pictures'>>) {}

  /** The picture of an item; null where it has none. */
  of(number: number): Promise<ImageData | null> {
    const known = this.pictures.get(number);
    if (known) return known;
    const picture = new Promise<ImageData | null>((answer, fail) => {
      // What is wanted in this turn of the page goes out together.
      if (this.waiting.length === 0) setTimeout(() => this.fetch());
      this.waiting.push({ number, answer, fail });
    });
    // What has failed is asked for again.
    picture.catch(() => this.pictures.delete(number));
    this.pictures.set(number, picture);
    return picture;
  }

  private fetch(): void {
    const { waiting } = this;
    this.waiting = [];
    for (let from = 0; from < waiting.length; from += MOST_AT_ONCE) {
      void this.fetchSome(waiting.slice(from, from + MOST_AT_ONCE));
    }
  }

  private async fetchSome(some: readonly Waiting[]): Promise<void> {
    try {
      const { pictures } = await this.ask(some.map(({ number }) => number));
      some.forEach(({ answer }, place) => {
        const text = pictures[place];
        answer(text ? imageOfRgba(text) : null);
      });
    } catch (thrown) {
      for (const { fail } of some) fail(thrown);
    }
  }
}
