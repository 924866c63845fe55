/** Ends and mean of a column of numbers, in words. */

import { formatWithin, words, type Language } from '../../kit/words.js';

/** "0.0012 to 0.0041, mean 0.00265": as precise as the column needs. */
export function rangeText(
  language: Language,
  { min, max, mean }: { min: number; max: number; mean: number },
): string {
  const text = (value: number): string => formatWithin(language, value, min, max);
  return words(language, 'ui.own_table.range', { min: text(min), max: text(max), mean: text(mean) });
}
