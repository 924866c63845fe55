/** The way from the text to the lab and back, the lab in the whole window, and its order where it is narrow. */

import { checkWithAxe } from '../support/axe.mjs';
import { equal, ok } from '../support/expect.mjs';
import { isNamed, tabTo } from '../support/keyboard.mjs';
import { address, EVERYWHERE } from '../support/lessons.mjs';
import { checkFits, PHONE } from '../support/overflow.mjs';
import { openGroups, PANEL, places } from '../support/settings_panel.mjs';
import { lesson } from '../../iris/browser/support/lesson.mjs';

const WORKBENCH = 'ember-workbench-bar';
const RATE = '.only-en ember-handle[name="learning_rate"]';
const BAR = 'ember-run-bar';

export const tests = [
  {
    name: 'the key w leads from the text to the lab and back, never while one writes, and can be turned off',
    browsers: EVERYWHERE,
    async run({ open, words }) {
      const t = (key, fill) => words('en', key, fill);
      const page = await open(lesson({ epochs: 5 }));
      await page.waitForStatus('ready');
      const rate = t('controls.learning_rate.label');
      await page.show(RATE);
      await page.focus('spinbutton', rate, RATE);
      const place = await page.scrolled();
      await page.press('w');
      await page.settled();
      ok((await page.focused()).hosts.includes(WORKBENCH), 'the focus is in the lab', await page.focused());
      ok(Math.abs((await page.scrolled()) - place) > 1000, 'the lab is in view');
      await page.press('w');
      await page.waitForFocus('spinbutton', rate);
      ok(Math.abs((await page.scrolled()) - place) < 3, 'where one was', [place, await page.scrolled()]);

      await page.focus('spinbutton', rate, PANEL);
      const before = await page.scrolled();
      await page.press('w');
      await page.settled();
      equal((await page.focused()).name, rate, 'what has the focus while one writes');
      ok(Math.abs((await page.scrolled()) - before) < 3, 'nothing has moved');

      await page.click('checkbox', `w ${t('ui.lab.key')}`, WORKBENCH);
      await page.focus('spinbutton', rate, RATE);
      await page.press('w');
      await page.settled();
      equal((await page.focused()).name, rate, 'what has the focus with the key turned off');
      await page.reload();
      await page.waitForStatus('ready');
      equal(await page.isChosen('checkbox', `w ${t('ui.lab.key')}`, WORKBENCH), false, 'the choice is kept');
    },
  },
  {
    name: 'a link leads past the text to the lab, and a button back',
    browsers: EVERYWHERE,
    async run({ open, words }) {
      const t = (key, fill) => words('en', key, fill);
      const page = await open(lesson());
      await page.waitForStatus('ready');
      await tabTo(page, 'the link to the lab', isNamed('link', t('ui.site.to_lab')));
      await page.press('Enter');
      await page.settled();
      ok((await page.focused()).hosts.includes(WORKBENCH), 'the focus is in the lab', await page.focused());
      await page.click('button', t('ui.lab.back'), WORKBENCH);
      await page.settled();
      equal(await page.scrolled(), 0, 'the beginning of the page');
      equal((await page.focused()).name, t('ui.site.to_lab'), 'what has the focus');
    },
  },
  {
    name: 'the lab fills the window with the same run, holds the focus, and goes back to its place with Escape',
    browsers: EVERYWHERE,
    async run({ open, words }) {
      const t = (key, fill) => words('en', key, fill);
      const page = await open(lesson({ epochs: 5 }));
      await page.waitForStatus('ready');
      await page.call('step', 7);
      await page.focus('button', t('ui.lab.full'), WORKBENCH);
      const place = await page.scrolled();
      await page.press('Enter');
      await page.waitForCount(1, 'button', t('ui.lab.not_full'), WORKBENCH);
      await page.waitForCount(1, 'dialog', t('ui.lab.heading'));
      equal((await page.call('exportRun')).steps, 7, 'steps of the run');
      for (let stops = 0; stops < 60; stops += 1) {
        await page.press('Tab');
        const { hosts, onPage } = await page.focused();
        ok(!onPage || hosts.includes('ember-lab'), 'the focus stays in the lab', hosts);
      }
      await page.focus('button', t('ui.lab.not_full'), WORKBENCH);
      await page.press('Escape');
      await page.waitForCount(1, 'button', t('ui.lab.full'), WORKBENCH);
      await page.waitForFocus('button', t('ui.lab.full'));
      ok(Math.abs((await page.scrolled()) - place) < 3, 'where one was', [place, await page.scrolled()]);
      equal(await page.count('dialog'), 0, 'dialogs');
      await page.focus('spinbutton', t('controls.learning_rate.label'), RATE);
    },
  },
  {
    name: 'axe finds nothing in a lab that fills the window, nor with all settings and groups open',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(address('boosting', { level: 'everything' }));
      await page.waitForStatus('ready');
      await openGroups(page);
      await page.click('button', words('en', 'ui.lab.full'), WORKBENCH);
      await checkWithAxe(page, 'the lab in the whole window');
    },
  },
  {
    name: 'a narrow lab has figure, Run and answer before its settings, which fold and say what is changed',
    browsers: ['chromium', 'firefox'],
    async run({ open, words }) {
      const t = (key, fill) => words('en', key, fill);
      for (const [id, changed] of [
        ['iris', { batch_size: 8 }],
        ['boosting', { num_leaves: 7 }],
      ]) {
        const page = await open(address(id, changed), { width: 900, height: 1000 });
        await page.waitForStatus('ready');
        await page.show('ember-charts');
        const parts = ['ember-charts', BAR, 'ember-inside', PANEL];
        const found = await places(page, ...parts);
        const tops = parts.map((part) => found[part][0]);
        // The bar may be held at the edge of the window; its place is after the charts all the same.
        equal(tops[2] > tops[0] && tops[3] > tops[2], true, `order in ${id}: ${tops}`);
        await page.show('ember-inside');
        const [charts, inside] = [found['ember-charts'][1], found['ember-inside'][0]];
        ok(
          inside - charts < 120,
          `pixels between the curves and the answer in ${id}, with Run between`,
          inside - charts,
        );
        const fold = `${t('parts.settings')} ${t('ui.settings.changed_count', { count: 1 })}`;
        equal(await page.isOpen(fold, PANEL), false, 'the settings are folded');
        await page.openDetails(fold, PANEL);
        equal(await page.isOpen(fold, PANEL), true, 'the settings are open');
      }
    },
  },
  {
    name: 'groups of settings stay open and folded as they were when the lab gets another width',
    browsers: ['chromium'],
    async run({ open, words }) {
      const fold = words('en', 'parts.settings');
      const page = await open(address('iris', { level: 'everything' }), { width: 1280, height: 1000 });
      await page.waitForStatus('ready');
      const groups = await page.names('summary', PANEL);
      const before = new Map();
      for (const group of groups) {
        before.set(group, await page.isOpen(group, PANEL));
        await page.click('summary', group, PANEL);
      }
      await page.driver.resize(900, 1000);
      await page.openDetails(fold, PANEL);
      for (const group of groups) equal(await page.isOpen(group, PANEL), !before.get(group), group);
      await page.driver.resize(1280, 1000);
      await page.waitForCount(0, 'summary', fold, PANEL);
      for (const group of groups) equal(await page.isOpen(group, PANEL), !before.get(group), group);
      await page.driver.resize(900, 1000);
      equal(await page.isOpen(fold, PANEL), true, 'the settings are open as they were');
    },
  },
  {
    name: 'the program is first shown in Python, and from then on in the language that was chosen last',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(address('iris'));
      const opens = async (ending) => {
        await page.waitForStatus('ready');
        await page.show('ember-code');
        await page.waitForText(`iris_network.${ending}`, 'ember-code');
      };
      await opens('py');
      await page.openTab(words('en', 'ui.code.rust'), 'ember-code');
      await page.waitForText('iris_network.rs', 'ember-code');
      await page.reload();
      await opens('rs');
    },
  },
  {
    name: 'the run bar is one line while nothing runs, at any width, and nothing scrolls sideways',
    browsers: ['chromium'],
    async run({ open }) {
      for (const [width, level] of [
        [PHONE.width, 'play'],
        [PHONE.width, 'everything'],
        [768, 'tune'],
        [1280, 'everything'],
      ]) {
        for (const lang of ['en', 'zh']) {
          const page = await open(address('boosting', { lang, level }), { width, height: 800 });
          await page.waitForStatus('ready');
          await page.show(BAR);
          const { [BAR]: bar } = await places(page, BAR);
          ok(bar[1] - bar[0] <= 64, `height of the run bar at ${width} px`, bar[1] - bar[0]);
          await checkFits(page, `boosting at ${width} px`);
        }
      }
    },
  },
];
