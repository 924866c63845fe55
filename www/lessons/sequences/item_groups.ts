/** Items by the group they belong to. */

import type { ItemBook } from './item_book.js';

/** Items by group in the order of the groups, within one those taken more often first. */
export function groupsOf({ items, groups }: Pick<ItemBook, 'items' | 'groups'>): [number | null, number[]][] {
  const places = items.map((_, item) => item);
  places.sort((one, other) => items[other]!.taken - items[one]!.taken || one - other);
  const kinds = [...groups.keys(), null];
  const grouped = kinds.map((kind): [number | null, number[]] => [
    kind,
    places.filter((item) => items[item]!.group === kind),
  ]);
  return grouped.filter(([, members]) => members.length > 0);
}
