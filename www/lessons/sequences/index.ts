/** What the sequences lesson brings to the lab: histories of things with pictures and words, and the graphs made of them. */

import { html } from 'lit';
import type { LabSession } from '../../lab/session.js';
import type { SavedFile } from '../../looks/save_tables.js';
import { afterwards, later, look, wide, type EntryOf } from '../../panels/lesson_entry.js';
import './history_graph.js';

/** The tables that the programs of the code view read. */
const tables = async (session: LabSession): Promise<SavedFile[]> =>
  (await import('./tables.js')).tables(session);

export const entry: EntryOf<'sequences'> = {
  words: { zh: () => import('./words.zh.json'), en: () => import('./words.en.json') },
  parts: {
    data: afterwards(
      () => import('./sequences_data.js'),
      (session) => html`<ember-sequences-data .session=${session}></ember-sequences-data>`,
    ),
    predict: afterwards(
      () => import('./next_item.js'),
      (session) => html`<ember-next-item .session=${session}></ember-next-item>`,
    ),
    beside_code: afterwards(
      () => import('../../looks/save_tables.js'),
      (session) =>
        html`<ember-save-tables .session=${session} .files=${() => tables(session)}></ember-save-tables>`,
    ),
    own: afterwards(
      () => import('./own_sequences.js'),
      (session) => html`<ember-own-sequences .session=${session}></ember-own-sequences>`,
    ),
  },
  levels: {
    play: ['order_strength', 'image_strength', 'text_strength', 'seed', 'epochs', 'learning_rate', 'dim'],
    tune: [
      'dataset',
      'users',
      'signals',
      'max_history',
      'missing',
      'dim',
      'layers',
      'pooling',
      'modality',
      'node_info',
      'mode',
      'order',
      'encoder',
      'clusters',
      'batch_size',
      'dropout',
    ],
  },
  looks: {
    graph: wide((session) => html`<ember-history-graph .session=${session}></ember-history-graph>`),
    codes: later(
      () => import('./codes.js'),
      wide((session) => html`<ember-modality-codes .session=${session}></ember-modality-codes>`),
    ),
    disturbed: later(
      () => import('./two_bars.js'),
      look((session) => html`<ember-two-bars .session=${session}></ember-two-bars>`),
    ),
    secret: later(
      () => import('./secret.js'),
      look((session) => html`<ember-secret-signal .session=${session}></ember-secret-signal>`),
    ),
    pooling: later(
      () => import('./pooling.js'),
      look((session) => html`<ember-pooling-pairs .session=${session}></ember-pooling-pairs>`),
    ),
    cost: later(
      () => import('./cost.js'),
      look((session) => html`<ember-cost .session=${session}></ember-cost>`),
    ),
  },
};
