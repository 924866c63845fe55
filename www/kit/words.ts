/** The words of the page: one file per language, both in the bundle, so that switching needs no network. */

import en from '../i18n/en.json';
import zh from '../i18n/zh.json';

/** The languages of the book. */
export const LANGUAGES = ['zh', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

type Tree = { [key: string]: string | Tree };
const TREES: Record<Language, Tree> = { zh: zh as Tree, en: en as Tree };

/** Values for the `{placeholders}` of a sentence. */
export type Fill = { [name: string]: unknown };

/** The book's language for a BCP 47 tag such as `zh-CN`; English for all that is not Chinese. */
export function languageOf(tag: string): Language {
  return /^zh\b/i.test(tag) ? 'zh' : 'en';
}

/** The words under a dotted key, or null when there are none. */
export function findWords(language: Language, key: string, fill: Fill = {}): string | null {
  let node: string | Tree | undefined = TREES[language];
  for (const name of key.split('.')) node = typeof node === 'object' ? node[name] : undefined;
  if (typeof node !== 'string') return null;
  return node.replace(/\{(\w+)\}/g, (placeholder, name: string) =>
    name in fill ? String(fill[name]) : placeholder,
  );
}

/** The words under a dotted key; where there are none, the last name of the key, which is at least readable. */
export function words(language: Language, key: string, fill: Fill = {}): string {
  return findWords(language, key, fill) ?? key.slice(key.lastIndexOf('.') + 1).replaceAll('_', ' ');
}

const numberFormats = new Map<string, Intl.NumberFormat>();

/** A number with at most `digits` significant digits, in plain notation. */
export function formatNumber(language: Language, value: number, digits = 4): string {
  if (!Number.isFinite(value)) return '–';
  const key = `${language} ${digits}`;
  let format = numberFormats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en', { maximumSignificantDigits: digits });
    numberFormats.set(key, format);
  }
  // Very small numbers would be a row of zeros.
  if (value !== 0 && Math.abs(value) < 1e-6) return value.toExponential(digits - 1).replace('-', '−');
  return format.format(value).replace('-', '−');
}

/** A whole number with its thousands marked. */
export function formatCount(language: Language, value: number): string {
  return formatNumber(language, Math.round(value), 15);
}
