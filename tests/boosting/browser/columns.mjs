/** The columns of the table: which are learned from and which are categories is chosen where they are shown. */

import { equal, ok } from '../../browser/support/expect.mjs';
import { address } from '../../browser/support/lessons.mjs';
import { PANEL } from '../../browser/support/settings_panel.mjs';

const t = (words, key, fill) => words('en', key, fill, 'boosting');

export const tests = [
  {
    name: 'a column is left out, and taken for a category, in the table that shows what it holds',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(address('boosting', { level: 'tune', num_iterations: 3 }));
      await page.waitForStatus('ready');
      const use = (column) => t(words, 'ui.campaign.use_column', { column });
      const category = (column) => t(words, 'ui.campaign.is_category', { column });
      await page.show(PANEL);
      await page.waitForCount(1, 'checkbox', use('duration'), PANEL);
      // The label is not learned from.
      equal(await page.count('checkbox', use('y'), PANEL), 0, 'boxes of the label');
      const pictures = async () => page.count('img', null, PANEL);
      const before = await pictures();
      ok(before >= 16, 'histograms of the columns', before);

      await page.click('checkbox', use('duration'), PANEL);
      await page.waitForSettings({ drop_columns: ['duration'] });
      await page.waitForCount(before - 1, 'img', null, PANEL);
      ok((await page.focused()).name === use('duration'), 'the focus stays', await page.focused());
      equal((await page.search()).drop_columns, 'duration', 'the address');
      const { columns } = await page.call('inspect', 'data', {});
      equal(
        columns.find(({ name }) => name === 'duration').role,
        'left_out',
        'what the column is to the model',
      );

      ok(await page.isChosen('checkbox', category('job'), PANEL), 'a column of texts is one of categories');
      await page.click('checkbox', category('job'), PANEL);
      await page.waitForText(t(words, 'controls.categorical_feature.label'), 'ember-changed-settings');
      const { config } = await page.call('exportRun');
      ok(!config.categorical_feature.includes('job'), 'columns of categories', config.categorical_feature);

      // The view of the data is the same table.
      await page.openTab(t(words, 'ui.inside.campaign'), 'ember-inside');
      await page.show('ember-campaign-data');
      await page.waitForCount(1, 'checkbox', use('duration'), 'ember-campaign-data');
      await page.click('checkbox', use('duration'), 'ember-campaign-data');
      await page.waitForSettings({ drop_columns: [] });
      await page.waitForCount(before, 'img', null, PANEL);
    },
  },
];
