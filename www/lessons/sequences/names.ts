/** What items and codes are called: made once for each time a lab is opened. */

import type { Settings } from '../../engine/protocol.js';
import type { LabSession } from '../../lab/session.js';
import { channelKey } from './channels.js';
import { CodeFaces, codesOf } from './code_faces.js';
import { itemBook, type ItemBook } from './item_book.js';

/** What stands behind the names. */
export interface Names {
  readonly book: ItemBook;
  readonly faces: CodeFaces;
  readonly settings: Settings;
}

const known = new WeakMap<object, Promise<Names>>();

/** The names of the lab as it is open now. Rejects with `EmberError`. */
export function namesOf(session: LabSession): Promise<Names> {
  const key = session.opened ?? session;
  let names = known.get(key);
  if (!names) {
    const settings = session.opened?.settings ?? {};
    names = Promise.all([itemBook(session), codesOf(session)]).then(([book, codes]) => ({
      book,
      faces: new CodeFaces(codes, book, channelKey(settings, 'image')),
      settings,
    }));
    // What has failed is asked for again.
    names.catch(() => known.delete(key));
    known.set(key, names);
  }
  return names;
}
