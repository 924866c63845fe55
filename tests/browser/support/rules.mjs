/**
 * How a case acts: through the page objects (reader.mjs, page.mjs), which wait for what they act on. A case that looks
 * into the page's tree by itself, or sleeps for a fixed time, acts before what it acts on is there, on some machine.
 */

/** What no case says, and what it says in its place. */
const RULES = [
  {
    pattern: /\bquerySelector(All)?\b|\bgetElement(s?By\w+)\b/g,
    instead: 'a role and a name, or a method of Page',
  },
  { pattern: /\bshadowRoot\b/g, instead: 'a role and a name, within a part' },
  { pattern: /\bemberTest\b/g, instead: 'a method of Page that waits' },
  { pattern: /\bdocument\.(?!title\b)\w+/g, instead: 'a method of Page' },
  { pattern: /\bset(Timeout|Interval)\b/g, instead: 'waitFor, eventually or settled' },
  { pattern: /\bdriver\.(evaluate|clickAt)\b/g, instead: 'evaluate or click of Page' },
  { pattern: /\.frames\(\)/g, instead: 'page.frame' },
  { pattern: /from '[^']*(in_page|settle|watch_work|reader)\.mjs'/g, instead: 'a context that opens pages' },
];

/**
 * What must look for itself: `[file, text of the line, why]`. An entry that no line needs any more is an error too.
 */
const ALLOWED = [
  [
    'browser/cases/contract.mjs',
    "document.addEventListener('ember-status'",
    'a script of the host page, which moves the lab between two of its steps',
  ],
  [
    'browser/cases/contract.mjs',
    "document.createElement('ember-lab')",
    'properties of a lab outside of any document: no reader ever meets one',
  ],
  [
    'browser/cases/contract.mjs',
    "document.querySelector('main').prepend(document.querySelector('ember-lab'))",
    'the lab is moved in one task, as scripts of host pages do; it has trained before, so that it is there',
  ],
  [
    'browser/cases/contract.mjs',
    "document.querySelector('ember-lab')",
    'a property and a method in one task: what is asked is whether the second waits for the first',
  ],
  [
    'browser/cases/floor.mjs',
    'setTimeout(() => this.onerror',
    'a worker of the test fails in a task of its own',
  ],
  [
    'browser/cases/recovery.mjs',
    'setTimeout(() => this.dispatchEvent',
    'a worker of the test fails in a task of its own',
  ],
];

/** Lines of cases that act by themselves, each of another kind. */
export const EXAMPLES = [
  "await page.evaluate(() => document.querySelector('ember-lab').start());",
  "await page.evaluate(() => emberTest.one('tab', 'All pairs').click());",
  'const rows = first(part).shadowRoot.textContent;',
  'await new Promise((resolve) => setTimeout(resolve, 700));',
  'const frame = page.driver.native.frames()[1];',
  'await page.driver.clickAt(x, y);',
  "import { installHelpers } from '../support/in_page.mjs';",
];

/** What is wrong with case files `{name: source}`, a line for each: `name:line: …`. */
export function breaches(sources, allowed = ALLOWED) {
  const used = new Set();
  const found = [];
  for (const [name, source] of Object.entries(sources)) {
    for (const [index, line] of source.split('\n').entries()) {
      if (/^\s*(\/?\*|\/\/)/.test(line)) continue;
      const exception = allowed.find(([file, text]) => file === name && line.includes(text));
      for (const { pattern, instead } of RULES) {
        for (const [word] of line.matchAll(pattern)) {
          if (exception) used.add(exception);
          else found.push(`${name}:${index + 1}: ${word} (instead: ${instead})`);
        }
      }
    }
  }
  const idle = allowed.filter((entry) => !used.has(entry));
  return [...found, ...idle.map(([file, text]) => `${file}: nothing needs the exception for: ${text}`)];
}
