/** What the vision lesson brings to the lab: pictures, convolutional networks, and what their layers see. */

import { html } from 'lit';
import { afterwards, later, wide, type EntryOf } from '../../panels/lesson_entry.js';
import { ended } from './ended.js';

export const entry: EntryOf<'vision'> = {
  words: { zh: () => import('./words.zh.json'), en: () => import('./words.en.json') },
  parts: {
    data: afterwards(
      () => import('../../looks/pictures/gallery.js'),
      (session) => html`<ember-gallery .session=${session}></ember-gallery>`,
    ),
    own: afterwards(
      () => import('../../looks/pictures/own_pictures.js'),
      (session) => html`<ember-own-pictures .session=${session}></ember-own-pictures>`,
    ),
    front: afterwards(
      () => import('./first_digit.js'),
      (session) => html`<ember-first-digit .session=${session}></ember-first-digit>`,
    ),
    model: afterwards(
      () => import('./summary.js'),
      (session) => html`<ember-summary .session=${session}></ember-summary>`,
    ),
    predict: afterwards(
      () => import('../../looks/pictures/predict_pictures.js'),
      (session) => html`<ember-predict-pictures .session=${session}></ember-predict-pictures>`,
    ),
    wrong: (session, split, moment) => {
      import('../../looks/pictures/wrong_pictures.js').catch((thrown: unknown) => session.report(thrown));
      return html`<ember-wrong-pictures
        .session=${session}
        .split=${split}
        .judged=${moment}
      ></ember-wrong-pictures>`;
    },
  },
  ended,
  levels: {
    play: ['learning_rate', 'filters', 'epochs', 'seed', 'train_size'],
    tune: ['dataset', 'image_size', 'augment', 'dense_units', 'optimizer', 'batch_size', 'stop_at_accuracy'],
  },
  looks: {
    filter_bench: later(
      () => import('./filter_bench.js'),
      wide((session) => html`<ember-filter-bench .session=${session}></ember-filter-bench>`),
    ),
    maps: later(
      () => import('./maps.js'),
      wide((session) => html`<ember-maps .session=${session}></ember-maps>`),
    ),
    filters: later(
      () => import('./kernels.js'),
      wide((session) => html`<ember-kernels .session=${session}></ember-kernels>`),
    ),
  },
};
