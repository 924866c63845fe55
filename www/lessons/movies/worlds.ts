/** Made worlds to begin with, and what a model's figures say of one. */

import type { Found } from '../../generated/movies.js';

/** Settings of each world. */
export const WORLDS = {
  clear: {
    tastes: 3,
    taste_strength: 1.2,
    noise: 0.3,
    density: 0.15,
    popularity_skew: 0.5,
    choosiness: 0.5,
    demographic_effect: 0.5,
  },
  popularity: {
    tastes: 0,
    taste_strength: 0,
    noise: 0.5,
    density: 0.1,
    popularity_skew: 1.2,
    choosiness: 0,
    demographic_effect: 0,
  },
  sparse: {
    tastes: 5,
    taste_strength: 0.7,
    noise: 0.5,
    density: 0.01,
    popularity_skew: 0.8,
    choosiness: 0.5,
    demographic_effect: 0.5,
  },
  demographics: {
    tastes: 2,
    taste_strength: 1,
    noise: 0.5,
    density: 0.02,
    popularity_skew: 0.8,
    choosiness: 0.5,
    demographic_effect: 1,
  },
};

/** What a model found: nothing to be found, tastes, some of them, popularity alone, or nothing. */
export type Verdict = 'no_tastes' | 'tastes' | 'some' | 'popularity' | 'nothing';

/** Correlations from which tastes are found, and found in part; and popularity. */
const [FOUND, IN_PART, POPULAR] = [0.6, 0.2, 0.5];

/** What the figures say, in one word. */
export function verdict(tastes: number, found: Pick<Found, 'taste' | 'popularity'>): Verdict {
  if (tastes === 0) return 'no_tastes';
  if (found.taste >= FOUND) return 'tastes';
  if (found.taste >= IN_PART) return 'some';
  return found.popularity >= POPULAR ? 'popularity' : 'nothing';
}
