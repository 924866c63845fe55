/** The run as a program, and the files that it reads. */

import { download, downloads } from '../../browser/support/downloads.mjs';
import { contains, equal, ok } from '../../browser/support/expect.mjs';
import { small } from './support/lesson.mjs';

const PART = 'ember-code';

export const tests = [
  {
    name: 'the program of late fusion is saved with the files it reads, and what has none says which settings have one',
    browsers: ['chromium'],
    async run({ open, words }) {
      const t = (key, fill) => words('en', key, fill, 'sequences');
      const page = await open(small({ hide: 'story,goals,share,experiments', model: 'late' }));
      await page.waitForStatus('ready');
      await page.show(PART);
      for (const [language, file] of [
        ['rust', 'sequences_late.rs'],
        ['python', 'sequences_late.py'],
      ]) {
        await page.openTab(t(`ui.code.${language}`), PART);
        const { name, bytes } = await download(page, t('ui.code.download', { file }), PART);
        equal(name, file, 'the name of the program');
        const written = (await page.call('inspect', 'code', {}))[language].text;
        equal(bytes.toString('utf8'), written, 'the program');
        contains(written, 'encoders.2', 'a sequence model for each of three channels');
      }
      const files = await downloads(page, t('ui.save_tables.save'), PART, 3);
      const byName = Object.fromEntries(files.map(({ name, bytes }) => [name, bytes]));
      const lines = (name) => byName[name].toString('utf8').trim().split(/\r?\n/);
      const { items } = await page.call('inspect', 'items', {});
      const { taken } = await page.call('inspect', 'data', {});
      equal(lines('histories.csv').length, taken + 1, 'what was taken, and a head');
      equal(lines('codes.csv').length, items.length + 1, 'an item a line, and a head');
      const start = byName['start.safetensors'];
      const length = Number(start.readBigUInt64LE(0));
      const header = JSON.parse(start.subarray(8, 8 + length).toString('utf8'));
      ok('Steps.join.weight' in header, 'the weights by name', Object.keys(header));

      const other = await open(small({ hide: 'story,goals,share,experiments', model: 'holistic' }));
      await other.waitForStatus('ready');
      await other.show(PART);
      await other.waitForText(t('errors.no_program'), PART);
    },
  },
];
