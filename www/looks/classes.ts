/** The classes that a lesson's model tells apart, of rows or of pictures. */

import type { Description } from '../engine/protocol.js';

/** Names of the classes in the order of their labels; null where the lesson has none. */
export function classNames({ table, pictures }: Description): string[] | null {
  return table?.classes ?? pictures?.classes ?? null;
}
