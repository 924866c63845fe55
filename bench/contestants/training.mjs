/** Steps over minibatches, the same for every library. */

/**
 * @template Batch
 * @param {{ step: (batch: Batch) => unknown, read: (loss: unknown) => number | Promise<number> }} library
 * @param {() => Batch} next
 * @param {number} count
 * @param {import('./serve.mjs').Reading} reading
 * @returns {Promise<number[]>} losses
 */
export async function trainOn(library, next, count, reading) {
  const losses = [];
  for (let made = 0; made < count; made += 1) {
    const loss = library.step(next());
    // Awaited only where the library answers later, so that a synchronous backend is not slowed down.
    const value = reading === 'each' ? library.read(loss) : loss;
    losses.push(value instanceof Promise ? await value : value);
  }
  return reading === 'each' ? losses : Promise.all(losses.map((loss) => library.read(loss)));
}
