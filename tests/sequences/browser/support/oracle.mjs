/** The oracle's runs on a page (tests/oracles/sequences_lab.py). */

import { readFileSync } from 'node:fs';
import { npy } from './shop.mjs';

const FIXTURE = new URL('../../../fixtures/sequences_lab.json', import.meta.url);

/**
 * `{tables, vectors, settings, histories, weights, cases}`: what a reader brings, and what the network makes of it in
 * float64 in either mode: `{mode, before, after, inside, gradients, losses}`.
 */
export const oracle = JSON.parse(readFileSync(FIXTURE, 'utf8'));

/** The reader's files, in one folder. */
export function oracleFiles() {
  const tables = Object.entries(oracle.tables).map(([name, content]) => [name, content]);
  const arrays = Object.entries(oracle.vectors).map(([name, rows]) => [
    `${name}.npy`,
    [...npy(rows.length, rows[0].length, (row, column) => rows[row][column])],
  ]);
  return [...tables, ...arrays].map(([name, content]) => ({ name, path: `mine/${name}`, content }));
}
