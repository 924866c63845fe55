/** What the looks of the sequences lesson say is what the lab answers. */

import { contains, equal, ok } from '../../browser/support/expect.mjs';
import { small } from './support/lesson.mjs';

/** A lab with a look open. */
async function looked(open, words, look, part, parameters) {
  const t = (key, fill) => words('en', key, fill, 'sequences');
  const page = await open(small({ hide: 'story,code,goals,export,share,experiments', ...parameters }));
  await page.waitForStatus('ready');
  await page.call('start');
  await page.openTab(t(`ui.inside.${look}`), 'ember-inside');
  await page.show(part);
  return { page, t };
}

/** A number as the page writes it. */
const shown = (value, digits) =>
  new Intl.NumberFormat('en', { maximumSignificantDigits: digits }).format(value).replace('-', '−');

export const tests = [
  {
    name: 'clusters of pictures and of words are walls, and sharing is counted',
    browsers: ['chromium'],
    async run({ open, words }) {
      const part = 'ember-modality-codes';
      const { page, t } = await looked(open, words, 'codes', part);
      const codes = await page.call('inspect', 'codes', {});
      const { items } = await page.call('inspect', 'items', {});
      for (const channel of ['image', 'text']) {
        await page.openTab(t(`ui.codes.views.${channel}`), part);
        const walls = codes[channel].clusters.filter((wall) => wall.length > 0);
        equal(walls.flat().length, items.length - codes[channel].without, `items on walls, ${channel}`);
        const heads = (await page.names('heading', part)).join(' | ');
        for (const wall of walls) {
          contains(heads, t('ui.codes.items', { count: wall.length }), `the size of a wall, ${channel}`);
        }
      }
      await page.openTab(t('ui.codes.views.graphs'), part);
      const text = await page.text(part);
      const { nodes, steps } = codes.graphs;
      ok(nodes < 3 * steps, 'nodes are shared', codes.graphs);
      contains(text, shown(nodes, 3), 'nodes of a graph');
      contains(text, shown(3 * steps, 3), 'nodes of a graph where nothing is shared');
    },
  },
  {
    name: 'last and mean pooling stand side by side, and costs are measured by length',
    browsers: ['chromium'],
    async run({ open, words }) {
      const { page, t } = await looked(open, words, 'pooling', 'ember-pooling-pairs');
      const { pairs, length } = await page.call('inspect', 'pooling', {});
      const how = { pairs, length: shown(length, 2), chosen: t('ui.pooling.ways.last') };
      await page.waitForText(t('ui.pooling.how', how), 'ember-pooling-pairs');
      await page.openTab(t('ui.inside.cost'), 'ember-inside');
      await page.show('ember-cost');
      await page.click('button', t('ui.cost.begin'), 'ember-cost');
      await page.waitForText(t('ui.cost.columns.complete'), 'ember-cost');
      const rows = await page.rows('ember-cost');
      ok(rows.length >= 4, 'lengths that were measured', rows);
      ok(
        rows.flat().every((cell) => cell.trim() !== ''),
        'every cell is known',
        rows,
      );
    },
  },
];
