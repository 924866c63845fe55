/** Who takes part, and on what. */

/**
 * @typedef {object} Entry
 * @property {string} id name of its worker under contestants/entries/
 * @property {string} name as it stands in the tables
 * @property {'emberbook' | 'peer'} side
 * @property {string} [search] what its worker's address asks for
 */

/** @type {readonly Entry[]} */
export const ON_CPU = [
  { id: 'emberbook_cpu', name: 'Emberbook (cpu)', side: 'emberbook' },
  { id: 'jax_wasm', name: 'jax-js (wasm)', side: 'peer' },
  { id: 'tfjs_cpu', name: 'tfjs (cpu)', side: 'peer' },
  { id: 'tfjs_wasm', name: 'tfjs (wasm)', side: 'peer' },
];

/** @type {readonly Entry[]} */
export const ON_GPU = [
  { id: 'emberbook_webgpu', name: 'Emberbook (webgpu)', side: 'emberbook' },
  { id: 'jax_webgpu', name: 'jax-js (webgpu)', side: 'peer' },
  { id: 'tfjs_webgpu', name: 'tfjs (webgpu)', side: 'peer' },
];

/** The digits; tfjs has no gradient of a convolution on its wasm backend. */
export const DIGITS = {
  /** @type {readonly Entry[]} */
  cpu32: [
    { id: 'digits32_emberbook_cpu', name: 'Emberbook (cpu)', side: 'emberbook' },
    { id: 'digits32_jax_wasm', name: 'jax-js (wasm)', side: 'peer' },
    { id: 'digits32_tfjs_cpu', name: 'tfjs (cpu)', side: 'peer' },
  ],
  /** @type {readonly Entry[]} */
  cpu128: [
    { id: 'digits128_emberbook_cpu', name: 'Emberbook (cpu)', side: 'emberbook' },
    { id: 'digits128_jax_wasm', name: 'jax-js (wasm)', side: 'peer' },
  ],
  /** @type {readonly Entry[]} */
  gpu32: [
    { id: 'digits32_emberbook_webgpu', name: 'Emberbook (webgpu)', side: 'emberbook' },
    { id: 'digits32_jax_webgpu', name: 'jax-js (webgpu)', side: 'peer' },
    { id: 'digits32_tfjs_webgpu', name: 'tfjs (webgpu)', side: 'peer' },
  ],
};

/** The fusion network; which of them can train it is found out before they are timed. */
export const FILMS = {
  /** @type {readonly Entry[]} */
  cpu: [
    { id: 'films_emberbook_cpu', name: 'Emberbook (cpu)', side: 'emberbook' },
    { id: 'films_jax_wasm', name: 'jax-js (wasm)', side: 'peer' },
    { id: 'films_tfjs_cpu', name: 'tfjs (cpu)', side: 'peer' },
    { id: 'films_tfjs_wasm', name: 'tfjs (wasm)', side: 'peer' },
  ],
  /** @type {readonly Entry[]} */
  gpu: [
    { id: 'films_emberbook_webgpu', name: 'Emberbook (webgpu)', side: 'emberbook' },
    { id: 'films_jax_webgpu', name: 'jax-js (webgpu)', side: 'peer' },
    { id: 'films_tfjs_webgpu', name: 'tfjs (webgpu)', side: 'peer' },
  ],
};

/**
 * MMSR on made histories, by their length.
 *
 * @type {readonly Entry[]}
 */
export const SEQUENCES = [
  { id: 'sequences_emberbook_cpu', name: 'Emberbook (cpu)', side: 'emberbook' },
  { id: 'sequences_jax_wasm', name: 'jax-js (wasm)', side: 'peer' },
];

/**
 * The order of a round: every other round backwards, so that nobody always comes first on a machine that warms up.
 *
 * @param {readonly Entry[]} entries
 * @param {number} round
 */
export const orderOf = (entries, round) => (round % 2 === 0 ? [...entries] : [...entries].reverse());
