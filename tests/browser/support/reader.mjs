/**
 * What a reader does and sees. Whoever acts waits until what is acted on is there, visible, enabled and at rest;
 * whoever reads waits until the page has come to rest.
 */

import { BarePage, until } from './bare_page.mjs';
import { Unmet } from './expect.mjs';

/** "the button "Run" in ember-run-bar", for the reports of waits. */
const called = (role, name, within) =>
  `the ${role}${name == null ? '' : ` "${name}"`}${within ? ` in ${within}` : ''}`;

/** A page and its reader. Elements are named by role and accessible name, `within` is a selector around them. */
export class Reader extends BarePage {
  /** Clicks, with the pointer, the one element of a role and a name; a click that missed it is withheld and made again. */
  async click(role, name, within) {
    const what = called(role, name, within);
    let hit;
    const done = await until(async () => {
      const { x, y } = await this.waitFor(
        `${what} to click`,
        (role, name, within) => emberTest.aim(role, name, within),
        ...[role, name, within],
      );
      await this.driver.clickAt(x, y);
      // A click that leads to another page takes its report with it.
      hit = await this.evaluate(() => emberTest.landed()).catch(() => 'it');
      return hit === 'it';
    });
    if (!done) throw new Unmet(`no click has hit ${what}; the last has hit ${hit}`);
  }

  /** Opens a tab, and waits until what it shows is there. */
  async openTab(name, within) {
    await this.click('tab', name, within);
    await this.waitFor(
      `the tab "${name}" to be open`,
      (name, within) => emberTest.one('tab', name, within).getAttribute('aria-selected') === 'true',
      ...[name, within],
    );
    await this.settled();
  }

  /** Opens what a button folds and unfolds, unless it is open. */
  async unfold(name, within) {
    await this.waitForCount(1, 'button', name, within);
    const isOpen = () =>
      this.read(
        (name, within) => emberTest.one('button', name, within).getAttribute('aria-expanded') === 'true',
        ...[name, within],
      );
    if (await isOpen()) return;
    await this.click('button', name, within);
    await this.waitFor(
      `what the button "${name}" unfolds`,
      (name, within) => emberTest.one('button', name, within).getAttribute('aria-expanded') === 'true',
      ...[name, within],
    );
  }

  /** Whether a `details` element is open, by its summary. */
  async isOpen(summary, within) {
    await this.waitForCount(1, 'summary', summary, within);
    return this.read(
      (summary, within) => emberTest.one('summary', summary, within).parentElement.open,
      ...[summary, within],
    );
  }

  /** Opens a `details` element by its summary, unless it is open. */
  async openDetails(summary, within) {
    if (!(await this.isOpen(summary, within))) await this.click('summary', summary, within);
    await this.settled();
  }

  /** Waits until the element of a role and a name has the focus. */
  async waitForFocus(role, name) {
    await this.waitFor(
      `the focus on ${called(role, name)}`,
      (role, name) => {
        const element = emberTest.focused();
        const found = `${emberTest.role(element)} "${emberTest.name(element)}"`;
        if (
          emberTest.role(element) !== role ||
          emberTest.bare(emberTest.name(element)) !== emberTest.bare(name)
        )
          throw new Error(`it is on the ${found}`);
        return true;
      },
      ...[role, name],
    );
  }

  /** How far the page is scrolled down, in pixels. */
  scrolled() {
    return this.read(() => Math.round(window.scrollY));
  }

  /** What a list shows as chosen, in words. */
  optionOf(role, name, within) {
    return this.read(
      (role, name, within) => emberTest.tidy(emberTest.one(role, name, within).selectedOptions[0].text),
      ...[role, name, within],
    );
  }

  press(key) {
    return this.driver.press(key);
  }

  type(text) {
    return this.driver.type(text);
  }

  /** Sets a field, with the events that follow when a reader does, and waits until the page has taken it up. */
  async set(role, name, value, within) {
    await this.settled();
    await this.waitFor(
      `${called(role, name, within)} to be set to ${JSON.stringify(value)}`,
      (role, name, value, within) => {
        const field = emberTest.usable(role, name, within);
        const options = field.options && [...field.options].map((option) => option.value);
        if (options && !options.includes(value))
          throw new Error(`there are the options ${options.join(', ')}`);
        emberTest.set(field, value);
        return true;
      },
      ...[role, name, value, within],
    );
    await this.settled();
  }

