/** What the movies lesson brings to the lab: ratings, networks of embeddings, and what came before them. */

import { html } from 'lit';
import { later, look, wide, type EntryOf } from '../../panels/lesson_entry.js';
import './ratings_data.js';
import './fusion_model.js';

export const entry: EntryOf<'movies'> = {
  words: { zh: () => import('./words.zh.json'), en: () => import('./words.en.json') },
  parts: {
    data: (session) => html`<ember-ratings-data .session=${session}></ember-ratings-data>`,
    model: (session) => html`<ember-fusion-model .session=${session}></ember-fusion-model>`,
  },
  looks: {
    title: later(
      () => import('./title_steps.js'),
      wide((session) => html`<ember-title-steps .session=${session}></ember-title-steps>`),
    ),
    map: later(
      () => import('./film_map.js'),
      look((session) => html`<ember-film-map .session=${session}></ember-film-map>`),
    ),
    cold_start: later(
      () => import('./cold_start.js'),
      look((session) => html`<ember-cold-start .session=${session}></ember-cold-start>`),
    ),
  },
};
