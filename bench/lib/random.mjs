/** A small seeded generator, so that every run of the bench and every contestant sees the same numbers. */

/** Mulberry32 (Tommy Ettinger, public domain): 32 bits of state, good enough for shuffles and initial weights. */
export class Random {
  /** @param {number} seed a whole number */
  constructor(seed) {
    this.state = seed >>> 0;
  }

  /** A number in 0 (included) … 1 (excluded). */
  uniform() {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let bits = this.state;
    bits = Math.imul(bits ^ (bits >>> 15), bits | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A draw from the standard normal distribution (Box and Muller). */
  normal() {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /**
   * The items in random order (Fisher and Yates); the list given stays as it is.
   *
   * @template Item
   * @param {readonly Item[]} items
   * @returns {Item[]}
   */
  shuffled(items) {
    const order = [...items];
    for (let last = order.length - 1; last > 0; last -= 1) {
      const other = Math.floor(this.uniform() * (last + 1));
      [order[last], order[other]] = [order[other], order[last]];
    }
    return order;
  }
}
