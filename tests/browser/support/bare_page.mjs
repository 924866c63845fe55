/** A page as a driver gives it: addresses, values, waits, and what went wrong in it. */

import { Unmet } from './expect.mjs';
import { installHelpers } from './in_page.mjs';
import { installSettling } from './settle.mjs';

/** Longest wait for a condition; generous, because it costs nothing on a machine that is fast enough. */
const PATIENCE_MS = 150_000;

/** Longest wait of one call in the page for its rest. */
const SETTLING_MS = 20_000;

/** Between two looks at a condition, at first and when it has been waited for long: looks take time from the page. */
const LOOK_MS = { first: 40, longest: 200, growth: 1.15 };

/**
 * The least a driver's page offers.
 * @typedef {object} DriverPage
 * @property {(url: string) => Promise<void>} goto loads an address to its end
 * @property {(expression: string) => Promise<unknown>} evaluate value of an expression, awaited
 * @property {(key: string) => Promise<void>} press a key by its DOM name; `Shift+Tab` holds Shift
 * @property {(text: string) => Promise<void>} type writes into what has the focus
 * @property {(x: number, y: number) => Promise<void>} clickAt in CSS pixels of the window
 * @property {(width: number, height: number) => Promise<void>} resize
 * @property {() => Promise<Uint8Array>} screenshot PNG of the window
 * @property {() => Promise<string[]>} problems errors of the console, failed requests, violations of the policy
 * @property {() => Promise<void>} close
 * @property {unknown} native the driver's own page, for what only one browser can do
 */

/** A page under test. */
export class BarePage {
  /** Problems that a test provokes on purpose. */
  allowed = [];

  /** @param {DriverPage} driver */
  constructor(driver, siteUrl) {
    this.driver = driver;
    this.siteUrl = siteUrl;
  }

  /** Loads a page of the site, or any full address. */
  async goto(path) {
    await this.driver.goto(new URL(path, this.siteUrl).href);
  }

  async reload() {
    await this.driver.goto(await this.evaluate(() => location.href));
  }

  /** The value of a function in the page, at once; arguments and value survive JSON. */
  evaluate(inPage, ...values) {
    const list = values.map((value) => JSON.stringify(value) ?? 'undefined').join(', ');
    return this.driver.evaluate(`(${installHelpers})(), (${installSettling})(), (${inPage})(${list})`);
  }

  /** Waits until a function in the page answers with something true, and gives that. */
  async waitFor(what, inPage, ...values) {
    let last;
    const found = await until(async () => {
      // What throws is not there yet; what it threw says what was there instead.
      last = await this.evaluate(inPage, ...values).catch((thrown) => thrown);
      return last instanceof Error ? false : last;
    });
    if (found) return found;
    const state = await this.#state().catch(String);
    throw new Unmet(`waited in vain for: ${what} (last: ${last}; ${state})`);
  }

  /** Waits until nothing is on its way to the screen: no update, no answer, no file. */
  async settled() {
    await this.read(() => true);
  }

  /** The value of a function in the page once the page has come to rest; what throws there is asked again. */
  async read(inPage, ...values) {
    const atRest = `async (limit, ...values) => {
      const late = await emberTest.settled(limit);
      return late.length > 0 ? { late } : { value: await (${inPage})(...values) };
    }`;
    let answer;
    const found = await until(async () => {
      // A page that is left meanwhile takes the answer with it; the one it leads to is asked in its place.
      answer = await this.evaluate(atRest, SETTLING_MS, ...values).catch((thrown) => ({
        late: [String(thrown)],
      }));
      return answer.late === undefined;
    });
    if (!found) throw new Unmet(`the page did not come to rest; it waits for: ${answer.late.join(', ')}`);
    return answer.value;
  }

  /** Lets problems pass that match a pattern: the test brings them about. */
  allow(pattern) {
    this.allowed.push(pattern);
  }

  /** Problems that no test has asked for. */
  async problems() {
    const problems = await this.driver.problems();
    return problems.filter((problem) => !this.allowed.some((pattern) => pattern.test(problem)));
  }

  /** Where the page stands, for the report of a wait in vain. */
  #state() {
    return this.evaluate(() => {
      const said = [...emberTest.all('status'), ...emberTest.all('alert')].map(emberTest.text);
      const labs = [...document.querySelectorAll('ember-lab')].map(({ status }) => status);
      return `the page says: ${said.filter(Boolean).join(' / ')}; labs: ${labs}; at ${location.href}`;
    });
  }
}

/** Waits until `ask` answers with something true, and gives that. */
export async function eventually(what, ask) {
  const answer = await until(ask);
  if (!answer) throw new Unmet(`waited in vain for: ${what}`);
  return answer;
}

/** Asks again and again; gives the first answer that is true, or false when it never is. */
export async function until(ask) {
  const end = Date.now() + PATIENCE_MS;
  for (let pause = LOOK_MS.first; ; pause = Math.min(LOOK_MS.longest, pause * LOOK_MS.growth)) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
