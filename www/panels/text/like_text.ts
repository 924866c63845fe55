/** Numbers written as others are: with as many decimals, as a share or in percent, with the same unit behind. */

import { formatCount, type Language } from '../../kit/words.js';

const NUMBER = /[-−]?(?:\d[\d,]*(?:\.(\d+))?|\.(\d+))/;

/** `value` as `pattern` writes its number: 0.9333 like "86.7%" is "93.3%", 456.2 like "1,200 steps" is "456 steps". */
export function likeText(language: Language, pattern: string, value: number): string {
  const found = NUMBER.exec(pattern);
  if (!found || !Number.isFinite(value)) return Number.isFinite(value) ? String(value) : '–';
  const behind = pattern.slice(found.index + found[0].length);
  const shown = /^\s*%/.test(behind) ? 100 * value : value;
  const decimals = (found[1] ?? found[2])?.length ?? 0;
  const whole = decimals > 0 ? shown.toFixed(decimals) : formatCount(language, Math.round(shown));
  // ".906" has no zero, and so has what stands in its place.
  const text = (found[2] === undefined ? whole : whole.replace(/^(-?)0\./, '$1.')).replace('-', '−');
  return pattern.slice(0, found.index) + text + behind;
}
