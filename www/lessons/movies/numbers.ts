/** Stars and lists as they are read. */

import { formatNumber, words, type Language } from '../../kit/words.js';

/** Stars as a reader says them, to a hundredth: “4.5 stars”. */
export function starsText(language: Language, stars: number): string {
  const key = stars === 1 ? 'ui.stars.one' : 'ui.stars.some';
  return words(language, key, { stars: formatNumber(language, Math.round(stars * 100) / 100, 3) });
}

/** A number with its sign. */
export function signed(language: Language, value: number): string {
  const rounded = Math.round(value * 100) / 100;
  return `${rounded > 0 ? '+' : ''}${formatNumber(language, rounded, 3)}`;
}

/** Texts as a list in a sentence. */
export const listed = ({ code }: Language, texts: readonly string[]): string =>
  new Intl.ListFormat(code === 'zh' ? 'zh-CN' : 'en', { type: 'conjunction' }).format(texts);
