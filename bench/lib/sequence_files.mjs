/** Made sequences in the form of files of the reader's own. For Node. */

import { npy } from '../../tests/sequences/browser/support/shop.mjs';
import { Random } from './random.mjs';
import { toText } from './safetensors.mjs';

/** About as many items as the lesson has emoji; as many groups of pictures and of words as codes are asked for. */
const ITEMS = 400;
const GROUPS = 20;
const COLUMNS = 16;
/** How far an item may lie from the middle of its group. */
const NOISE = 0.1;

/**
 * Users who take items at random, none twice in a row; vectors in place of pictures and of words.
 *
 * @param {{ users: number, taken: number, among?: number }} shape `taken`: items of each user, out of the first `among`
 * @returns {Record<string, string>} contents by names; tables as they are, vectors in base64
 */
export function sequenceFiles({ users, taken, among = ITEMS }) {
  const random = new Random(1);
  const rows = [];
  for (let user = 0; user < users; user += 1) {
    let item = 0;
    for (let time = 0; time < taken; time += 1) {
      item = (item + 1 + Math.floor(random.uniform() * (among - 1))) % among;
      rows.push(`u${user},b${item},${time}`);
    }
  }
  const numbers = [...new Array(ITEMS).keys()];
  const vectors = (groupOf) => {
    const middles = Array.from({ length: GROUPS * COLUMNS }, () => random.normal());
    return toText(
      npy(
        ITEMS,
        COLUMNS,
        (item, column) => middles[groupOf(item) * COLUMNS + column] + NOISE * random.normal(),
      ),
    );
  };
  return {
    'taken.csv': ['user,item,time', ...rows, ''].join('\n'),
    'items.csv': ['id,title', ...numbers.map((item) => `b${item},Thing number ${item}`), ''].join('\n'),
    'image.npy': vectors((item) => item % GROUPS),
    'text.npy': vectors((item) => Math.floor(item / GROUPS) % GROUPS),
  };
}
