/** Reasons of a score as sentences. */

import type { Reason } from '../../generated/movies.js';
import { formatNumber, words, type Language } from '../../kit/words.js';
import { genreName } from './named.js';
import { listed, signed, starsText } from './numbers.js';

/** Whom a sentence is about: the published id of a user, or null for the reader. */
export type Whom = number | null;

/** One sentence for each kind of reason that there is, in the order in which they were given. */
export function reasonSentences(
  language: Language,
  reasons: readonly Reason[],
  whom: Whom,
  starsOf: (movie: number) => number | null,
): string[] {
  const say = (key: string, fill: { [name: string]: string }): string => {
    const of = whom === null ? 'you' : 'user';
    return words(language, `ui.reasons.${of}.${key}`, { ...fill, user: String(whom) });
  };
  const of = (source: Reason['source']): Reason[] => reasons.filter((reason) => reason.source === source);
  const names = (some: readonly Reason[]): string =>
    listed(
      language,
      some.map(({ name }) => name ?? ''),
    );
  const add = (source: Reason['source']): string[] =>
    of(source).map(({ weight }) => words(language, `ui.reasons.${source}`, { by: signed(language, weight) }));
  const films = of('film').map(({ id, name, weight }) => {
    const stars = id === null ? null : starsOf(id);
    const title = name ?? '';
    const key = weight < 0 ? 'film_against' : stars === null ? 'film_seen' : 'film';
    return say(key, { title, stars: stars === null ? '' : starsText(language, stars) });
  });
  const users = of('user').map(({ id }) => String(id));
  const factors = of('factor').map(({ id, weight }) => ({
    number: String((id ?? 0) + 1),
    by: signed(language, weight),
  }));
  const genres = listed(
    language,
    of('genre').map(({ name }) => genreName(language, name ?? '')),
  );
  return [
    ...of('mean').map(({ weight }) =>
      words(language, 'ui.reasons.mean', { stars: formatNumber(language, weight, 3) }),
    ),
    ...add('user_bias'),
    ...add('film_bias'),
    ...factors.map((factor) => words(language, 'ui.reasons.factor', factor)),
    ...of('raters').map(({ weight }) =>
      words(language, 'ui.reasons.raters', { count: formatNumber(language, weight) }),
    ),
    ...(users.length > 0 ? [say('users', { users: listed(language, users) })] : []),
    ...films,
    ...(of('genre').length > 0 ? [say('genres', { genres })] : []),
    ...(of('word').length > 0 ? [say('words', { words: names(of('word')) })] : []),
  ];
}
