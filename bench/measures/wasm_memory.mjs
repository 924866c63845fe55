/** Memory before and after thousands of further steps: it should not grow by more than the history. */

import { heaps } from '../lib/heap.mjs';

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

/**
 * The same for a small network of digits on WebGPU, with the GPU's buffers and the worker's heap.
 *
 * @param {import('../lib/browser.mjs').Arena} arena
 * @param {import('../lib/contestants.mjs').Entry} entry one of this project's on the digits
 * @param {{ warmSteps: number, furtherSteps: number, settings: object }} plan
 */
export function gpuMemory(arena, entry, { warmSteps, furtherSteps, settings }) {
  return arena.withContestant(entry, async (call, page) => {
    await call('openWith', { settings });
    const train = (steps) =>
      call('blocks', { blocks: steps / BLOCK_STEPS, steps: BLOCK_STEPS, reading: 'together' });
    const look = async () => {
      // Collects garbage, forgotten buffers among it; what is told of them comes in a task of its own.
      const heap = (await heaps(page)).worker;
      await page.waitForTimeout(500);
      return { heap, gpu: await call('gpuBufferBytes'), wasm: await call('wasmBytes') };
    };
    await train(warmSteps);
    const before = await look();
    await train(furtherSteps);
    return { name: entry.name, warmSteps, furtherSteps, before, after: await look() };
  });
}
