/** What the iris lesson brings to the lab: rows of a table, a feed-forward network and its classical rivals. */

import { html } from 'lit';
import { afterwards, look, type EntryOf } from '../../panels/lesson_entry.js';
import '../../looks/network/model.js';
import '../../looks/rows/data.js';
import '../../looks/rows/predict.js';
import '../../looks/rows/test_sample.js';
import '../../looks/network/activations.js';
import '../../looks/network/dynamics.js';
import '../../looks/network/weights.js';
import './comparison.js';
import './regions.js';
import './vectors.js';

export const entry: EntryOf<'iris'> = {
  words: { zh: () => import('./words.zh.json'), en: () => import('./words.en.json') },
  parts: {
    data: (session) => html`<ember-data .session=${session}></ember-data>`,
    own: afterwards(
      () => import('../../looks/rows/own_table.js'),
      (session) => html`<ember-own-table .session=${session}></ember-own-table>`,
    ),
    model: (session) => html`<ember-model .session=${session}></ember-model>`,
    predict: (session) => html`<ember-predict .session=${session}></ember-predict>`,
    samples: (session) => html`<ember-test-sample .session=${session}></ember-test-sample>`,
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
    comparison: look((session) => html`<ember-comparison .session=${session}></ember-comparison>`),
    vectors: look((session) => html`<ember-vectors .session=${session}></ember-vectors>`),
    weights: look((session) => html`<ember-weights .session=${session}></ember-weights>`),
    activations: look((session) => html`<ember-activations .session=${session}></ember-activations>`),
    dynamics: look((session) => html`<ember-dynamics .session=${session}></ember-dynamics>`),
  },
};
