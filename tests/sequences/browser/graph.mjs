/** The graph of a history in the reader's hand. */

import { checkWithAxe } from '../../browser/support/axe.mjs';
import { contains, equal, ok } from '../../browser/support/expect.mjs';
import { address, EVERYWHERE } from '../../browser/support/lessons.mjs';
import { checkFits, PHONE } from '../../browser/support/overflow.mjs';

const PART = 'ember-history-graph';
const NEXT = 'ember-graph-next';
const PICTURE = 'ember-graph-picture';
const ATTENTION = 'ember-graph-attention';

/** A small world and a small network. */
const SMALL = { users: 200, dim: 8, clusters: 8, encoder_epochs: 10, epochs: 3, lang: 'en' };
const small = (parameters = {}) => address('sequences', { ...SMALL, ...parameters });

/** Opens the lesson and scrolls to the graph; with what it asks about what is drawn. */
async function graphOf({ open, words }, parameters, size) {
  const page = await open(small(parameters), size);
  await page.waitForStatus('ready');
  await page.show('ember-inside');
  await page.waitForCount(1, 'group', null, PICTURE);
  const t = (key, fill) => words(parameters?.lang ?? 'en', `ui.graph.${key}`, fill, 'sequences');
  return { page, t };
}

/** The history that the panel begins with, by the ids of its items and by their titles. */
const firstHistory = async (page) => {
  const { items } = await page.call('inspect', 'items', {});
  for (let user = 0; ; user += 1) {
    const { history, next } = await page.call('inspect', 'graph', { user });
    if (history.length < 5 || history.length > 8) continue;
    const steps = history.map(({ item }) => items[item]);
    return {
      history: steps.map(({ id }) => id),
      next: items[next.item].id,
      titles: steps.map(({ title }) => title),
    };
  }
};

const rankText = (t, { next }, items) => t('rank_of', { rank: next.rank, of: items });

