/** The files that the programs of the code view read. */

import { decodeBase64 } from '../../kit/picture_data.js';
import type { LabSession } from '../../lab/session.js';
import type { SavedFile } from '../../looks/save_tables.js';

/** Histories, codes, features where they stand for themselves, and the weights that the run begins with. */
export async function tables(session: LabSession): Promise<SavedFile[]> {
  const { histories, codes, features, start } = await session.inspect('sequences', 'tables', {});
  return [
    { name: 'histories.csv', content: histories },
    { name: 'codes.csv', content: codes },
    ...(features === null ? [] : [{ name: 'features.safetensors', content: decodeBase64(features) }]),
    { name: 'start.safetensors', content: decodeBase64(start) },
  ];
}
