/** What the movies lesson brings to the lab: ratings, networks of embeddings, and what came before them. */

import { html } from 'lit';
import type { LabSession } from '../../lab/session.js';
import type { SavedFile } from '../../looks/save_tables.js';
import { afterwards, later, look, wide, type EntryOf } from '../../panels/lesson_entry.js';

/** The tables that the programs of the code view read. */
const tables = async (session: LabSession): Promise<SavedFile[]> =>
  (await import('./tables.js')).tables(session);

export const entry: EntryOf<'movies'> = {
  words: { zh: () => import('./words.zh.json'), en: () => import('./words.en.json') },
  parts: {
    data: afterwards(
      () => import('./ratings_data.js'),
      (session) => html`<ember-ratings-data .session=${session}></ember-ratings-data>`,
    ),
    model: afterwards(
      () => import('./fusion_model.js'),
      (session) => html`<ember-fusion-model .session=${session}></ember-fusion-model>`,
    ),
    predict: afterwards(
      () => import('./ask.js'),
      (session) => html`<ember-ask .session=${session}></ember-ask>`,
    ),
    front: afterwards(
      () => import('./first_list.js'),
      (session) => html`<ember-first-list .session=${session}></ember-first-list>`,
    ),
    beside_code: afterwards(
      () => import('../../looks/save_tables.js'),
      (session) =>
        html`<ember-save-tables .session=${session} .files=${() => tables(session)}></ember-save-tables>`,
    ),
    own: afterwards(
      () => import('./own_ratings.js'),
      (session) => html`<ember-own-ratings .session=${session}></ember-own-ratings>`,
    ),
  },
  levels: {
    play: ['learning_rate', 'embedding_size', 'neighbours', 'passes', 'seed', 'split'],
    tune: [
      'dataset',
      'users',
      'films',
      'tastes',
      'taste_strength',
      'noise',
      'density',
      'demographics',
      'hidden_size',
      'activation',
      'pooling',
      'tower',
      'batch_size',
      'negatives',
      'ranking_tower',
      'ranking_passes',
      'valid',
    ],
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
    funnel: later(
      () => import('./funnel.js'),
      wide((session) => html`<ember-funnel .session=${session}></ember-funnel>`),
    ),
    world: later(
      () => import('./made_world.js'),
      wide((session) => html`<ember-made-world .session=${session}></ember-made-world>`),
    ),
    first_lists: later(
      () => import('./first_lists.js'),
      look((session) => html`<ember-first-lists .session=${session}></ember-first-lists>`),
    ),
    cold_start: later(
      () => import('./cold_start.js'),
      look((session) => html`<ember-cold-start .session=${session}></ember-cold-start>`),
    ),
  },
};
