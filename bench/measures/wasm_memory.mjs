/** WebAssembly memory before and after ten thousand further steps: it should not grow by more than the history. */

const BLOCK_STEPS = 10;

/**
 * @param {import('../lib/browser.mjs').Arena} arena
 * @param {import('../lib/contestants.mjs').Entry} entry one of this project's
 * @param {{ warmSteps: number, furtherSteps: number }} plan
 */
export function wasmMemory(arena, entry, { warmSteps, furtherSteps }) {
  return arena.withContestant(entry, async (call) => {
    // In blocks, as the page trains: the losses of all steps in one answer would need memory of their own.
    const train = (steps) =>
      call('blocks', { blocks: steps / BLOCK_STEPS, steps: BLOCK_STEPS, reading: 'together' });
    await train(warmSteps);
    const before = await call('wasmBytes');
    await train(furtherSteps);
    return { name: entry.name, warmSteps, furtherSteps, before, after: await call('wasmBytes') };
  });
}
