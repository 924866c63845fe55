/** Dispatches, submits and buffers per step: what a real graphics card is bound by when the network is small. */

const WARM_STEPS = 16;
/** Two epochs, so that minibatches of both sizes count in their shares. */
const STEPS = 16;

/**
 * @param {import('../lib/browser.mjs').Arena} arena
 * @param {readonly import('../lib/contestants.mjs').Entry[]} entries
 */
export async function gpuWork(arena, entries) {
  const results = [];
  for (const { name, ...entry } of entries) {
    const result = await arena.withContestant({ name, ...entry }, async (call) => {
      await call('train', { steps: WARM_STEPS, reading: 'each' });
      const { pipelines } = await call('gpuWorkSoFar');
      return {
        name,
        adapter: await call('adapter'),
        each: await call('gpuWork', { steps: STEPS, reading: 'each' }),
        together: await call('gpuWork', { steps: STEPS, reading: 'together' }),
        pipelinesAtWarmUp: pipelines,
      };
    });
    if (result.adapter === '' || result.each.dispatches === 0)
      throw new Error(`${name} made its steps without WebGPU`);
    results.push(result);
  }
  return results;
}
