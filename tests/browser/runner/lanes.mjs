/**
 * Shares cases out between lanes that run side by side. A lane keeps to a browser while there are cases for it, because
 * starting one takes seconds; then it takes a browser that no lane has, and at last it helps where most is left, with a
 * browser of its own.
 */
export class Shares {
  /** By browser: its cases that no lane has taken yet, in their order. */
  #left;
  /** By lane: the browser it has. */
  #has = new Map();

  /** @param {Map<string, object[]>} cases by browser; the first browsers are the first to be taken */
  constructor(cases) {
    this.#left = new Map([...cases].map(([browser, some]) => [browser, [...some]]));
  }

  /** The next case of a lane as `{browser, test}`, or null when no case is left. */
  next(lane) {
    const browser = this.#choose(lane);
    if (browser === null) return null;
    this.#has.set(lane, browser);
    return { browser, test: this.#left.get(browser).shift() };
  }

  #choose(lane) {
    const open = [...this.#left].filter(([, cases]) => cases.length > 0);
    if (open.length === 0) return null;
    const names = open.map(([browser]) => browser);
    if (names.includes(this.#has.get(lane))) return this.#has.get(lane);
    const taken = [...this.#has].filter(([other]) => other !== lane).map(([, browser]) => browser);
    const free = names.find((browser) => !taken.includes(browser));
    return free ?? open.reduce((most, one) => (one[1].length > most[1].length ? one : most))[0];
  }
}
