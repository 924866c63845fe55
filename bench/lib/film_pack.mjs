/** The site's pack of ratings; `data/movies/tools/pack.py` describes it. */

const MAGIC = 'emberbook ratings 1\n';
/** Columns of the ratings: how many each user has, times, films, stars. */
const [COUNTS, FIRSTS, SECONDS, HIGH, LOW, STARS] = [8, 9, 10, 11, 12, 13];

/** Its columns, as bytes. @param {Uint8Array} pack unpacked */
export function columnsOf(pack) {
  if (new TextDecoder().decode(pack.subarray(0, MAGIC.length)) !== MAGIC)
    throw new Error('the ratings are not as expected');
  const columns = [];
  const view = new DataView(pack.buffer, pack.byteOffset, pack.byteLength);
  for (let at = MAGIC.length; at < pack.length;) {
    const length = view.getUint32(at, true);
    columns.push(pack.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return columns;
}

/** The numbers of a column of varints. @param {Uint8Array} bytes */
export function varints(bytes) {
  const numbers = [];
  let [number, factor] = [0, 1];
  for (const byte of bytes) {
    number += (byte & 127) * factor;
    factor *= 128;
    if (byte < 128) {
      numbers.push(number);
      [number, factor] = [0, 1];
    }
  }
  return numbers;
}

/**
 * The same table without its test ratings: those that Python's `random.Random(0)` holds out with a probability of one tenth,
 * in the order of the published file.
 *
 * @param {Uint8Array} pack unpacked
 */
export function withoutTest(pack) {
  const columns = columnsOf(pack);
  const [counts, firsts, seconds] = [COUNTS, FIRSTS, SECONDS].map((column) => varints(columns[column]));
  const uniform = pythonRandom();
  const kept = { counts: [], firsts: [], seconds: [], rows: [] };
  let [begin, next] = [0, 0];
  counts.forEach((count, user) => {
    let time = firsts[user];
    const rows = Array.from({ length: count }, (_, place) => {
      if (place > 0) time += seconds[next++];
      return { row: begin + place, time };
    });
    begin += count;
    const film = ({ row }) => columns[HIGH][row] * 256 + columns[LOW][row];
    const inFile = [...rows].sort((one, other) => film(one) - film(other));
    const test = new Set(inFile.filter(() => uniform() < 0.1));
    const rest = rows.filter((row) => !test.has(row));
    kept.counts.push(rest.length);
    kept.firsts.push(rest[0].time);
    rest.slice(1).forEach((row, place) => kept.seconds.push(row.time - rest[place].time));
    kept.rows.push(...rest.map(({ row }) => row));
  });
  columns[COUNTS] = fromVarints(kept.counts);
  columns[FIRSTS] = fromVarints(kept.firsts);
  columns[SECONDS] = fromVarints(kept.seconds);
  for (const column of [HIGH, LOW, STARS])
    columns[column] = Uint8Array.from(kept.rows, (row) => columns[column][row]);
  const head = (length) => new Uint8Array(Uint32Array.of(length).buffer);
  return Buffer.concat([
    pack.subarray(0, MAGIC.length),
    ...columns.flatMap((column) => [head(column.length), column]),
  ]);
}

function fromVarints(numbers) {
  const bytes = [];
  for (let number of numbers) {
    for (; number >= 128; number = Math.floor(number / 128)) bytes.push((number % 128) + 128);
    bytes.push(number);
  }
  return Uint8Array.from(bytes);
}

/** Python's `random.Random(0).random`: the Mersenne twister MT19937, seeded by an array of one 0. */
function pythonRandom() {
  const SIZE = 624;
  const state = new Uint32Array(SIZE);
  state[0] = 19_650_218;
  const mixed = (at) => state[at - 1] ^ (state[at - 1] >>> 30);
  for (let at = 1; at < SIZE; at += 1) state[at] = Math.imul(mixed(at), 1_812_433_253) + at;
  let at = 1;
  const turn = (change) => {
    change();
    at += 1;
    if (at === SIZE) [state[0], at] = [state[SIZE - 1], 1];
  };
  for (let step = 0; step < SIZE; step += 1)
    turn(() => (state[at] = state[at] ^ Math.imul(mixed(at), 1_664_525)));
  for (let step = 1; step < SIZE; step += 1)
    turn(() => (state[at] = (state[at] ^ Math.imul(mixed(at), 1_566_083_941)) - at));
  state[0] = 0x80000000;

  let next = SIZE;
  const word = () => {
    if (next === SIZE) {
      for (let at = 0; at < SIZE; at += 1) {
        const both = (state[at] & 0x80000000) | (state[(at + 1) % SIZE] & 0x7fffffff);
        state[at] = state[(at + 397) % SIZE] ^ (both >>> 1) ^ (both & 1 ? 0x9908b0df : 0);
      }
      next = 0;
    }
    let value = state[next++];
    value ^= value >>> 11;
    value ^= (value << 7) & 0x9d2c5680;
    value ^= (value << 15) & 0xefc60000;
    return (value ^ (value >>> 18)) >>> 0;
  };
  // 53 bits of two words.
  return () => ((word() >>> 5) * 2 ** 26 + (word() >>> 6)) / 2 ** 53;
}
