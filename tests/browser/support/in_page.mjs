/**
 * What the tests use inside a page. `installHelpers` is sent along with every function that is evaluated there,
 * so it stands alone: it may use nothing of this file but itself.
 *
 * It offers `emberTest`: elements by role and name through shadow roots, as a reader of the page meets them.
 */

export function installHelpers() {
  if (globalThis.emberTest) return;

  /**
   * Each element under `root` in document order, those in shadow roots among them. Pages have thousands, and every look
   * at a page goes through them: a generator for each level would cost ten times as much.
   */
  function* elements(root) {
    const open = [];
    const openChildren = (node) => {
      for (let child = node.lastElementChild; child; child = child.previousElementSibling) open.push(child);
    };
    openChildren(root);
    while (open.length > 0) {
      const element = open.pop();
      yield element;
      openChildren(element);
      if (element.shadowRoot) openChildren(element.shadowRoot);
    }
  }

  const visible = (element) =>
    element.getClientRects().length > 0 && getComputedStyle(element).visibility !== 'hidden';

  /** Text as it is seen: without what is hidden, form fields and styles. */
  function text(node) {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.nodeType === Node.ELEMENT_NODE) {
      if (/^(style|script|select|input|textarea|noscript)$/i.test(node.tagName)) return '';
      const { display, visibility } = getComputedStyle(node);
      if (display === 'none' || visibility === 'hidden') return '';
      // What stands in a slot is seen there, not where it was written.
      const slotted = node.localName === 'slot' ? node.assignedNodes() : [];
      const inside = slotted.length > 0 ? slotted : [...(node.shadowRoot ?? node).childNodes];
      const parts = inside.map(text).join('');
      return display.startsWith('inline') ? parts : ` ${parts} `;
    }
    return [...node.childNodes].map(text).join('');
  }
  const tidy = (words) => words.replace(/\s+/g, ' ').trim();
  /** Without the signs around the words: "▶ Run" is "Run". */
  const bare = (words) => tidy(words).replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');

  function name(element) {
    const labelled = element.getAttribute('aria-labelledby');
    if (labelled) {
      const root = element.getRootNode();
      return tidy(
        labelled
          .split(/\s+/)
          .map((id) => root.getElementById(id)?.textContent ?? '')
          .join(' '),
      );
    }
    if (element.hasAttribute('aria-label')) return tidy(element.getAttribute('aria-label'));
    if (element.labels?.length) return tidy([...element.labels].map(text).join(' '));
    return tidy(text(element) || element.getAttribute('alt') || element.title || '');
  }

  const INPUT_ROLES = { range: 'slider', number: 'spinbutton', radio: 'radio', checkbox: 'checkbox' };
  function role(element) {
    const given = element.getAttribute('role');
    if (given) return given;
    const tag = element.localName;
    if (tag === 'input') return INPUT_ROLES[element.type] ?? (element.type === 'file' ? 'file' : 'textbox');
    if (tag === 'a') return element.hasAttribute('href') ? 'link' : '';
    const roles = {
      button: 'button',
      select: 'combobox',
      textarea: 'textbox',
      table: 'table',
      img: 'img',
      summary: 'summary',
    };
    return roles[tag] ?? (/^h[1-6]$/.test(tag) ? 'heading' : '');
  }

  const composedParent = (node) => node.parentElement ?? node.getRootNode().host ?? null;
  function isWithin(element, selector) {
    for (let node = element; node; node = composedParent(node)) if (node.matches(selector)) return true;
    return false;
  }

  /** Names of the elements with a shadow root around an element, from the inside out. */
  function hosts(element) {
    const found = [];
    for (let node = element; node; node = composedParent(node))
      if (node.shadowRoot) found.push(node.localName);
    return found;
  }

  /** A look may stand in the lab and in a figure of the text: the lab's is meant where the selector does not say. */
  function ofLab(found) {
    const inLab = found.filter((element) => isWithin(element, 'ember-lab'));
    return inLab.length > 0 ? inLab : found;
  }

  /** Visible elements of a role, with a name (or any), inside an element that matches `within` (or anywhere). */
  function all(wanted, named, within) {
    const found = [...elements(document)].filter(
      (element) =>
        role(element) === wanted &&
        visible(element) &&
        (named == null || bare(name(element)) === bare(named)) &&
        (!within || isWithin(element, within)),
    );
    return named == null && !within ? found : ofLab(found);
  }

  /** The one element of a role and a name; throws with the names there are. */
  function one(wanted, named, within) {
    const found = all(wanted, named, within);
    if (found.length === 1) return found[0];
    const names = all(wanted, null, within).map(name);
    throw new Error(
      `${found.length} elements of role ${wanted} are named "${named}"${within ? ` in ${within}` : ''}; ` +
        `there are: ${names.join(' | ')}`,
    );
  }

  /** The element that has the focus, looked for through shadow roots. */
  function focused() {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element;
  }

  /** The topmost element at a point of the window, looked for through shadow roots. */
  function at(x, y) {
    let element = document.elementFromPoint(x, y);
    while (element?.shadowRoot) {
      const inner = element.shadowRoot.elementFromPoint(x, y);
      if (!inner || inner === element) break;
      element = inner;
    }
    return element;
  }

  /** Where to click an element; throws when something lies over it. */
  function place(element) {
    element.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
    const { left, top, width, height } = element.getBoundingClientRect();
    const [x, y] = [left + width / 2, top + height / 2];
    const topmost = at(x, y);
    for (let node = topmost; node; node = composedParent(node)) if (node === element) return { x, y };
    if (topmost && element.contains(topmost)) return { x, y };
    throw new Error(`"${name(element)}" is covered by <${topmost?.localName ?? 'nothing'}>`);
  }

  /** Sets a field as a reader would, with the events that follow. */
  function set(element, value) {
    element.value = value;
    for (const type of ['input', 'change'])
      element.dispatchEvent(new Event(type, { bubbles: true, composed: true }));
  }

  const EVENTS = ['ready', 'status', 'progress', 'goal', 'completed', 'error'].map((word) => `ember-${word}`);
  /** Keeps the contract's events of every lab of the page, as they arrive at the document. */
  function record() {
    if (globalThis.emberEvents) return;
    globalThis.emberEvents = [];
    for (const type of EVENTS)
      document.addEventListener(type, (event) =>
        globalThis.emberEvents.push({
          type,
          detail: structuredClone(event.detail ?? null),
          composed: event.composed,
          lab: event.target.id || event.target.localName,
        }),
      );
  }

  /** Cells of the body of a table, row by row. */
  const cells = (table) =>
    [...table.tBodies].flatMap(({ rows }) =>
      [...rows].map((row) => [...row.cells].map((cell) => tidy(text(cell)))),
    );

  /** The first element that matches a selector, shadow roots included. */
  function first(selector) {
    const [element] = ofLab([...elements(document)].filter((one) => one.matches(selector)));
    if (element) return element;
    throw new Error(`there is no ${selector}`);
  }

  globalThis.emberTest = { first, elements, visible, text: (node) => tidy(text(node)), name, role, all, one };
  Object.assign(globalThis.emberTest, { focused, place, set, record, isWithin, hosts, cells, tidy, bare });
}

/**
 * Runs before a page's own scripts and keeps what went wrong in it; violations of the policy do not reach
 * every browser's console. `everything` also keeps errors, where the driver has no other way to learn of them.
 */
export function keepProblems(everything) {
  const problems = (globalThis.emberProblems ??= []);
  addEventListener('securitypolicyviolation', (event) =>
    problems.push(`policy: ${event.violatedDirective} kept out ${event.blockedURI}`),
  );
  if (!everything) return;
  addEventListener(
    'error',
    (event) =>
      problems.push(`error: ${event.message ?? `${event.target?.src ?? event.target?.href} did not load`}`),
    true,
  );
  addEventListener('unhandledrejection', (event) => problems.push(`unhandled rejection: ${event.reason}`));
  const write = console.error;
  console.error = (...words) => {
    problems.push(`console: ${words.map(String).join(' ')}`);
    write.apply(console, words);
  };
}
