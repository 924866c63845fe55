/** A sample as the document's reader gives it. */

import type { Samples } from '../../generated/movies.js';

/** `[user, gender, age, job, movie, [categories], [title words], [label]]`; without the three where they are not used. */
export function sampleText({
  user,
  movie,
  known,
  categories,
  words,
  label,
}: Pick<Samples['samples'][number], 'user' | 'movie' | 'known' | 'categories' | 'words' | 'label'>): string {
  const about = known ? [known.gender, known.age, known.job] : [];
  const list = (numbers: readonly number[]): string => `[${numbers.join(', ')}]`;
  const decimal = Number.isInteger(label) ? label.toFixed(1) : String(label);
  return `[${[user, ...about, movie, list(categories), list(words), `[${decimal}]`].join(', ')}]`;
}
