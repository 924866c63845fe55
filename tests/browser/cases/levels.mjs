/** How many settings stand open, what is changed, and where the focus is after a change. */

import { contains, equal, ok } from '../support/expect.mjs';
import { isNamed, tabTo } from '../support/keyboard.mjs';
import { address, EVERYWHERE, LESSONS } from '../support/lessons.mjs';
import { listedSettings, openGroups, PANEL, shownSettings } from '../support/settings_panel.mjs';
import { lesson } from '../../iris/browser/support/lesson.mjs';

/** At first sight: Run, the presets, the choice of a task where there is one, and settings. */
const MOST_HANDLES = 7;

/** What a lesson trains, where it begins with something else. */
const TASKS = { vision: { task: 'mnist' } };

const CHANGED = 'ember-changed-settings';
const BAR = 'ember-run-bar';
const RATE = '.only-en ember-handle[name="learning_rate"]';
const SPREAD = '.only-en figcaption ember-handle[name="init_std"]';

export const tests = [
  {
    name: 'a page begins with few settings, and the reader’s choice of more is kept for the next one',
    browsers: ['chromium'],
    async run({ open, words }) {
      const t = (key) => words('en', key);
      const page = await open(lesson());
      await page.waitForStatus('ready');
      const names = async () => (await shownSettings(page)).map(({ name }) => name);
      equal(
        await names(),
        ['learning_rate', 'hidden', 'init_std', 'epochs', 'seed'],
        'settings to play with',
      );
      await page.click('radio', t('ui.settings.levels.everything'), PANEL);
      await page.waitForText(t('controls.batch_size.label'), PANEL);
      ok((await names()).includes('eval_steps'), 'all are there', await names());
      await page.reload();
      await page.waitForStatus('ready');
      await page.waitForText(t('controls.batch_size.label'), PANEL);
      // An address says what is wanted, and is forgotten with the next choice.
      const asked = await open(lesson({ level: 'tune' }));
      await asked.waitForStatus('ready');
      await asked.waitForText(t('controls.batch_size.label'), PANEL);
      equal(
        (await shownSettings(asked)).some(({ name }) => name === 'eval_steps'),
        false,
        'not all of them',
      );
      await asked.click('radio', t('ui.settings.levels.play'), PANEL);
      await asked.waitForNoText(t('controls.batch_size.label'), PANEL);
      equal(await asked.search(), { lang: 'en' }, 'the address after a choice');
      // Another lab of a page shows all, or what its attribute says.
      await asked.addLab('all', {});
      await asked.waitForText(t('controls.batch_size.label'), '#all');
      await asked.addLab('few', { level: 'play' });
      await asked.waitForText(t('controls.learning_rate.label'), '#few');
      await asked.waitForNoText(t('controls.batch_size.label'), '#few');
    },
  },
  ...LESSONS.map((id) => ({
    name: `${id}: seven handles at most at first sight, every listed setting is declared, and no unit is said twice`,
    browsers: ['chromium'],
    async run({ open, words }) {
      for (const lang of ['en', 'zh']) {
        const page = await open(address(id, { lang, ...TASKS[id] }));
        await page.waitForStatus('ready');
        const few = await shownSettings(page);
        const controls = await page.property('controls');
        const others = controls.some(({ leads }) => leads) ? 3 : 2;
        ok(few.length >= 2 && few.length + others <= MOST_HANDLES, 'settings at first sight', few);
        ok(
          few.some(({ name }) => name === 'seed'),
          'the seed is among them',
          few,
        );
        const declared = controls.map(({ name }) => name);
        const { play, tune, own } = await listedSettings(page, id);
        equal(
          [...play, ...tune, ...own].filter((name) => !declared.includes(name)),
          [],
          'listed names that no setting has',
        );
        await page.click('radio', words(lang, 'ui.settings.levels.everything'), PANEL);
        await openGroups(page);
        const all = await shownSettings(page);
        ok(all.length > few.length, 'more of them are shown', all);
        for (const { name, label, items } of all) {
          ok(declared.includes(name), 'the code’s name beside the label', name);
          const [, said, unit] = label.match(/^(.*?)\s*\(([^()]{2,}|\p{Script=Han})\)$/u) ?? [];
          const isTwice = unit && said.toLowerCase().includes(unit.toLowerCase().replace(/^个/, ''));
          ok(!isTwice, 'a unit that its name has said', label);
          equal(
            items.filter((unit) => unit !== '' && label.includes(unit)),
            [],
            `units in ${label}`,
          );
        }
      }
    },
  })),
  {
    name: 'what is changed is named first at any level, leads to its setting, and goes back with one press',
    browsers: ['chromium'],
    async run({ open, words }) {
      const t = (key, fill) => words('en', key, fill, 'iris');
      const page = await open(lesson({ batch_size: 32, split: 'as_written' }));
      await page.waitForStatus('ready');
      const batch = t('ui.settings.changed_value', { name: t('controls.batch_size.label'), value: '32' });
      await page.waitForText(batch, CHANGED);
      contains(await page.text(CHANGED), t('controls.split.label'), 'a mistake that is repeated');
      await page.click('button', batch, CHANGED);
      await page.waitForFocus('slider', t('controls.batch_size.label'));
      const back = (name, value) =>
        t('ui.settings.restore_named', { name: t(`controls.${name}.label`), value });
      await page.focus('button', back('batch_size', '16'), CHANGED);
      await page.press('Enter');
      await page.waitForSettings({ batch_size: 16, split: 'as_written' });
      ok((await page.focused()).hosts.includes(CHANGED), 'the focus stays', await page.focused());
      await page.click('button', back('split', t('controls.split.options.disjoint')), CHANGED);
      await page.waitForText(t('ui.settings.all_default'), CHANGED);
      equal(await page.search(), { lang: 'en' }, 'the address of a lab with its defaults');
    },
  },
  {
    name: 'after a change the focus stays with the setting',
    browsers: EVERYWHERE,
    async run({ open, words }) {
      const t = (key, fill) => words('en', key, fill);
      const page = await open(lesson({ level: 'tune', epochs: 20 }));
      await page.waitForStatus('ready');
      const stays = async (role, name, settings) => {
        await page.waitForSettings(settings);
        await page.settled();
        await page.waitForFocus(role, name);
      };
      const rate = t('controls.learning_rate.label');
      await page.focus('slider', rate, PANEL);
      await page.press('Home');
      await stays('slider', rate, { learning_rate: 0.00001 });
      // The button of the way back goes with its press.
      await page.focus('button', t('ui.settings.restore', { value: '0.2' }), PANEL);
      await page.press('Enter');
      await stays('slider', rate, { learning_rate: 0.2 });
      await page.focus('button', `+ ${t('ui.settings.add_item')}`, PANEL);
      await page.press('Enter');
      await stays('button', t('ui.settings.add_item'), { hidden: '6,6' });
      await page.focus('button', t('ui.settings.remove_item', { number: 2 }), PANEL);
      await page.press('Enter');
      await page.waitForSettings({ hidden: '6' });
      await page.settled();
      ok(
        (await page.focused()).hosts.includes('ember-setting'),
        'a setting has the focus',
        await page.focused(),
      );
      await page.focus('button', t('ui.settings.die'), PANEL);
      await page.press('Enter');
      await page.waitForText(t('controls.seed.label'), CHANGED);
      await page.settled();
      await page.waitForFocus('button', t('ui.settings.die'));
      ok((await page.call('exportRun')).seed !== 1, 'another seed');
      // Reset has nothing to do any more, and Run is next.
      await page.call('step', 3);
      await page.focus('button', `↺ ${t('ui.run.reset')}`, BAR);
      await page.press('Enter');
      await page.waitForStatus('ready');
      await page.settled();
      await page.waitForFocus('button', t('ui.run.start'));
      await tabTo(page, 'the learning rate', isNamed('slider', rate));

      // In the text, what was proposed goes with the press that takes it, and so does the arrow back.
      const spread = t('controls.init_std.label');
      await page.show(SPREAD);
      await page.focus('button', t('ui.text.take', { name: spread, own: '0.5', value: '0.01' }), SPREAD);
      await page.press('Enter');
      await stays('spinbutton', spread, { init_std: 0.5 });
      await page.show(RATE);
      await page.focus('spinbutton', rate, RATE);
      await page.press('ArrowUp');
      await stays('spinbutton', rate, { learning_rate: 0.21 });
      await page.focus('button', t('ui.text.back', { value: '0.2' }), RATE);
      await page.press('Enter');
      await stays('spinbutton', rate, { learning_rate: 0.2 });
    },
  },
  {
    name: 'a run to be watched lasts as long as its pace says, however few its steps',
    browsers: ['chromium'],
    async run({ open, words }) {
      const t = (key, fill) => words('en', key, fill);
      const page = await open(address('boosting', { num_iterations: 20, level: 'play' }));
      await page.waitForStatus('ready');
      await page.unfold(t('ui.run.more'), BAR);
      const time = t('ui.run.seconds', { seconds: 6 });
      equal(
        await page.optionOf('combobox', t('ui.run.pace'), BAR),
        t('ui.run.paces.watch', { time }),
        'the pace',
      );
      const began = Date.now();
      await page.click('button', t('ui.run.start'), BAR);
      await page.waitForStatus('done');
      const seconds = (Date.now() - began) / 1000;
      ok(seconds > 4.5, 'seconds of a run to be watched', seconds);
    },
  },
];
