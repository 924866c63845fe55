/** What the movies lesson brings to the lab: ratings, networks of embeddings, and what came before them. */

import { html } from 'lit';
import type { EntryOf } from '../../panels/lesson_entry.js';
import './own_ratings.js';

export const entry: EntryOf<'movies'> = {
  words: { zh: () => import('./words.zh.json'), en: () => import('./words.en.json') },
  parts: {
    predict: (session) => {
      // The element is there at once and comes to life with its script.
      import('./ask.js').catch((thrown: unknown) => session.report(thrown));
      return html`<ember-ask .session=${session}></ember-ask>`;
    },
    own: (session) => html`<ember-own-ratings .session=${session}></ember-own-ratings>`,
  },
  looks: {},
};
