/** The setting that a graph changed by hand becomes when it is learned from. */

import type { LabSession } from '../../lab/session.js';

/** Its name. */
export const EDITED = 'edited';

/** The text of the changes that are learned from; an empty one where there are none. */
export function editedIn({ opened }: Pick<LabSession, 'opened'>): string {
  const value = opened?.settings[EDITED];
  return typeof value === 'string' ? value : '';
}
