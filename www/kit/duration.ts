/** A time span in words. */

import { words, type Language } from './words.js';

/** Seconds, rounded up, or minutes and seconds, or hours and minutes. */
export function durationText(language: Language, seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return words(language, 'ui.run.seconds', { seconds: whole });
  if (whole >= 3600) {
    const minutes = Math.ceil(whole / 60);
    return words(language, 'ui.run.hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
  }
  return words(language, 'ui.run.minutes', { minutes: Math.floor(whole / 60), seconds: whole % 60 });
}
