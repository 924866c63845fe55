/** The cases act through the page objects. */

import { readFileSync } from 'node:fs';
import { equal } from '../support/expect.mjs';
import { caseFiles } from '../support/lessons.mjs';
import { breaches, EXAMPLES } from '../support/rules.mjs';

export const tests = [
  {
    name: 'cases act through the page objects, and none sleeps for a fixed time',
    once: 'first',
    run() {
      const sources = Object.fromEntries(
        caseFiles().map(({ name, url }) => [name, readFileSync(url, 'utf8')]),
      );
      equal(breaches(sources), [], 'what cases do by themselves');
    },
  },
  {
    name: 'a case that acts by itself is found',
    once: 'first',
    run() {
      for (const line of EXAMPLES) equal(breaches({ 'a.mjs': line }, []).length > 0, true, `found: ${line}`);
      equal(breaches({ 'a.mjs': "await page.click('button', 'Run');" }, []), [], 'a case as it should be');
      equal(breaches({}, [['a.mjs', 'an exception', 'gone']]).length, 1, 'exceptions that nothing needs');
    },
  },
];
