/** What stands for a code on the page: a picture for one of pictures, a word for one of words. */

import type { CodesShown, ModalityShown } from '../../generated/sequences.js';
import type { Language } from '../../kit/words.js';
import type { LabSession } from '../../lab/session.js';
import type { ItemBook } from './item_book.js';

/** A word that more of all titles have is one like “the”. */
const RARE = 1 / 50;
/** So many are always few. */
const FEW = 3;

/** The faces of the codes of a lab. */
export class CodeFaces {
  /** Words by kind, code and language, as they were found before. */
  private readonly tags = new Map<string, string | null>();

  /** `codes` is null of a model without them; `channel` is what stands in the place of pictures. */
  constructor(
    private readonly codes: Pick<CodesShown, 'image' | 'text'> | null,
    private readonly book: ItemBook,
    private readonly channel: 'image' | 'genres' | 'text' = 'image',
  ) {}

  /** The item nearest to the centre of a code of pictures. Where nothing is grouped, a code is its item's own. */
  itemOf(code: number): number | null {
    return memberOf(this.codes?.image, code);
  }

  /**
   * The tag, or the word of titles, that sets the items of a code apart most; the title of the nearest item where none
   * does.
   */
  tagOf(kind: 'image' | 'text', code: number, language: Language): string | null {
    const key = `${language.code} ${kind} ${code}`;
    let tag = this.tags.get(key);
    if (tag === undefined) {
      tag = this.findTag(kind, code, language);
      this.tags.set(key, tag);
    }
    return tag;
  }

  private findTag(kind: 'image' | 'text', code: number, language: Language): string | null {
    const modality = this.codes?.[kind];
    const nearest = memberOf(modality, code);
    if (!modality || nearest === null) return null;
    const words = (item: number): readonly string[] => this.wordsOf(kind, item, language);
    const members = modality.clusters[code] ?? [];
    const tag = tellingTag(
      members.map(words),
      this.book.items.map((_, item) => words(item)),
      this.isOfTags(kind) ? 1 : RARE,
    );
    return tag ?? this.book.title(nearest, language);
  }

  /** The words of an item that a code may be called by. */
  private wordsOf(kind: 'image' | 'text', item: number, language: Language): readonly string[] {
    if (this.isOfTags(kind)) return this.book.tags(item, language);
    return this.book.title(item, language).match(/[\p{L}\p{N}'’-]{2,}/gu) ?? [];
  }

  /** Whether codes are called by tags; else by words of titles. Films have their genres as tags. */
  private isOfTags(kind: 'image' | 'text'): boolean {
    if (this.channel === 'genres') return kind === 'image';
    return this.book.items.some(({ tags }) => tags.length > 0);
  }
}

function memberOf(modality: ModalityShown | undefined, code: number): number | null {
  if (!modality) return null;
  return modality.clusters.length === 0 ? code : (modality.clusters[code]?.[0] ?? null);
}

/**
 * The tag that is common among some and rare among all; null where there is none. A tag that more than a share `rare` of
 * all have tells nothing.
 */
export function tellingTag(
  some: readonly (readonly string[])[],
  all: readonly (readonly string[])[],
  rare = 1,
): string | null {
  const count = (lists: readonly (readonly string[])[]): Map<string, number> => {
    const counts = new Map<string, number>();
    for (const tag of lists.flatMap((tags) => [...new Set(tags)])) {
      counts.set(tag, (counts.get(tag) ?? 0) + 1);
    }
    return counts;
  };
  const everywhere = count(all);
  const most = Math.max(FEW, rare * all.length);
  const telling = [...count(some)].filter(([tag]) => everywhere.get(tag)! <= most);
  const scored = telling.map(([tag, here]) => [tag, (here * here) / everywhere.get(tag)!] as const);
  const best = scored.reduce<readonly [string | null, number]>(
    (most, one) => (one[1] > most[1] ? one : most),
    [null, 0],
  );
  return best[0];
}

/**
 * Two items for the example of A before B: the two taken most that share neither a code nor a group, so that the graph
 * has all its nodes.
 */
export function exampleOf(codes: Pick<CodesShown, 'image' | 'text'> | null, book: ItemBook): number[] {
  const order = book.items.map((_, item) => item);
  order.sort((one, other) => book.items[other]!.taken - book.items[one]!.taken || one - other);
  const [first] = order;
  if (first === undefined) return [];
  const shares = (of: ModalityShown, item: number): boolean =>
    of.codes[item]?.some((code) => of.codes[first]?.includes(code) === true) ?? false;
  const isApart = (item: number): boolean => {
    const [one, other] = [book.items[first]!, book.items[item]!];
    if (item === first || (one.group !== null && one.group === other.group)) return false;
    return !codes || (!shares(codes.image, item) && !shares(codes.text, item));
  };
  const second = order.find(isApart) ?? order[1];
  return second === undefined ? [first] : [first, second];
}

const known = new WeakMap<object, Promise<CodesShown | null>>();

/** The codes of the lab as it is open now; null of a model without them. Rejects with `EmberError`. */
export function codesOf(session: LabSession): Promise<CodesShown | null> {
  const key = session.opened ?? session;
  if (!session.opened?.description.inside.includes('codes')) return Promise.resolve(null);
  let codes = known.get(key);
  if (!codes) {
    codes = session.inspect('sequences', 'codes', {});
    // What has failed is asked for again.
    codes.catch(() => known.delete(key));
    known.set(key, codes);
  }
  return codes;
}
