/** Where the time of a step on a GPU goes, kernel by kernel. */

const WARM_STEPS = 12;
const STEPS = 5;
/** Kernels that are listed; the others are added up. */
const LISTED = 14;

/** A number for a kernel's code: many have no name of their own. */
function shortHash(text) {
  let hash = 5381;
  for (let index = 0; index < text.length; index += 1) hash = (hash * 33 + text.charCodeAt(index)) >>> 0;
  return hash.toString(16).padStart(8, '0');
}

/**
 * @param {import('../lib/browser.mjs').Arena} arena
 * @param {readonly import('../lib/contestants.mjs').Entry[]} entries
 */
export async function gpuKernels(arena, entries) {
  const results = [];
  for (const entry of entries) {
    const dispatches = await arena.withContestant({ ...entry, search: '?kernels' }, async (call) => {
      await call('train', { steps: WARM_STEPS, reading: 'each' });
      return call('kernels', { steps: STEPS });
    });
    if (!dispatches) throw new Error(`${entry.name}: the adapter has no time stamps`);
    const groups = new Map();
    for (const { label, entryPoint, code, counts, nanoseconds } of dispatches) {
      const key = shortHash(code);
      const group = groups.get(key) ?? {
        key,
        name: label || entryPoint,
        code,
        dispatches: 0,
        nanoseconds: 0,
        counts,
      };
      group.dispatches += 1;
      group.nanoseconds += nanoseconds;
      groups.set(key, group);
    }
    const sorted = [...groups.values()].sort((one, other) => other.nanoseconds - one.nanoseconds);
    const perStep = ({ code, ...group }) => ({
      ...group,
      lines: code.split('\n').length,
      dispatches: group.dispatches / STEPS,
      milliseconds: group.nanoseconds / STEPS / 1e6,
    });
    const kernels = sorted.map(perStep);
    const sum = (list) => list.reduce((total, { milliseconds }) => total + milliseconds, 0);
    results.push({
      name: entry.name,
      milliseconds: sum(kernels),
      dispatches: dispatches.length / STEPS,
      kernels: kernels.slice(0, LISTED),
      others: { count: kernels.slice(LISTED).length, milliseconds: sum(kernels.slice(LISTED)) },
      code: sorted.slice(0, LISTED).map(({ key, code }) => ({ key, code })),
    });
  }
  return results;
}
