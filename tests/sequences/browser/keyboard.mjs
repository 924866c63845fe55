/** The lesson with the keyboard alone. */

import { equal, ok } from '../../browser/support/expect.mjs';
import { isNamed, tabTo } from '../../browser/support/keyboard.mjs';
import { EVERYWHERE } from '../../browser/support/lessons.mjs';
import { GraphPanel } from './support/graph_panel.mjs';
import { small } from './support/lesson.mjs';

const [COMPOSER, NEXT_ITEM] = ['ember-history-composer', 'ember-next-item'];
const isIn =
  (part, role) =>
  ({ hosts, role: found }) =>
    hosts.includes(part) && found === role;

export const tests = [
  {
    name: 'a history is edited, a node taken away and the next item asked for with the keyboard alone',
    browsers: EVERYWHERE,
    async run({ open, words }) {
      const t = (key, fill) => words('en', key, fill, 'sequences');
      const page = await open(small({ hide: 'story,code,goals,export,share,experiments', epochs: 1 }));
      await page.waitForStatus('ready');
      await tabTo(page, 'the Run button', isNamed('button', t('ui.run.start')));
      await page.press('Enter');
      await page.waitForStatus('done');

      const panel = await GraphPanel.open(page, t);
      const before = await panel.titles();
      await page.focus('tab', t('ui.inside.graph'), 'ember-inside');
      await tabTo(page, 'the steps', isIn('ember-history-row', 'button'));
      await page.press('Enter');
      await tabTo(page, 'the node of the last item', isIn(GraphPanel.PICTURE, 'button'));
      const { name } = await page.focused();
      await page.press('ArrowLeft');
      ok((await page.focused()).name !== name, 'an arrow leads to another node', name);
      await page.press('Delete');
      await page.waitForCount(1, 'button', t('ui.graph.put'), GraphPanel.TOOLS);
      await tabTo(page, 'Undo', isNamed('button', t('ui.graph.undo')));
      await page.press('Enter');
      // A name is without its arrow.
      const isLater = isIn(GraphPanel.TOOLS, 'button');
      await tabTo(page, 'Later', (stop) => isLater(stop) && t('ui.graph.later').startsWith(stop.name));
      await page.press('Enter');
      await page.settled();
      equal(await panel.titles(), [before[1], before[0], ...before.slice(2)], 'the steps');

      await page.show(NEXT_ITEM);
      await page.focus('button', t('ui.next_item.clear'), NEXT_ITEM);
      await page.press('Enter');
      await page.waitForText(t('ui.next_item.empty'), NEXT_ITEM);
      const { items } = await page.call('inspect', 'items', {});
      await tabTo(page, 'the search', isIn(COMPOSER, 'combobox'));
      for (const place of [12, 40]) {
        await page.type(items[place].title);
        await page.press('Enter');
        await page.waitForText(items[place].title, COMPOSER);
      }
      const stepOf = (step, place) => `${step} ${t('ui.composer.step', { step })} ${items[place].title}`;
      const asked = async (...places) => {
        const history = places.map((place) => items[place].id);
        return (await page.call('predict', { history, top: 10 })).list[0].title;
      };
      await page.waitForText(await asked(12, 40), NEXT_ITEM);
      // A step goes with a key.
      await page.focus('button', stepOf(1, 12), COMPOSER);
      await page.press('Delete');
      await page.waitForCount(0, 'button', stepOf(2, 40), COMPOSER);
      await page.waitForText(await asked(40), NEXT_ITEM);
    },
  },
];
