/** A page in any of the browsers: what the drivers offer, and the acts of a reader built upon it. */

import { installHelpers } from './in_page.mjs';
import { Unmet } from './expect.mjs';

/** Longest wait for a condition; generous, because it costs nothing on a machine that is fast enough. */
const PATIENCE_MS = 45_000;

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
export class Page {
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

  /** The value of a function in the page; arguments and value survive JSON. */
  evaluate(inPage, ...values) {
    const list = values.map((value) => JSON.stringify(value) ?? 'undefined').join(', ');
    return this.driver.evaluate(`(${installHelpers})(), (${inPage})(${list})`);
  }

  /** Waits until a function in the page answers with something true, and gives that. */
  async waitFor(what, inPage, ...values) {
    const end = Date.now() + PATIENCE_MS;
    let last;
    for (;;) {
      try {
        last = await this.evaluate(inPage, ...values);
        if (last) return last;
      } catch (thrown) {
        last = thrown;
      }
      if (Date.now() > end) {
        const messages = await this.evaluate(() =>
          emberTest
            .all('status')
            .concat(emberTest.all('alert'))
            .map((place) => emberTest.text(place))
            .join(' / '),
        ).catch(String);
        throw new Unmet(`waited in vain for: ${what} (last: ${last}; the page says: ${messages})`);
      }
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
  }

  /** Clicks, with the pointer, the one element of a role and an accessible name. */
  async click(role, name, within) {
    const find = (role, name, within) => emberTest.place(emberTest.one(role, name, within));
    await this.waitFor(`a ${role} named "${name}" to click`, find, role, name, within);
    // Parts that come into view fetch what they show, and what lies below them moves: the pointer waits for it to rest.
    let place = null;
    let still = 0;
    for (let look = 0; still < 3 && look < 50; look += 1) {
      const before = place;
      // What covers it for a moment, or moves it out of the window, is no rest.
      place = await this.evaluate(find, role, name, within).catch(() => ({}));
      still = place.x !== undefined && before?.x === place.x && before.y === place.y ? still + 1 : 0;
      await new Promise((resolve) => setTimeout(resolve, 80));
    }
    const { x, y } = await this.evaluate(find, role, name, within);
    await this.driver.clickAt(x, y);
  }

  press(key) {
    return this.driver.press(key);
  }

  type(text) {
    return this.driver.type(text);
  }

  /** Sets a field, with the events that follow when a reader does. */
  set(role, name, value, within) {
    return this.evaluate(
      (role, name, value, within) => emberTest.set(emberTest.one(role, name, within), value),
      ...[role, name, value, within],
    );
  }

  /** What the reader sees under a selector (the page's body by default), shadow roots included. */
  text(selector = 'body') {
    return this.evaluate((selector) => emberTest.text(emberTest.first(selector)), selector);
  }

  async waitForText(part, selector = 'body') {
    await this.waitFor(
      `"${part}" in ${selector}`,
      (selector, part) => emberTest.text(emberTest.first(selector)).includes(part),
      selector,
      part,
    );
  }

  /** Calls a method of a lab; a rejection is thrown with its code and message. */
  async call(method, ...values) {
    return this.callOn('ember-lab', method, ...values);
  }

  async callOn(selector, method, ...values) {
    const { value, error } = await this.outcome(selector, method, ...values);
    if (error) throw new Unmet(`${method}() was rejected: ${JSON.stringify(error)}`);
    return value;
  }

  /** The error a method of a lab rejects with: `{code, message, details}`. */
  async failure(method, ...values) {
    const { value, error } = await this.outcome('ember-lab', method, ...values);
    if (!error) throw new Unmet(`${method}() was expected to reject, and gave ${JSON.stringify(value)}`);
    return error;
  }

  outcome(selector, method, ...values) {
    return this.evaluate(
      async (selector, method, values) => {
        await customElements.whenDefined('ember-lab');
        const lab = document.querySelector(selector);
        try {
          const value = await lab[method](...values);
          return { value: value instanceof Uint8Array ? [...value] : value };
        } catch ({ code, message, details }) {
          return { error: { code: code ?? null, message: String(message), details: details ?? null } };
        }
      },
      selector,
      method,
      values,
    );
  }

  /** A property of a lab. */
  property(name, selector = 'ember-lab') {
    return this.evaluate((selector, name) => document.querySelector(selector)[name], selector, name);
  }

  /** Waits until a lab has one of these statuses. */
  async waitForStatus(...wanted) {
    return this.waitFor(
      `status ${wanted.join(' or ')}`,
      (wanted) => wanted.find((status) => status === document.querySelector('ember-lab').status),
      wanted,
    );
  }

  /** Waits, in the page, until a run under way has come to a step; the lab trains on meanwhile. */
  waitForStep(step, selector = 'ember-lab') {
    return this.waitFor(
      `step ${step}`,
      async (selector, step) =>
        ((await document.querySelector(selector).history()).at(-1)?.step ?? -1) >= step,
      selector,
      step,
    );
  }

  /** Puts a further lab, of the same lesson unless the attributes say otherwise, into the page and waits until it can start. */
  async addLab(id, attributes) {
    await this.evaluate(
      async (id, attributes) => {
        const { lesson } = document.querySelector('ember-lab');
        const lab = document.createElement('ember-lab');
        lab.id = id;
        for (const [name, value] of Object.entries({ lesson, load: 'eager', ...attributes }))
          lab.setAttribute(name, typeof value === 'string' ? value : JSON.stringify(value));
        document.querySelector('main').append(lab);
        await lab.ready;
      },
      id,
      attributes,
    );
  }

  removeLab(id) {
    return this.evaluate((id) => document.getElementById(id).remove(), id);
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
}
