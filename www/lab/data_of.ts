/** What a lab learns from, so that answers about other data are known. */

import type { Opened } from '../engine/protocol.js';

/**
 * The columns and classes a lab learns from, or its pictures, or, where it has neither, the settings of its data and what
 * is known of the reader's own, in one text.
 */
export function dataOf(opened: Pick<Opened, 'controls' | 'description' | 'settings'> | null): string {
  if (!opened) return '';
  const { own, pictures, table } = opened.description;
  if (pictures) return JSON.stringify(pictures);
  if (table) return JSON.stringify([table.features.map(({ name }) => name), table.classes]);
  // A made world is another one with another seed.
  const ofData = opened.controls.filter(({ name, group }) => group === 'data' || name === 'seed');
  return JSON.stringify([ofData.map(({ name }) => opened.settings[name]), own]);
}
