/** The items of a lab, fetched once for each time it is opened: titles, and a search by titles and tags. */

import type { ItemList, ItemShown } from '../../generated/sequences.js';
import type { Language } from '../../kit/words.js';
import type { LabSession } from '../../lab/session.js';
import { TitleIndex } from '../../looks/titles/title_index.js';

/** What of a language chooses titles. */
type Spoken = Pick<Language, 'code'>;

/** Items by number. */
export class ItemBook {
  readonly items: readonly ItemShown[];
  /** Names of the groups; none where items have no group. */
  readonly groups: readonly string[];
  /** Pixels of a picture's row, and rows. */
  readonly side: number;
  private readonly numbers: ReadonlyMap<string, number>;
  private readonly indices = new Map<Language['code'], readonly [titles: TitleIndex, tags: TitleIndex]>();

  constructor({ items, groups, side }: ItemList) {
    this.items = items;
    this.groups = groups;
    this.side = side;
    this.numbers = new Map(items.map(({ id }, number) => [id, number]));
  }

  /** The title of an item in a language. */
  title(number: number, { code }: Spoken): string {
    const item = this.items[number];
    return (code === 'zh' ? item?.chinese : item?.title) ?? '';
  }

  /** The tags of an item in a language, or in the data's own where there are none in it. */
  tags(number: number, { code }: Spoken): readonly string[] {
    const item = this.items[number];
    if (!item) return [];
    return code === 'zh' && item.chinese_tags.length > 0 ? item.chinese_tags : item.tags;
  }

  /** The number of an item by its id in the data. */
  number(id: string): number | null {
    return this.numbers.get(id) ?? null;
  }

  /** The ids of items by number. */
  ids(numbers: readonly number[]): string[] {
    return numbers.map((number) => this.items[number]!.id);
  }

  /**
   * Numbers of at most `limit` items whose title, or else whose tags, what was typed fits; of those that fit as well the one
   * taken more often first.
   */
  find(text: string, language: Spoken, limit: number): number[] {
    const [titles, tags] = this.indexOf(language);
    return [...new Set([...titles.find(text, limit), ...tags.find(text, limit)])].slice(0, limit);
  }

  private indexOf(language: Spoken): readonly [TitleIndex, TitleIndex] {
    const known = this.indices.get(language.code);
    if (known) return known;
    const taken = this.items.map((item) => item.taken);
    const titles = this.items.map((_, number) => this.title(number, language));
    const tags = this.items.map((_, number) => this.tags(number, language).join(' '));
    const indices = [new TitleIndex(titles, taken), new TitleIndex(tags, taken)] as const;
    this.indices.set(language.code, indices);
    return indices;
  }
}

const books = new WeakMap<object, Promise<ItemBook>>();

/** The items of the lab as it is open now. Rejects with `EmberError`. */
export function itemBook(session: LabSession): Promise<ItemBook> {
  const key = session.opened ?? session;
  let book = books.get(key);
  if (!book) {
    book = session.inspect('sequences', 'items', {}).then((list) => new ItemBook(list));
    // What has failed is asked for again.
    book.catch(() => books.delete(key));
    books.set(key, book);
  }
  return book;
}