  /** Puts the focus on the element of a role and a name, or of a place among those of its role. */
  async focus(role, name, within, index = 0) {
    await this.settled();
    await this.waitFor(
      `${called(role, name, within)} to have the focus`,
      (role, name, within, index) => {
        const element =
          name == null ? emberTest.all(role, null, within)[index] : emberTest.usable(role, name, within);
        element.focus();
        return emberTest.focused() === element;
      },
      ...[role, name, within, index],
    );
  }

  /**
   * What has the focus: `{role, name, value, marked, hosts, onPage}`. The value is what a screen reader says; `marked`
   * tells whether the focus is seen, `hosts` names the page's own elements around it, `onPage` is false where nothing
   * has the focus.
   */
  focused() {
    return this.read(() => {
      const element = emberTest.focused();
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      return {
        role: emberTest.role(element),
        name: emberTest.bare(emberTest.name(element)),
        value: element.getAttribute('aria-valuetext'),
        marked: (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none',
        hosts: emberTest.hosts(element),
        onPage: element !== document.body,
      };
    });
  }

  /** Waits until what has the focus says a value with a text in it, and gives the whole of it. */
  waitForValue(part) {
    return this.waitFor(
      `a value with "${part}"`,
      (part) => {
        const value = emberTest.focused().getAttribute('aria-valuetext');
        if (!value?.includes(part)) throw new Error(`the value is ${value}`);
        return value;
      },
      part,
    );
  }

  /**
   * Presses a key that leads to one place, such as `Home`, until what has the focus says a value with a text in it, and
   * gives the whole of it. Where a pointer rests on a chart that is drawn anew, its place is taken once more; a reader
   * presses the key again.
   */
  async pressTo(key, part) {
    let value = null;
    const reached = await until(async () => {
      await this.press(key);
      value = await this.read(() => emberTest.focused().getAttribute('aria-valuetext'));
      return value?.includes(part);
    });
    if (!reached) throw new Error(`${key} led in vain to a value with "${part}" (last: ${value})`);
    return value;
  }

  /** Waits until what has the focus says another value than `before`, and gives it. */
  nextValue(before) {
    return this.waitFor(
      `another value than "${before}"`,
      (before) => {
        const value = emberTest.focused().getAttribute('aria-valuetext');
        return value !== before && value;
      },
      before,
    );
  }

  /**
   * Sends a move of the mouse to the middle of what has the focus, and gives the value it says then. At rest the mouse was
   * at that place of the screen before: the page moved, and the browser says so.
   */
  movePointer({ isResting }) {
    return this.read(async (isResting) => {
      const slider = emberTest.focused();
      const { left, top, width, height } = slider.getBoundingClientRect();
      const [clientX, clientY] = [left + width / 2, top + height / 2];
      const move = (target, screenX) => {
        const at = { clientX, clientY, screenX, screenY: 20 };
        const init = { pointerType: 'mouse', bubbles: true, composed: true, ...at };
        target.dispatchEvent(new PointerEvent('pointermove', init));
      };
      move(document.body, 10);
      move(slider, isResting ? 10 : 11);
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      return slider.getAttribute('aria-valuetext');
    }, isResting);
  }

  /** Waits until there are elements of a role. */
  #some(role, within) {
    return this.waitFor(
      called(role, null, within),
      (role, within) => emberTest.all(role, null, within).length > 0,
      ...[role, within],
    );
  }

  /** Names of the elements of a role, of which there are some. */
  async names(role, within) {
    await this.#some(role, within);
    return this.read((role, within) => emberTest.all(role, null, within).map(emberTest.name), role, within);
  }

  /** Values of the fields of a role, of which there are some. */
  async values(role, within) {
    await this.#some(role, within);
    return this.read(
      (role, within) => emberTest.all(role, null, within).map(({ value }) => value),
      role,
      within,
    );
  }

  /** How many elements there are of a role, and of a name if one is given. */
  count(role, name, within) {
    return this.read((role, name, within) => emberTest.all(role, name, within).length, role, name, within);
  }

  /** Waits until there are so many elements of a role, and of a name if one is given. */
  async waitForCount(count, role, name, within) {
    await this.waitFor(
      `${count} times ${called(role, name, within)}`,
      (count, role, name, within) => {
        const found = emberTest.all(role, name, within).length;
        if (found !== count) throw new Error(`there are ${found}`);
        return true;
      },
      ...[count, role, name, within],
    );
  }

  /** Whether the one field or button of a role and a name can be used. */
  async isEnabled(role, name, within) {
    await this.waitForCount(1, role, name, within);
    return this.read(
      (role, name, within) => !emberTest.one(role, name, within).matches(':disabled'),
      ...[role, name, within],
    );
  }

