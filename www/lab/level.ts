/** How many of a lesson's settings stand open at first sight. */

import { remembered } from '../kit/remembered.js';

/** From the fewest to all. */
export const LEVELS = ['play', 'tune', 'everything'] as const;
export type Level = (typeof LEVELS)[number];

/** Where the reader's choice is kept. */
export const LEVEL_KEY = 'level';

/** The level of a name, or null. */
export function levelNamed(name: string | null): Level | null {
  return LEVELS.find((level) => level === name) ?? null;
}

/**
 * The level a lab begins with: that of the page's address, of the attribute, of the reader's last choice. Else the book's
 * own pages begin with a few settings, and labs in other pages with all, as their authors have come to expect.
 */
export function firstLevel({ level, ownsAddress }: { level: Level | null; ownsAddress: boolean }): Level {
  if (!ownsAddress) return level ?? 'everything';
  const asked = levelNamed(new URLSearchParams(location.search).get('level'));
  return asked ?? level ?? levelNamed(remembered(LEVEL_KEY)) ?? 'play';
}
