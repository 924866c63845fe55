/** A run goes on without a sort of edges, from the weights of its step. */

import { equal, ok } from '../../browser/support/expect.mjs';
import { floatsOf } from '../../browser/support/tensors.mjs';
import { GraphPanel } from './support/graph_panel.mjs';
import { small } from './support/lesson.mjs';

const PART = 'ember-train-on';

/** The numbers of all tensors by name. */
const weights = async (page) => [...floatsOf(await page.call('exportModel', 'safetensors'))];

export const tests = [
  {
    name: 'a run goes on without a sort of edges, from the weights of its step',
    browsers: ['chromium'],
    async run({ open, words }) {
      const t = (key, fill) => words('en', key, fill, 'sequences');
      const page = await open(small({ hide: 'story,code,goals,export,share,experiments', epochs: 2 }));
      await page.waitForStatus('ready');
      await page.call('start');
      await GraphPanel.open(page, t);
      const graph = async () => page.call('inspect', 'graph', { user: 3 });
      const before = await graph();
      const learned = await weights(page);
      await page.click('checkbox', t('controls.left_out.options.item_image'), PART);
      await page.click('button', t('ui.train_on.act'), PART);
      await page.waitForSettings({ left_out: ['item_image'] });
      await page.waitForText(t('ui.train_on.title'), PART);
      await page.settled();
      const after = await graph();
      const sorts = new Set(after.edges.map(({ relation }) => relation));
      equal(
        [5, 6].filter((relation) => sorts.has(relation)),
        [],
        'edges between items and pictures',
      );
      ok(
        before.edges.some(({ relation }) => relation === 5),
        'there were such edges',
        before.edges,
      );
      equal(await weights(page), learned, 'the weights');
      await page.call('step', 1);
      const losses = (await page.call('history')).filter((point) => 'loss' in point);
      equal(losses.length, 1, 'steps from these weights');
    },
  },
];
