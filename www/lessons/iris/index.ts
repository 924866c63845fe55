/** What the iris lesson brings to the lab: rows of a table, a feed-forward network and its classical rivals. */

import { html } from 'lit';
import { afterwards, later, look, type EntryOf } from '../../panels/lesson_entry.js';
import './regions.js';

export const entry: EntryOf<'iris'> = {
  words: { zh: () => import('./words.zh.json'), en: () => import('./words.en.json') },
  parts: {
    data: afterwards(
      () => import('../../looks/rows/data.js'),
      (session) => html`<ember-data .session=${session}></ember-data>`,
    ),
    own: afterwards(
      () => import('../../looks/rows/own_table.js'),
      (session) => html`<ember-own-table .session=${session}></ember-own-table>`,
    ),
    model: afterwards(
      () => import('../../looks/network/model.js'),
      (session) => html`<ember-model .session=${session}></ember-model>`,
    ),
    predict: afterwards(
      () => import('./flower_predict.js'),
      (session) => html`<ember-flower-predict .session=${session}></ember-flower-predict>`,
    ),
    samples: afterwards(
      () => import('../../looks/rows/test_sample.js'),
      (session) => html`<ember-test-sample .session=${session}></ember-test-sample>`,
    ),
  },
  levels: {
    play: ['learning_rate', 'hidden', 'init_std', 'C', 'kernel', 'epochs', 'seed'],
    tune: [
      'dataset',
      'label_column',
      'features',
      'train_size',
      'gaps',
      'model',
      'activation',
      'gamma',
      'optimizer',
      'batch_size',
    ],
  },
  looks: {
    regions: look((session) => html`<ember-regions .session=${session}></ember-regions>`),
    comparison: later(
      () => import('./comparison.js'),
      look((session) => html`<ember-comparison .session=${session}></ember-comparison>`),
    ),
    vectors: later(
      () => import('./vectors.js'),
      look((session) => html`<ember-vectors .session=${session}></ember-vectors>`),
    ),
    weights: later(
      () => import('../../looks/network/weights.js'),
      look((session) => html`<ember-weights .session=${session}></ember-weights>`),
    ),
    activations: later(
      () => import('../../looks/network/activations.js'),
      look((session) => html`<ember-activations .session=${session}></ember-activations>`),
    ),
    dynamics: later(
      () => import('../../looks/network/dynamics.js'),
      look((session) => html`<ember-dynamics .session=${session}></ember-dynamics>`),
    ),
  },
};