  /** Cells of the body of the first table in a part, row by row. */
  async rows(within) {
    await this.waitFor(
      `a table in ${within}`,
      (within) => emberTest.all('table', null, within).length > 0,
      within,
    );
    return this.read((within) => emberTest.cells(emberTest.all('table', null, within)[0]), within);
  }

  /** Brings a part into view and waits until nothing comes in above it any more: what is not in sight is not drawn. */
  async show(selector) {
    await this.waitFor(
      `${selector} to look at`,
      (selector) => {
        const element = emberTest.first(selector);
        // What is folded away is opened, as a reader would.
        for (let fold = element.parentElement; fold; fold = fold.parentElement)
          if (fold instanceof HTMLDetailsElement) fold.open = true;
        element.scrollIntoView({ behavior: 'instant' });
        return emberTest.visible(element);
      },
      selector,
    );
    await this.waitFor(
      `the page to stand still at ${selector}`,
      async (selector) => {
        const place = () => {
          const element = emberTest.first(selector);
          element.scrollIntoView({ behavior: 'instant' });
          return `${element.getBoundingClientRect().top} of ${document.documentElement.scrollHeight}`;
        };
        const before = place();
        const late = await emberTest.settled(5000);
        if (late.length > 0) throw new Error(`it waits for ${late.join(', ')}`);
        return place() === before;
      },
      selector,
    );
  }

  /** What the reader sees under a selector (the page's body by default), shadow roots included. */
  async text(selector = 'body') {
    await this.waitFor(selector, (selector) => Boolean(emberTest.first(selector)), selector);
    return this.read((selector) => emberTest.text(emberTest.first(selector)), selector);
  }

  async waitForText(part, selector = 'body') {
    await this.waitFor(
      `"${part}" in ${selector}`,
      (selector, part) => {
        const text = emberTest.text(emberTest.first(selector));
        if (!text.includes(part)) throw new Error(`there stands: ${text.slice(0, 500)}`);
        return true;
      },
      ...[selector, part],
    );
  }

  async waitForNoText(part, selector = 'body') {
    await this.waitFor(
      `"${part}" gone from ${selector}`,
      (selector, part) => !emberTest.text(emberTest.first(selector)).includes(part),
      ...[selector, part],
    );
  }

  /** Waits until a sentence stands where a screen reader hears it. */
  waitForAnnouncement(sentence) {
    return this.waitFor(
      `"${sentence}" where a screen reader hears it`,
      (sentence) =>
        [...emberTest.all('alert'), ...emberTest.all('status')].some((place) =>
          emberTest.text(place).includes(sentence),
        ),
      sentence,
    );
  }

  /** What the reader sees under all elements of a selector that are in sight of one who scrolls. */
  async textOfAll(selector) {
    const text = (selector) =>
      [...emberTest.elements(document)]
        .filter((element) => element.matches(selector) && emberTest.visible(element))
        .map(emberTest.text)
        .join(' ');
    await this.waitFor(`text in ${selector}`, text, selector);
    return this.read(text, selector);
  }

  /** All that the one element of a role and a name holds, line for line. */
  async lines(role, name, within) {
    await this.waitForCount(1, role, name, within);
    return this.read(
      (role, name, within) => emberTest.one(role, name, within).textContent.split('\n'),
      ...[role, name, within],
    );
  }

  /** What a screen reader is told in a part. */
  spoken(within) {
    return this.read((within) => {
      const regions = [...emberTest.elements(emberTest.first(within).shadowRoot)];
      return emberTest.tidy(
        regions
          .filter((one) => one.matches('[aria-live]'))
          .map((one) => one.textContent)
          .join(' '),
      );
    }, within);
  }

  /** Names of the page's own elements that are there, such as `ember-charts`. */
  parts() {
    return this.read(() =>
      [...emberTest.elements(document)]
        .map(({ localName }) => localName)
        .filter((name) => name.startsWith('ember-')),
    );
  }

  /** Language of the page. */
  language() {
    return this.read(() => document.documentElement.lang);
  }

  /** Colour behind the page. */
  background() {
    return this.read(() => getComputedStyle(document.body).backgroundColor);
  }

  /** Waits until the page has a look that the reader has chosen, `light` or `dark`. */
  async waitForTheme(look) {
    await this.waitFor(`a ${look} page`, (look) => document.documentElement.dataset.theme === look, look);
  }

  /** The settings in the address, by name. */
  search() {
    return this.read(() => Object.fromEntries(new URLSearchParams(location.search)));
  }
}
