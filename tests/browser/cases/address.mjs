/** The page's address carries the settings. */

import { contains, equal, ok } from '../support/expect.mjs';
import { lesson } from '../../iris/browser/support/lesson.mjs';

export const tests = [
  {
    name: 'address to settings, settings to address',
    browsers: ['chromium'],
    async run({ open, words }) {
      const rate = words('en', 'controls.learning_rate.label');
      const page = await open('iris/?lang=en&seed=3&hidden=8,4');
      await page.waitForStatus('ready');
      const { config } = await page.call('exportRun');
      equal(
        [config.seed, config.hidden, config.learning_rate],
        [3, [8, 4], 0.2],
        'settings from the address',
      );
      const fields = await page.values('spinbutton', 'ember-settings');
      ok(
        ['3', '8', '4'].every((value) => fields.includes(value)),
        'the panel shows 3, 8 and 4',
        fields,
      );

      await page.set('spinbutton', rate, '0.1', 'ember-settings');
      await page.waitFor('the address', () => location.search.includes('learning_rate=0.1'));
      equal(
        await page.search(),
        { lang: 'en', seed: '3', hidden: '8,4', learning_rate: '0.1' },
        'the address after a setting was changed',
      );
      contains(await page.evaluate(() => location.search), 'hidden=8,4', 'a list in the address');
      await page.reload();
      await page.waitForStatus('ready');
      const again = (await page.call('exportRun')).config;
      equal([again.seed, again.hidden, again.learning_rate], [3, [8, 4], 0.1], 'settings after a reload');

      await page.set('spinbutton', rate, '0.2', 'ember-settings');
      await page.waitFor(
        'the default gone from the address',
        () => !location.search.includes('learning_rate'),
      );
      equal(
        await page.search(),
        { lang: 'en', seed: '3', hidden: '8,4' },
        'only what differs from the default',
      );
    },
  },
  {
    name: 'a value out of range is replaced by the default with a visible notice',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open('iris/?lang=en&epochs=99999&utm_source=letter&batch_size=8');
      await page.waitForStatus('ready');
      const { config } = await page.call('exportRun');
      equal([config.epochs, config.batch_size], [150, 8], 'settings used');
      const notice = words('en', 'notices.setting_out_of_range', {
        given: '99999',
        setting: words('en', 'controls.epochs.label'),
        used: '150',
      });
      await page.waitForText(notice, 'ember-messages');
      // An address may carry other people's parameters; a config may not.
      ok(!(await page.text('ember-messages')).includes('utm_source'), 'no word on parameters of others');
      await page.click('button', words('en', 'ui.messages.dismiss'), 'ember-messages');
      await page.waitForNoText(notice, 'ember-messages');
      await page.addLab('other', { config: { nonsense: 1 } });
      await page.waitForText(words('en', 'notices.setting_unknown', { setting: 'nonsense' }), '#other');
    },
  },
  {
    name: 'a number out of range typed into the panel changes nothing and says what would be right',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(lesson());
      await page.waitForStatus('ready');
      await page.set('spinbutton', words('en', 'controls.learning_rate.label'), '100', 'ember-settings');
      await page.waitForText(
        words('en', 'ui.settings.any_number', { min: 0.00001, max: 10 }),
        'ember-settings',
      );
      equal((await page.call('exportRun')).config.learning_rate, 0.2, 'learning rate');
    },
  },
  {
    name: 'config, attributes and presets are weaker than the address, in that order',
    browsers: ['chromium'],
    async run({ open }) {
      const page = await open('iris/?lang=en&seed=9&preset=quick&epochs=10');
      await page.waitForStatus('ready');
      const { config } = await page.call('exportRun');
      equal([config.seed, config.init_std, config.epochs], [9, 0.5, 10], 'address over preset');
      await page.addLab('other', { seed: '4', preset: 'quick', config: { epochs: 7, seed: 2 } });
      const other = (await page.callOn('#other', 'exportRun')).config;
      // The second lab of a page does not have the address.
      equal([other.seed, other.init_std, other.epochs], [4, 0.5, 7], 'attribute over config over preset');
    },
  },
];
