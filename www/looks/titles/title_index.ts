/** Finds titles by what is typed: in any case, without accents, with the words in any order. */

/** Letters that no accent can be taken off. */
const LETTERS: readonly (readonly [RegExp, string])[] = [
  [/ß/g, 'ss'],
  [/æ/g, 'ae'],
  [/œ/g, 'oe'],
  [/ø/g, 'o'],
  [/đ/g, 'd'],
  [/ł/g, 'l'],
  [/ı/g, 'i'],
  [/&/g, ' and '],
  [/['’ʼ`]/g, ''],
];

/** An article that catalogues put behind the title: “Matrix, The (1999)”. */
const ARTICLE_BEHIND = /^(.*), (The|An?|Les?|L[ao]s?|L'|Un|Une|Der|Die|Das|El|Il)(?= \(|$)/;
const YEAR = /\s*\(\d{4}\)$/;

/** Lower case without accents and signs, its words with one space between. */
function plain(text: string): string {
  let bare = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  for (const [letter, others] of LETTERS) bare = bare.replace(letter, others);
  return bare.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

interface Entry {
  place: number;
  /** With a space before each word. */
  words: string;
  /** With its article in front and without its year. */
  spoken: string;
  /** The words without spaces. */
  joined: string;
}

/** Titles that can be searched. */
export class TitleIndex {
  /** The most popular first. */
  private readonly entries: Entry[];

  /** Titles, and how popular each is. */
  constructor(titles: readonly string[], popularity: readonly number[]) {
    const order = titles.map((_, place) => place);
    order.sort((one, other) => (popularity[other] ?? 0) - (popularity[one] ?? 0) || one - other);
    this.entries = order.map((place) => {
      const title = titles[place]!;
      const words = plain(title);
      const spoken = plain(title.replace(ARTICLE_BEHIND, '$2 $1').replace(YEAR, ''));
      return { place, words: ` ${words}`, spoken, joined: words.replaceAll(' ', '') };
    });
  }

  /**
   * Places of at most `most` titles that what was typed fits, the best first: titles that are just that, those that
   * begin with it, those with a word that begins with each of the words typed, and those with it somewhere inside. Of
   * titles that fit as well the more popular come first; nothing typed fits all.
   */
  find(typed: string, most: number): number[] {
    const query = plain(typed);
    const starts = query === '' ? [] : query.split(' ').map((word) => ` ${word}`);
    const joined = query.replaceAll(' ', '');
    const fitting: number[][] = [[], [], [], []];
    for (const entry of this.entries) {
      const rank = starts.every((start) => entry.words.includes(start))
        ? entry.spoken === query
          ? 0
          : entry.spoken.startsWith(query)
            ? 1
            : 2
        : entry.joined.includes(joined)
          ? 3
          : null;
      if (rank !== null && fitting[rank]!.length < most) fitting[rank]!.push(entry.place);
    }
    return fitting.flat().slice(0, most);
  }
}
