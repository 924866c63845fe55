/** The filter bench of the vision lesson. */

import { equal, ok } from '../../browser/support/expect.mjs';
import { EVERYWHERE } from '../../browser/support/lessons.mjs';
import { disabledOn, typeFast } from './support/bench.mjs';
import { vision } from './support/lesson.mjs';

const BENCH = 'ember-filter-bench';

/** Sums and md5 sums that the document's code gives (tests/vision/filters.rs names the source). */
const DOCUMENT = [
  {
    filter: [0, 1, 0, 1, -4, 1, 0, 1, 0],
    md5: { output: 'd5831f615407fd101be62bb4dfb429bf', pooled: 'b495e29cb9615742d0a88359f7a3f4e5' },
  },
  {
    filter: [-1, -2, -1, 0, 0, 0, 1, 2, 1],
    md5: { output: '6e83e571ff454e6dcff306b7f18d9281', pooled: 'b30772085e4e35feac443450f0a65b7f' },
  },
  {
    filter: [-1, 0, 1, -2, 0, 2, -1, 0, 1],
    md5: { output: '5467ce49bbe93739baec7e650ab60b35', pooled: '4996f613ce91b2171316b00aa5e2f398' },
  },
];

export const tests = [
  {
    name: "filters give the document's own bytes",
    browsers: ['chromium'],
    async run({ open }) {
      const page = await open(vision({ task: 'filters' }));
      await page.waitForStatus('done');
      for (const { filter, md5 } of DOCUMENT) {
        const answer = await page.call('inspect', 'filter', {
          filter,
          orientation: 'as_written',
          pool: true,
        });
        equal(answer.md5, md5, `md5 sums of ${filter}`);
      }
      const refused = await page.failure('inspect', 'filter', { filter: [1, 2, 3] });
      equal(refused.code, 'bad_input', 'three numbers are no filter');
    },
  },
  {
    name: 'the filter on the bench stands in the address, and follows what is typed at once',
    browsers: EVERYWHERE,
    async run({ open, words }) {
      const same = (id) =>
        words('en', 'ui.filter_bench.same_bytes', { filter: words('en', `ui.filter_bench.filters.${id}`) });
      const rows = '-1,-2,-1,0,0,0,1,2,1';
      const page = await open(vision({ filter: rows, filter_orientation: 'as_written' }));
      await page.waitForStatus('done');
      await page.show(BENCH);
      await page.waitForText(same('rows'), BENCH);
      equal(
        await page.values('spinbutton', BENCH),
        [...rows.split(','), '1'],
        'numbers and weight on the bench',
      );

      const { search, shown } = await typeFast(
        page,
        words('en', 'ui.filter_bench.number', { row: 1, column: 1 }),
      );
      ok(!search.includes('-3'), 'nothing is written while the reader types', search);
      equal(shown, '', 'the list of filters follows at once: numbers of the reader’s own');
      await page.waitFor('the numbers in the address', () =>
        location.search.includes('filter=-3.25,-2,-1,0'),
      );
      ok(!(await page.text(BENCH)).includes(same('rows')), 'the pictures are those of the new numbers');

      await page.set('spinbutton', words('en', 'controls.filter_weight.label'), '0.5', BENCH);
      await page.waitFor('the weight in the address', () => location.search.includes('filter_weight=0.5'));
      await page.reload();
      await page.waitForStatus('done');
      const { config } = await page.call('exportRun');
      equal(
        [config.filter, config.filter_weight, config.filter_orientation],
        [[-3.25, -2, -1, 0, 0, 0, 1, 2, 1], 0.5, 'as_written'],
        'settings after a reload',
      );

      await page.set('combobox', words('en', 'ui.filter_bench.begin'), 'all_edges', BENCH);
      await page.click('radio', words('en', 'controls.filter_orientation.options.corrected'), BENCH);
      await page.waitForText(same('all_edges'), BENCH);
      await page.waitFor('the defaults gone from the address', () => location.search === '?lang=en');
    },
  },
  {
    name: 'a filter that is none is replaced by the default with a notice, and an author can fix one',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(vision({ filter: '1,2,3', filter_weight: '1e12' }));
      await page.waitForStatus('done');
      const notice = (setting, given, used) =>
        words('en', 'notices.setting_out_of_range', {
          given,
          setting: words('en', `controls.${setting}.label`),
          used,
        });
      await page.waitForText(notice('filter', '1,2,3', '0,1,0,1,-4,1,0,1,0'), 'ember-messages');
      await page.waitForText(notice('filter_weight', '1e12', '1'), 'ember-messages');
      await page.addLab('fixed', {
        lesson: 'vision',
        config: { filter: [1, 1, 1, 1, 1, 1, 1, 1, 1], filter_weight: 0.1 },
        lock: 'filter,filter_orientation',
      });
      const disabled = await disabledOn(page, '#fixed');
      equal(disabled, [[...Array(9).fill(true), false], [true, true], [true]], 'what is fixed');
    },
  },
];
