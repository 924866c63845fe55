/** What the movies lesson brings to the lab: ratings, networks of embeddings, and what came before them. */

import { html } from 'lit';
import { later, wide, type EntryOf } from '../../panels/lesson_entry.js';

export const entry: EntryOf<'movies'> = {
  words: { zh: () => import('./words.zh.json'), en: () => import('./words.en.json') },
  parts: {},
  looks: {
    funnel: later(
      () => import('./funnel.js'),
      wide((session) => html`<ember-funnel .session=${session}></ember-funnel>`),
    ),
    world: later(
      () => import('./made_world.js'),
      wide((session) => html`<ember-made-world .session=${session}></ember-made-world>`),
    ),
  },
};
