/** Questions that cannot be answered are refused, cost nothing, and the next is answered. */

import { equal } from '../support/expect.mjs';
import { EVERYWHERE } from '../support/lessons.mjs';
import { KEEP_WORKERS } from '../support/workers.mjs';
import { boosting } from '../../boosting/browser/support/lesson.mjs';
import { lesson } from '../../iris/browser/support/lesson.mjs';
import { made } from '../../movies/browser/support/lesson.mjs';
import { FEW_DIGITS, vision } from '../../vision/browser/support/lesson.mjs';

/** By lesson: its address, and a question that it answers. */
const LESSONS = {
  iris: [lesson(), ['predict', [[5.1, 3.5, 1.4, 0.2]]]],
  vision: [vision(FEW_DIGITS), ['evaluate', 'valid']],
  movies: [made({ model: 'bias' }), ['predict', { user: 1, top: 3 }]],
  boosting: [boosting({ num_iterations: 5 }), ['inspect', 'importance']],
};

/** In the page: asks by one method what survives no message or no JSON; gives the code of each refusal. */
async function askInVain(lab, method, first) {
  const holdsItself = [];
  holdsItself.push([holdsItself]);
  const nested = (levels) => {
    let value = 1;
    for (let level = 0; level < levels; level += 1) value = level % 2 ? [value] : { constructor: value };
    return value;
  };
  const questions = { holdsItself, deep: nested(500), deeper: nested(200_000), call: [() => 1], big: [1n] };
  const codes = {};
  for (const [name, question] of Object.entries(questions)) {
    const values = first === null ? [question] : [first, question];
    codes[name] = await lab[method](...values).then(
      () => 'answered',
      ({ code }) => code,
    );
  }
  return codes;
}

export const tests = Object.entries(LESSONS).map(([id, [address, [method, ...values]]]) => ({
  name: `a question of ${id} that holds itself or is endlessly deep is refused, costs no worker, and the next is answered`,
  // How deep a message may be is the engine's; that a lesson refuses it is the same in all.
  browsers: id === 'iris' ? EVERYWHERE : ['chromium'],
  async run({ open }) {
    const page = await open(address, { before: [KEEP_WORKERS] });
    await page.waitForStatus('ready');
    const answer = await page.call(method, ...values);
    for (const [asked, first] of [
      ['predict', null],
      ['inspect', 'code'],
    ]) {
      const codes = await page.callInPage(askInVain, asked, first);
      equal([...new Set(Object.values(codes))], ['bad_input'], `codes of ${asked}: ${JSON.stringify(codes)}`);
      equal(await page.call(method, ...values), answer, 'the answer to the next question');
    }
    const refused = await page.callInPage(
      (lab, names) => Promise.all(names.map((name) => lab[name]('constructor').catch(({ code }) => code))),
      ['evaluate', 'inspect', 'exportModel', 'importModel', 'load'],
    );
    equal(
      refused,
      ['unknown_split', 'unknown_inspection', 'unknown_format', 'bad_input', 'bad_input'],
      'codes for the name `constructor`',
    );
    equal(await page.call(method, ...values), answer, 'the answer to the next question');
    equal(await page.evaluate(() => emberWorkers.length), 1, 'workers that were made');
  },
}));
