/** The tables that the programs of the code view read. */

import type { Tables } from '../../generated/movies.js';
import type { LabSession } from '../../lab/session.js';
import type { SavedFile } from '../../looks/save_tables.js';

const NAMES = ['ratings', 'movies', 'users'] as const satisfies (keyof Tables)[];

/** Those of the lab: no users where the network is given nothing of them. */
export async function tables(session: LabSession): Promise<SavedFile[]> {
  const found = await session.inspect('movies', 'tables', {});
  return NAMES.flatMap((name) => {
    const content = found[name];
    return content === null ? [] : [{ name: `${name}.csv`, content }];
  });
}
