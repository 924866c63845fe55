/** The oracle's run on a page (tests/oracles/movies_fusion_lab.py). */

import { readFileSync } from 'node:fs';

const FIXTURE = new URL('../../../fixtures/movies_fusion_lab.json', import.meta.url);

/**
 * `{files, settings, users, films, weights, before, after, gradients, losses}`: ratings in the form of ml-1m, and what the
 * network makes of them in float64.
 */
export const oracle = JSON.parse(readFileSync(FIXTURE, 'utf8'));
