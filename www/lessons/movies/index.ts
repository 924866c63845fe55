/** What the movies lesson brings to the lab: ratings, networks of embeddings, and what came before them. */

import { html } from 'lit';
import type { EntryOf } from '../../panels/lesson_entry.js';
import './own_ratings.js';
import './save_tables.js';

export const entry: EntryOf<'movies'> = {
  words: { zh: () => import('./words.zh.json'), en: () => import('./words.en.json') },
  parts: {
    beside_code: (session) => html`<ember-save-tables .session=${session}></ember-save-tables>`,
    own: (session) => html`<ember-own-ratings .session=${session}></ember-own-ratings>`,
  },
  looks: {},
};
