/** The graph of a history under the reader's hand. */

import { equal, ok } from '../../browser/support/expect.mjs';
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
    name: 'a graph of two items in the matrix, and a history that begins empty',
    browsers: ['chromium'],
    async run({ open, words }) {
      const { page, panel, t, items } = await trained(open, words);
      await page.click('button', t('ui.graph.a_to_b'), 'ember-history-choice');
      await page.settled();
      const titles = await panel.titles();
      equal(titles.length, 2, 'steps of A → B');
      const history = titles.map((title) => items.find((item) => item.title === title).id);
      const graph = await page.call('inspect', 'graph', { history });
      await panel.waitForSize(graph);
      await panel.choice('views.matrix');
      const rows = await page.rows('ember-graph-matrix');
      equal(rows.length, graph.nodes.length, 'rows of the matrix');
      const shown = rows.map((cells) => cells.slice(-graph.nodes.length).map((cell) => Number(cell) || 0));
      const expected = graph.nodes.map(() => graph.nodes.map(() => 0));
      for (const { node, neighbour, relation } of graph.edges) expected[node][neighbour] = relation;
      equal(shown, expected, 'the relations');

      await page.click('button', t('ui.graph.own'), 'ember-history-choice');
      await page.waitForText(t('ui.graph.empty'), GraphPanel.PART);
      for (const place of [40, 7, 40]) await panel.find('add', items[place].title);
      equal(
        await panel.titles(),
        [40, 7, 40].map((place) => items[place].title),
        'what was put together',
      );
      await page.waitForText(t('ui.graph.no_next'), GraphPanel.NEXT);
      await panel.find('set_next', items[11].title);
      const own = await page.call('inspect', 'graph', {
        history: [40, 7, 40].map((place) => items[place].id),
        next: items[11].id,
      });
      await panel.waitForRank(own, own, items.length);
    },
  },
  {
    name: 'a model without a graph says so, and its answer follows pictures and order all the same',
    browsers: ['chromium'],
    async run({ open, words }) {
      const { page, panel, t } = await trained(open, words, { model: 'late' });
      await page.waitForText(t('ui.graph.not_used'), GraphPanel.PART);
      const before = await page.text(GraphPanel.NEXT);
      await panel.without('image');
      ok((await page.text(GraphPanel.NEXT)) !== before, 'rank, probability and loss follow', before);
    },
  },
];
