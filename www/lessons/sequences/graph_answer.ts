/** What the graph panel asks, and what it needs to put the answer into words. */

import type { GraphShown } from '../../generated/sequences.js';
import type { LabSession } from '../../lab/session.js';
import { codesOf, exampleOf } from './code_faces.js';
import { handIn, ownIn, userIn } from './edited_text.js';
import { handOf, optionsOf, sameHand, type Hand } from './hand.js';
import { namesOf, type Names } from './names.js';

/** Users among whom a history to begin with is looked for. */
const TRIED = 12;

/** A graph, as it was asked for. */
export interface GraphAnswer {
  hand: Hand;
  /** The history as it was before any change. */
  first: Hand;
  shown: GraphShown;
  /** The same history as it was loaded; null where it is as it was. */
  unchanged: GraphShown | null;
  names: Names;
  /** Two items that stand for A and B. */
  example: readonly number[];
}

/** Names, and the two items of the example. */
async function around(session: LabSession): Promise<Pick<GraphAnswer, 'names' | 'example'>> {
  const [names, codes] = await Promise.all([namesOf(session), codesOf(session)]);
  return { names, example: exampleOf(codes, names.book) };
}

/** The graph of what is in hand, beside that of the history as it began. Rejects with `EmberError`. */
export async function answerTo(session: LabSession, hand: Hand, first: Hand): Promise<GraphAnswer> {
  const { names, example } = await around(session);
  const inspect = (of: Hand): Promise<GraphShown> => {
    const options = optionsOf(of, (item) => names.book.items[item]!.id);
    return session.inspect('sequences', 'graph', options);
  };
  // What was put together by hand is compared with its own graph.
  const items = hand.steps.map(({ item }) => item);
  const whole = first.steps.length > 0 ? { ...first, next: hand.next } : handOf(items, hand.next);
  const [shown, unchanged] = await Promise.all([
    inspect(hand),
    sameHand(hand, whole) ? Promise.resolve(null) : inspect(whole),
  ]);
  return { hand, first, shown, unchanged, names, example };
}

/** The graph of a user's history; of one that can be taken in at a glance where none is named. Rejects with `EmberError`. */
export async function answerOf(session: LabSession, user: number | null): Promise<GraphAnswer> {
  const { names, example } = await around(session);
  const shown = await (user === null ? atGlance(session) : ofUser(session, user));
  const items = shown.history.map(({ item }) => item);
  const of = shown.user === null ? null : { user: shown.user, first: shown.first };
  const hand = handOf(items, shown.next?.item ?? null, of);
  return { hand, first: hand, shown, unchanged: null, names, example };
}

/** The graph of the history that is learned from with changes, which `text` says. Rejects with `EmberError`. */
export async function answerInForce(session: LabSession, text: string): Promise<GraphAnswer> {
  const user = userIn(text);
  const first = user === null ? ownIn(text) : (await answerOf(session, user)).hand;
  const { shown } = await answerTo(session, first, first);
  return answerTo(session, handIn(text, first, shown), first);
}

const ofUser = (session: LabSession, user: number): Promise<GraphShown> =>
  session.inspect('sequences', 'graph', { user });

/** The first user with a history that has enough steps and not too many, or else the first of all. */
async function atGlance(session: LabSession): Promise<GraphShown> {
  const first = await ofUser(session, 0);
  let [shown, user] = [first, 0];
  while (shown.history.length < 5 || shown.history.length > 8) {
    user += 1;
    if (user >= Math.min(TRIED, first.users)) return first;
    shown = await ofUser(session, user);
  }
  return shown;
}
