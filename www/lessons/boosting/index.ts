/** What the boosting lesson brings to the lab: trees as they grow, what matters in them, and what is done with them. */

import { html } from 'lit';
import { afterwards, later, look, wide, type EntryOf } from '../../panels/lesson_entry.js';
import { ended } from './ended.js';
import './tree_growth.js';

export const entry: EntryOf<'boosting'> = {
  words: { zh: () => import('./words.zh.json'), en: () => import('./words.en.json') },
  parts: {
    predict: afterwards(
      () => import('./predict_row.js'),
      (session) => html`<ember-predict-row .session=${session}></ember-predict-row>`,
    ),
    own: afterwards(
      () => import('../../looks/rows/own_table.js'),
      (session) => html`<ember-own-table .session=${session}></ember-own-table>`,
    ),
  },
  ended,
  // Two lists of the same columns are one table.
  settings: {
    drop_columns: afterwards(
      () => import('./column_table.js'),
      (session) => html`<ember-column-table .session=${session}></ember-column-table>`,
    ),
    categorical_feature: null,
  },
  levels: {
    play: ['learning_rate', 'num_leaves', 'num_iterations', 'seed', 'min_data_in_leaf'],
    tune: [
      'label_column',
      'drop_columns',
      'categorical_feature',
      'encoding',
      'grow_policy',
      'max_depth',
      'lambda_l2',
      'max_bin',
      'objective',
      'boosting',
      'bagging_fraction',
      'bagging_freq',
      'feature_fraction',
      'early_stopping_round',
    ],
  },
  looks: {
    campaign: later(
      () => import('./campaign_data.js'),
      look((session) => html`<ember-campaign-data .session=${session}></ember-campaign-data>`),
    ),
    growth: wide((session) => html`<ember-tree-growth .session=${session}></ember-tree-growth>`),
    importance: later(
      () => import('./importance.js'),
      look((session) => html`<ember-importance .session=${session}></ember-importance>`),
    ),
    answers: later(
      () => import('./answer_curves.js'),
      look((session) => html`<ember-answer-curves .session=${session}></ember-answer-curves>`),
    ),
    contributions: later(
      () => import('./contributions.js'),
      look((session) => html`<ember-contributions .session=${session}></ember-contributions>`),
    ),
    trees: later(
      () => import('./all_trees.js'),
      wide((session) => html`<ember-all-trees .session=${session}></ember-all-trees>`),
    ),
    rules: later(
      () => import('./rules.js'),
      look((session) => html`<ember-rules .session=${session}></ember-rules>`),
    ),
    job: later(
      () => import('./training_job.js'),
      look((session) => html`<ember-training-job .session=${session}></ember-training-job>`),
    ),
    batch: later(
      () => import('./batch_transform.js'),
      look((session) => html`<ember-batch-transform .session=${session}></ember-batch-transform>`),
    ),
  },
};
