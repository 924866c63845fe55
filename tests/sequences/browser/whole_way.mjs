/** The whole way of a reader through the lesson. */

import { contains, equal, ok } from '../../browser/support/expect.mjs';
import { EVERYWHERE } from '../../browser/support/lessons.mjs';
import { openGroups, PANEL } from '../../browser/support/settings_panel.mjs';
import { GraphPanel } from './support/graph_panel.mjs';
import { small } from './support/lesson.mjs';

const NEXT_ITEM = 'ember-next-item';

/** Sets the run going with its button, and gives how many epochs were trained and judged once it is done. */
async function train(page, t) {
  await page.click('button', t('ui.run.start'), 'ember-run-bar');
  await page.waitForStatus('done');
  return (await page.call('history')).filter((point) => 'valid_mrr@20' in point).length;
}

export const tests = [
  {
    name: 'a history is edited, three epochs trained, pictures dropped, the mode switched, and the next item predicted with reasons',
    browsers: EVERYWHERE,
    async run({ open, words }) {
      const t = (key, fill) => words('en', key, fill, 'sequences');
      const page = await open(small({ hide: 'story,code,goals,export,share,experiments', level: 'tune' }));
      await page.waitForStatus('ready');
      const panel = await GraphPanel.open(page, t);
      const { items } = await page.call('inspect', 'items', {});
      const ids = async () =>
        (await panel.titles()).map((title) => items.find((item) => item.title === title).id);
      const before = await ids();

      // A history is edited: its graph follows.
      await panel.choose(0);
      await panel.use('later');
      const history = await ids();
      equal(history, [before[1], before[0], ...before.slice(2)], 'the first two items have changed places');
      const graph = await page.call('inspect', 'graph', { history });
      await panel.waitForSize(graph);
      await page.waitForText(t('ui.asked.untrained'), NEXT_ITEM);

      equal(await train(page, t), 3, 'epochs');
      const trained = await page.call('inspect', 'graph', { history });
      ok(trained.hohe_from_he > 0, 'in the paper the first step of hohe counts', trained.hohe_from_he);
      // What is not in sight is not asked about.
      await page.show(GraphPanel.PART);
      await page.waitForText(
        t('ui.graph.hohe_apart', { difference: shown(trained.hohe_from_he) }),
        GraphPanel.PART,
      );
      equal(await ids(), history, 'the history in hand while it was trained');

      // A modality is dropped.
      ok(
        trained.nodes.some(({ kind }) => kind === 'image'),
        'there are codes of pictures',
        trained.nodes,
      );
      await panel.without('image');
      const edits = { without_images: history.map((_, step) => step) };
      const blind = await page.call('inspect', 'graph', { history, edits });
      ok(
        blind.nodes.every(({ kind }) => kind !== 'image'),
        'there are none any more',
        blind.nodes,
      );
      await panel.waitForSize(blind);
      contains((await panel.steps())[0], t('ui.graph.lacks.image'), 'what a step lacks');
      await panel.use('undo');
      await panel.waitForSize(trained);

      // The mode is switched.
      await openGroups(page);
      await page.click('radio', t('controls.mode.options.code'), PANEL);
      await page.waitForSettings({ mode: 'code' });
      equal(await train(page, t), 3, 'epochs');
      await page.show(GraphPanel.PART);
      await page.waitForText(t('ui.graph.hohe_same'), GraphPanel.PART);
      equal(await ids(), history, 'the history in hand after the switch');
      equal((await page.call('inspect', 'graph', { history })).hohe_from_he, 0, 'hohe less he');

      // What comes next, and why.
      await page.show(NEXT_ITEM);
      await page.waitForText(t('ui.next_item.next'), NEXT_ITEM);
      await page.waitForNoText(t('ui.asked.untrained'), NEXT_ITEM);
      const asked = { history: await composed(page, t, items), top: 10 };
      const { list } = await page.call('predict', asked);
      const text = await page.text(NEXT_ITEM);
      for (const { title } of list) contains(text, title, 'the list');
      const [{ weight }] = list[0].reasons;
      contains(text, shown(weight), 'the heaviest reason of the first');
      contains(text, t('ui.reasons.how'), 'what a reason is');
    },
  },
];

/** Ids of the items of the history that was put together where the next item is predicted. */
async function composed(page, t, items) {
  const names = await page.names('button', 'ember-history-composer');
  const history = [];
  const isNext = ({ title }) =>
    names.includes(`${history.length + 1} ${t('ui.composer.step', { step: history.length + 1 })} ${title}`);
  for (let item = items.find(isNext); item; item = items.find(isNext)) history.push(item.id);
  return history;
}

/** A number in two digits, as the page writes it. */
function shown(value) {
  return Number(value.toPrecision(2)).toString().replace('-', '−');
}
