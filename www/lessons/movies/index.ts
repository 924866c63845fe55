/** What the movies lesson brings to the lab: ratings, networks of embeddings, and what came before them. */

import type { EntryOf } from '../../panels/lesson_entry.js';

export const entry: EntryOf<'movies'> = {
  words: { zh: () => import('./words.zh.json'), en: () => import('./words.en.json') },
  parts: {},
  looks: {},
};
