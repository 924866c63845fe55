/** A run goes on with a change of its graphs, from the weights of its step. */

import { equal, ok } from '../../browser/support/expect.mjs';
import { floatsOf } from '../../browser/support/tensors.mjs';
import { GraphPanel } from './support/graph_panel.mjs';
import { small } from './support/lesson.mjs';

const PART = 'ember-train-on';
const HAND = 'ember-train-on-hand';

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
  {
    name: 'a run goes on with what was changed by hand, the address carries it, and it is taken back',
    browsers: ['chromium'],
    async run({ open, words }) {
      const t = (key, fill) => words('en', key, fill, 'sequences');
      const hidden = 'story,code,goals,export,share,experiments';
      const page = await open(small({ hide: hidden, epochs: 2 }));
      await page.waitForStatus('ready');
      await page.call('start');
      const panel = await GraphPanel.open(page, t);
      await page.waitForText(t('ui.train_on_hand.help.unchanged'), HAND);
      const [first, second, third, ...rest] = await panel.titles();
      const [number] = await page.values('spinbutton', 'ember-history-choice');
      const user = Number(number) - 1;
      const { next } = await page.call('inspect', 'graph', { user });
      await panel.choose(1);
      await panel.use('later');
      await panel.without('image');
      const learned = await weights(page);
      const steps = [0, 2, 1, ...rest.map((_, place) => place + 3)];
      const edited = [`u${user}`, ...steps.map((step) => `s${step}p`)].join('.');
      await page.click('button', t('ui.train_on_hand.act'), HAND);
      await page.waitForSettings({ edited });
      await page.settled();
      equal(await weights(page), learned, 'the weights');
      const { edited: reach } = await page.call('inspect', 'graph', { user });
      const count = (number) => number.toLocaleString('en');
      const inForce = t('ui.train_on_hand.in_force.user', {
        user: number,
        examples: count(reach.examples),
        learned: count(reach.learned),
      });
      ok(reach.examples > 0 && reach.examples < steps.length, 'examples of this history', reach);
      await page.waitForText(inForce, HAND);

      // What it did is said beside what was there before.
      await page.call('start');
      const { items } = await page.call('inspect', 'items', {});
      const history = [first, third, second, ...rest].map(
        (title) => items.find((item) => item.title === title).id,
      );
      const edits = { without_images: history.map((_, step) => step) };
      const now = await page.call('inspect', 'graph', { history, next: items[next.item].id, edits });
      const figure = (number) => number.toLocaleString('en', { maximumSignificantDigits: 3 });
      await page.waitForText(`loss ${figure(now.next.loss)} now`, HAND);

      // Another page of this address begins with the same in hand and in force.
      const { config } = await page.call('exportRun');
      const other = await open(small({ hide: hidden, epochs: 2, edited: config.edited }));
      await other.waitForStatus('ready');
      const again = await GraphPanel.open(other, t);
      await other.waitForText(inForce, HAND);
      equal(await again.titles(), await panel.titles(), 'the steps in hand');

      await page.click('button', t('ui.train_on_hand.take_back'), HAND);
      await page.waitForSettings({ edited: '' });
      await page.waitForCount(0, 'button', t('ui.train_on_hand.take_back'), HAND);
      const taken = await page.call('inspect', 'graph', { user });
      equal(taken.edited, null, 'nothing is in force');
    },
  },
];
