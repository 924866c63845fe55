/** Changes of a graph, and what follows from them. */

import { ok } from '../../browser/support/expect.mjs';
import { GraphPanel } from './support/graph_panel.mjs';
import { small } from './support/lesson.mjs';

/** A trained lab with the panel open. */
async function trained(open, words, parameters) {
  const t = (key, fill) => words('en', key, fill, 'sequences');
  const page = await open(small({ hide: 'story,code,goals,export,share,experiments', ...parameters }));
  await page.waitForStatus('ready');
  await page.call('start');
  const panel = await GraphPanel.open(page, t);
  const { items } = await page.call('inspect', 'items', {});
  return { page, panel, t, items };
}

export const tests = [
  {
    name: 'nodes, edges and words are taken away and put back, relations changed, and the rank of the next item follows',
    browsers: ['chromium'],
    async run({ open, words }) {
      const { page, panel, t, items } = await trained(open, words);
      const [user] = await page.values('spinbutton', 'ember-history-choice');
      const whole = await page.call('inspect', 'graph', { user: Number(user) - 1 });
      const question = {
        history: whole.history.map(({ item }) => items[item].id),
        next: items[whole.next.item].id,
      };
      const asked = (edits) => page.call('inspect', 'graph', { ...question, edits });
      const follows = async (edits) => {
        const graph = await asked(edits);
        await panel.waitForSize(graph);
        await panel.waitForRank(graph, whole, items.length);
        return graph;
      };
      await follows({});

      // A node, by the tool for what is chosen.
      const code = whole.nodes.find(({ kind }) => kind === 'text');
      const node = { kind: code.kind, number: code.number };
      const called = t('ui.channels.code.text', { number: code.number });
      await panel.node(called);
      await panel.use('take');
      ok((await follows({ without_nodes: [node] })).nodes.length < whole.nodes.length, 'a node is gone');
      await panel.use('put');
      await follows({});

      // The same by a click where a click takes away; a step back, and one on.
      await panel.choice('take_away');
      await panel.node(called);
      await follows({ without_nodes: [node] });
      await panel.use('undo');
      await follows({});
      await panel.use('redo');
      await follows({ without_nodes: [node] });
      await panel.use('as_it_was');
      await panel.choice('look');

      // An edge of the last item, in the list of whom it attends to.
      const last = whole.nodes[whole.last];
      const edge = whole.edges.find((edge) => edge.node === whole.last && edge.relation === 3);
      const before = whole.nodes[edge.neighbour];
      const names = [last, before].map(({ kind, number }) => ({ kind, number }));
      await panel.node(items[last.number].title);
      const title = items[before.number].title;
      await page.click('button', t('ui.graph.take_edge', { name: title }), GraphPanel.ATTENTION);
      await follows({ without_edges: [names] });
      await page.click('button', t('ui.graph.put_edge', { name: title }), GraphPanel.ATTENTION);
      await follows({});

      // Its relation.
      const relation = t('ui.graph.relation_to', { name: title });
      await page.set('combobox', relation, '4', GraphPanel.ATTENTION);
      const turned = await follows({ relations: [[...names, 4]] });
      ok(
        turned.edges.some(({ relation }) => relation === 4),
        'the relation is another one',
        turned.edges,
      );
      await panel.use('as_it_was');

      // Words, of all steps.
      await panel.without('text');
      const mute = await follows({ without_texts: question.history.map((_, step) => step) });
      ok(
        mute.nodes.every(({ kind }) => kind !== 'text'),
        'codes of words are gone',
        mute.nodes,
      );
    },
  },
  {
    name: 'the answer of a model without a graph follows the pictures all the same',
    browsers: ['chromium'],
    async run({ open, words }) {
      const { page, panel, t } = await trained(open, words, { model: 'late' });
      const before = await page.text(GraphPanel.NEXT);
      await panel.without('image');
      ok((await page.text(GraphPanel.NEXT)) !== before, 'rank, probability and loss follow', before);
    },
  },
];