export const tests = [
  {
    name: 'a step that changes places, a picture that goes and an edge that is cut are answered, undone and done again',
    browsers: ['chromium'],
    async run(context) {
      const { page, t } = await graphOf(context);
      await page.call('start');
      const { history, next, titles } = await firstHistory(page);
      const ask = (history, edits = {}) => page.call('inspect', 'graph', { history, next, edits });
      const shows = async (answer) => page.waitForText(`${answer.next.rank}`, NEXT);
      const whole = await ask(history);
      await shows(whole);
      contains(await page.text(NEXT), rankText(t, whole, 360), 'the rank of what came next');

      await page.click('button', t('step', { step: 1, title: titles[0] }), PART);
      await page.click('button', t('later'), PART);
      const [one, other, ...rest] = history;
      const swapped = await ask([other, one, ...rest]);
      await shows(swapped);
      await page.click('button', t('without', { what: t('what.all.image') }), PART);
      const bare = await ask([other, one, ...rest], { without_images: history.map((_, step) => step) });
      ok(
        bare.nodes.every(({ kind }) => kind !== 'image'),
        'no code of a picture is left',
      );
      await page.waitForText(t('counts', countsOf(bare)), PART);

      await page.click('button', t('as_it_was'), PART);
      await page.waitForText(t('counts', countsOf(whole)), PART);
      await page.click('button', t('undo'), PART);
      await page.waitForText(t('counts', countsOf(bare)), PART);
      await page.click('button', t('redo'), PART);
      await page.waitForText(t('counts', countsOf(whole)), PART);

      // The last item's first neighbour in its own row is the one before it.
      await page.click('button', t('take_edge', { name: titles.at(-2) }), ATTENTION);
      const pair = history
        .slice(-2)
        .map((id) => ({ kind: 'item', number: whole.history[history.indexOf(id)].item }));
      const cut = await ask(history, { without_edges: [pair] });
      await page.waitForText(t('counts', countsOf(cut)), PART);
      await page.waitForCount(1, 'button', t('put_edge', { name: titles.at(-2) }), ATTENTION);
    },
  },
  {
    name: 'the first step of a path counts in the paper and has no effect in the program',
    browsers: ['chromium'],
    async run(context) {
      const { page, t } = await graphOf(context);
      await page.waitForText(t('hohe_apart', { difference: '…' }).split('…')[0], PART);
      ok(!(await page.text(PART)).includes(t('hohe_same')), 'the paper’s path has two steps');
      await page.setProperty('config', { ...SMALL, mode: 'code' });
      await page.waitForText(t('hohe_same'), PART);
    },
  },
  {
    name: 'A before B is six nodes, and its matrix has the numbers of the relations',
    browsers: ['chromium', 'firefox'],
    async run(context) {
      const { page, t } = await graphOf(context);
      await page.click('button', t('a_to_b'), PART);
      await page.waitForText(t('counts', { nodes: 6, order: 6, between: 12, loops: 6 }), PART);
      await page.click('radio', t('views.matrix'), PART);
      await page.waitForCount(1, 'img', t('matrix', { nodes: 6, edges: 24 }), 'ember-graph-matrix');
      const cells = await page.text('ember-graph-matrix');
      const numbers = (cells.match(/\b(10|[1-9])\b/g) ?? []).map(Number);
      for (const relation of [1, 2, 3, 5, 6, 7, 8, 9, 10])
        ok(numbers.includes(relation), `the number ${relation}`);
    },
  },
  {
    name: 'an edge that is taken away with a key leaves the focus on the button that puts it back',
    browsers: ['chromium', 'firefox'],
    async run(context) {
      const { page, t } = await graphOf(context);
      const { titles } = await firstHistory(page);
      const [take, put] = ['take_edge', 'put_edge'].map((key) => t(key, { name: titles.at(-2) }));
      for (const [now, then] of [
        [take, put],
        [put, take],
      ]) {
        await page.focus('button', now, ATTENTION);
        await page.press('Enter');
        await page.waitForCount(1, 'button', then, ATTENTION);
        await page.settled();
        equal((await page.focused()).name, then, `what has the focus after “${now}”`);
      }
    },
  },
  {
    name: 'nodes are taken away with the keyboard alone',
    browsers: EVERYWHERE,
    async run(context) {
      const { page, t } = await graphOf(context);
      const { history, next, titles } = await firstHistory(page);
      const whole = await page.call('inspect', 'graph', { history, next });
      const last = t('node', { name: titles.at(-1), steps: t('at_step', { steps: titles.length }) });
      await page.focus('button', last, PICTURE);
      await page.press('ArrowLeft');
      await page.press('Delete');
      const node = { kind: 'item', number: whole.history.at(-2).item };
      const without = await page.call('inspect', 'graph', {
        history,
        next,
        edits: { without_nodes: [node] },
      });
      await page.waitForText(t('counts', countsOf(without)), PART);
      await page.waitForText(t('is_gone'), ATTENTION);
      await page.press('Delete');
      await page.waitForText(t('counts', countsOf(whole)), PART);
      equal(
        without.nodes.some(({ kind, number }) => kind === 'item' && number === node.number),
        false,
        titles.at(-2),
      );
    },
  },
  {
    name: 'a history is put together by titles and tags, and models without a graph say so',
    browsers: ['chromium', 'firefox'],
    async run(context) {
      const { page, t } = await graphOf(context, { model: 'late' });
      await page.waitForText(t('not_used'), PART);
      await page.click('button', t('own'), PART);
      await page.waitForText(t('empty'), PART);
      for (const typed of ['strawberry', 'ladybug']) {
        await page.click('combobox', t('add'), PART);
        await page.type(typed);
        await page.press('Enter');
      }
      await page.waitForText(t('no_next'), NEXT);
      await page.click('combobox', t('set_next'), PART);
      await page.type('tangerine');
      await page.press('Enter');
      await page.waitForText('tangerine', NEXT);
    },
  },
  {
    name: 'the graph has no faults that axe finds, as it is and with something chosen',
    browsers: ['chromium'],
    async run(context) {
      for (const lang of ['zh', 'en']) {
        const { page, t } = await graphOf(context, { lang });
        await page.click('radio', t('take_away'), PART);
        // Items come first, then codes of pictures, then of words.
        await page.click('button', (await page.names('button', PICTURE)).at(-1), PICTURE);
        await page.waitForText(t('is_gone'), ATTENTION);
        await checkWithAxe(page, `the graph in ${lang}`, { within: PART });
      }
    },
  },
  {
    name: 'a graph of many codes stays within a phone',
    browsers: ['chromium', 'firefox'],
    async run(context) {
      const { page } = await graphOf(context, { codes_per_item: 4, clusters: 40 }, PHONE);
      await checkFits(page, 'the graph of a history with four codes each');
    },
  },
];

/** What the page says of the edges of a graph. */
function countsOf({ nodes, edges }) {
  const count = (from, to) => edges.filter(({ relation }) => relation >= from && relation <= to).length;
  return { nodes: nodes.length, loops: count(1, 1), order: count(2, 4), between: count(5, 10) };
}
