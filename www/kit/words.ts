/**
 * The words of the page: those that all lessons share, and over them those of one lesson. Only the language shown is
 * loaded; a lab keeps what it has loaded in a `Language`, and several labs on one page may each have another.
 */

/** The languages of the book, as `lang` attributes and file names have them. */
export type LanguageCode = 'zh' | 'en';

/** Words by dotted keys. */
export type Words = { [key: string]: string | Words };

/**
 * A module of words, as the bundler makes it of a JSON file: those that the first figure of a page needs, and what
 * fetches the others.
 */
export type WordsModule = { default: Words; later?: () => Promise<{ default: Words }> };

/** How the words of one owner are loaded, by language. */
export type WordsLoader = Record<LanguageCode, () => Promise<WordsModule>>;

/** A language with the words at hand; a key is looked up in each of them in turn. */
export interface Language {
  readonly code: LanguageCode;
  readonly words: readonly Words[];
  /** Fetches the words that come later, without which some keys have none; absent once they are there. */
  readonly whole?: () => Promise<Language>;
}

/** Values for the `{placeholders}` of a sentence. */
export type Fill = { [name: string]: unknown };

const SHARED: WordsLoader = {
  zh: () => import('../i18n/zh.json'),
  en: () => import('../i18n/en.json'),
};

/** Loads the shared words of a language, and lays those of a lesson over them: those that are needed first. */
export async function loadLanguage(
  code: LanguageCode,
  lesson: Promise<WordsLoader | null>,
): Promise<Language> {
  const own = lesson.then((loader) => loader?.[code]());
  const [shared, above] = await Promise.all([SHARED[code](), own]);
  const modules = above ? [above, shared] : [shared];
  const whole = async (): Promise<Language> => {
    const all = modules.map(async ({ default: first, later }) => [first, (await later?.())?.default ?? {}]);
    return { code, words: (await Promise.all(all)).flat() };
  };
  return { code, words: modules.map(({ default: first }) => first), whole };
}

/**
 * A language with the words of another one behind its own. While another lesson is being opened, the one before is still
 * shown, and so it is where the other cannot be had: what only it names keeps its words.
 */
export function inFrontOf(language: Language, behind: Language): Language {
  const words = [...new Set([...language.words, ...behind.words])];
  const { code, whole } = language;
  return whole ? { code, words, whole: async () => inFrontOf(await whole(), behind) } : { code, words };
}

/** The words under a dotted key, or null when there are none. */
export function findWords(language: Language, key: string, fill: Fill = {}): string | null {
  const names = key.split('.');
  for (const words of language.words) {
    let node: string | Words | undefined = words;
    // A reader's class may be called `constructor`.
    for (const name of names) {
      node = typeof node === 'object' && Object.hasOwn(node, name) ? node[name] : undefined;
    }
    if (typeof node === 'string') return filled(node, fill);
  }
  return null;
}

function filled(text: string, fill: Fill): string {
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) =>
    Object.hasOwn(fill, name) ? String(fill[name]) : placeholder,
  );
}

/**
 * The words under a dotted key; where there are none, the last name of the key, which is at least readable. That is a
 * fault of ours once all words are there, and the console tells developers of it.
 */
export function words(language: Language, key: string, fill: Fill = {}): string {
  const found = findWords(language, key, fill);
  if (found !== null) return found;
  if (!language.whole) console.warn(`no words for ${key} in ${language.code}`);
  return key.slice(key.lastIndexOf('.') + 1).replaceAll('_', ' ');
}

const numberFormats = new Map<string, Intl.NumberFormat>();

/** A number with at most `digits` significant digits, in plain notation; a whole number is shown whole. */
export function formatNumber({ code }: Language, value: number, digits = 4): string {
  if (!Number.isFinite(value)) return '–';
  if (Number.isSafeInteger(value)) digits = 16;
  const key = `${code} ${digits}`;
  let format = numberFormats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(code === 'zh' ? 'zh-CN' : 'en', { maximumSignificantDigits: digits });
    numberFormats.set(key, format);
  }
  // Very small numbers would be a row of zeros.
  if (value !== 0 && Math.abs(value) < 1e-6) return value.toExponential(digits - 1).replace('-', '−');
  return format.format(value).replace('-', '−');
}

/** A number with the digits that tell it from others between two ends: 12,345.68 where all are between 12,345 and 12,350. */
export function formatWithin(language: Language, value: number, low: number, high: number): string {
  const largest = Math.max(Math.abs(low), Math.abs(high));
  const shared = Math.floor(Math.log10(largest / (high - low)));
  return formatNumber(language, value, Number.isFinite(shared) ? Math.min(15, 4 + Math.max(0, shared)) : 4);
}

/** A share as a percentage; no space stands before the sign, in either language. */
export function formatShare(language: Language, share: number, digits = 3): string {
  return `${formatNumber(language, 100 * share, digits)}%`;
}

/** A whole number with its thousands marked. */
export function formatCount(language: Language, value: number): string {
  return formatNumber(language, Math.round(value), 15);
}
