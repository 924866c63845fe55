/** What a finished run achieved, in sentences. */

import type { Description, Figures } from '../../engine/protocol.js';
import { formatCount, formatNumber, words, type Language } from '../../kit/words.js';
import { accuracyInterval } from '../../lab/statistics.js';
import { figuresText } from '../../looks/rows/accuracy.js';

/** Fewer points than this of luck are shown with a decimal. */
const FEW_POINTS = 2;

/**
 * The last split is the one a run is judged by. An accuracy is told as a count, with how far luck moves it: half the
 * width of its 95 % interval. `key` is a sentence of the lesson's own about its examples. Without an accuracy the
 * figures are listed, the `headlines` alone where there are some.
 */
export function verdictText(
  language: Language,
  split: string,
  figures: Figures,
  key: string,
  headlines: Description['headlines'] = [],
): string {
  const { accuracy, rows } = figures;
  const interval = rows ? accuracyInterval((accuracy ?? NaN) * rows, rows) : null;
  const name = words(language, `splits.${split}`);
  if (!interval || !rows || !Number.isFinite(interval.low)) {
    const list = figuresText(language, figures, headlines).join(language.code === 'zh' ? '，' : ', ');
    return words(language, 'ui.verdict.figures', { split: name, figures: list });
  }
  const points = 50 * (interval.high - interval.low);
  return words(language, key, {
    correct: formatCount(language, Math.round(accuracy! * rows)),
    rows: formatCount(language, rows),
    split: name,
    points: points < FEW_POINTS ? points.toFixed(1) : formatNumber(language, Math.round(points)),
  });
}
