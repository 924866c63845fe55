/** What genres and occupations are called: the files of MovieLens name them in English. */

import { findWords, words, type Language } from '../../kit/words.js';

/** A name of a file as a key of the words: `Sci-Fi` is `sci_fi`. */
const keyOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');

/** A genre; one that no published file has keeps its name. */
export function genreName(language: Language, name: string): string {
  const number = /^Genre (\d+)$/.exec(name)?.[1];
  if (number !== undefined) return words(language, 'ui.genres.made', { number });
  return findWords(language, `ui.genres.${keyOf(name)}`) ?? name;
}

/** An occupation, likewise. */
export const occupationName = (language: Language, name: string): string =>
  findWords(language, `ui.occupations.${keyOf(name)}`) ?? name;
