/** A small shop as a reader may have it: who took what when, a list of the items, a picture of each, vectors of its words. */

import { pngOf } from '../../../browser/support/png.mjs';

/** How much of it there is. */
export const SHOP = { users: 30, items: 12, taken: 240, pictures: 12, columns: 4 };

/** Each user goes on from another item, three further each time; now and then somebody jumps. */
export function takenTable() {
  const lines = Array.from({ length: SHOP.taken }, (_, row) => {
    const [user, turn] = [row % SHOP.users, Math.floor(row / SHOP.users)];
    const item = (user + 3 * turn + (row % 11 === 0 ? 1 : 0)) % SHOP.items;
    return `u${user},b${item},2024-03-0${1 + turn} 12:00:00`;
  });
  return ['user,item,time', ...lines, ''].join('\n');
}

/** Titles and tags; the last item has none. */
export function itemsTable() {
  const lines = Array.from({ length: SHOP.items }, (_, item) =>
    item === SHOP.items - 1 ? `b${item},,` : `b${item},Thing number ${item},kind ${item % 3}`,
  );
  return ['id,title,tags', ...lines, ''].join('\n');
}

/** An array as NumPy saves it. */
export function npy(rows, columns, valueAt) {
  const header = `{'descr': '<f4', 'fortran_order': False, 'shape': (${rows}, ${columns}), }\n`;
  const bytes = Buffer.alloc(10 + header.length + 4 * rows * columns);
  bytes.write('\x93NUMPY\x01\x00', 'latin1');
  bytes.writeUInt16LE(header.length, 8);
  bytes.write(header, 10, 'latin1');
  for (let at = 0; at < rows * columns; at += 1)
    bytes.writeFloatLE(valueAt(Math.floor(at / columns), at % columns), 10 + header.length + 4 * at);
  return bytes;
}

/** The picture of an item: a disc of its own colour on white. */
export function picture(item) {
  const colorAt = (x, y) =>
    (x - 20) ** 2 + (y - 20) ** 2 < 200
      ? [20 * item, 255 - 20 * item, 90 * (item % 3), 255]
      : [255, 255, 255, 255];
  return pngOf(`b${item}.png`, 'rgba', 40, 40, colorAt).bytes;
}

/** All files by their paths. */
export function shopFiles() {
  const pictures = Array.from({ length: SHOP.pictures }, (_, item) => [
    `shop/pictures/b${item}.png`,
    picture(item),
  ]);
  return {
    'shop/README.txt': Buffer.from('How these were made.'),
    'shop/taken.csv': Buffer.from(takenTable()),
    'shop/items.csv': Buffer.from(itemsTable()),
    'shop/text.npy': npy(SHOP.items, SHOP.columns, (row, column) => (row % 3) + column / 4),
    ...Object.fromEntries(pictures),
    'shop/pictures/holiday.png': picture(0),
  };
}
