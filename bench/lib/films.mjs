/**
 * The third task: the document's fusion network on the site's own 100,004 ratings. Gender, age and occupation, user, film,
 * genres and title; tanh everywhere, a convolution over three words with zeros beyond the ends and the maximum over time,
 * two vectors of 200 numbers, five times their cosine; squared error of 2r − 5; Adam in Paddle's form with a learning rate
 * of 0.001; minibatches of 256.
 */

import { columnsOf, varints } from './film_pack.mjs';
import { Random } from './random.mjs';

export const BATCH_SIZE = 256;
export const ADAM = { learningRate: 0.001, meanDecay: 0.9, squareDecay: 0.999, epsilon: 1e-8 };
/** Added to the product of the squared lengths. */
export const SMALLEST = 1e-12;
/** What the cosine is multiplied by. */
export const SCALE = 5;
/** Genders, ages and occupations. */
const DEMOGRAPHICS = [2, 7, 21];
/** Width of the vectors of users, films and words, of those of demographics, and of the two whose cosine is taken. */
const WIDTH = 32;
const NARROW = 16;
const HIDDEN = 200;

/**
 * @typedef {object} Ratings in the order of the published file
 * @property {Uint16Array} users numbers of users, one for each rating
 * @property {Uint16Array} films
 * @property {Uint8Array} halfStars
 * @property {Uint32Array} times
 * @property {number} userCount
 * @property {number} genreCount
 * @property {Uint32Array} genreSets of each film: bit g for genre g
 * @property {number[][]} titles numbers of the words of each film's title
 * @property {number} wordCount
 */

/**
 * What the site's pack of ratings holds.
 *
 * @param {Uint8Array} pack unpacked
 * @returns {Ratings}
 */
export function readRatings(pack) {
  const text = new TextDecoder();
  const columns = columnsOf(pack);
  const [counts, firsts, seconds] = [8, 9, 10].map((column) => varints(columns[column]));
  const [high, low, stars] = columns.slice(11);
  const rows = [];
  let nextSeconds = 0;
  counts.forEach((count, user) => {
    let time = firsts[user];
    const ofUser = Array.from({ length: count }, (_, place) => {
      if (place > 0) time += seconds[nextSeconds++];
      const at = rows.length + place;
      return { user, film: high[at] * 256 + low[at], halfStars: stars[at], time };
    });
    rows.push(...ofUser.sort((one, other) => one.film - other.film));
  });
  const words = new Map();
  const numberOf = (word) => {
    if (!words.has(word)) words.set(word, words.size);
    return words.get(word);
  };
  const titles = text
    .decode(columns[2])
    .split('\n')
    .map(wordsOf)
    .map((title) => title.map(numberOf));
  return {
    users: Uint16Array.from(rows, ({ user }) => user),
    films: Uint16Array.from(rows, ({ film }) => film),
    halfStars: Uint8Array.from(rows, ({ halfStars }) => halfStars),
    times: Uint32Array.from(rows, ({ time }) => time),
    userCount: counts.length,
    genreCount: text.decode(columns[0]).split('\n').length,
    genreSets: Uint32Array.from(
      titles,
      (_, film) => columns[4][film] | (columns[5][film] << 8) | (columns[6][film] << 16),
    ),
    titles,
    wordCount: words.size,
  };
}

/** What white space separates, in the lower case of Latin-1. */
const wordsOf = (title) =>
  title
    .split(/\s+/)
    .filter(Boolean)
    .map((word) =>
      word.replaceAll(/[A-ZÀ-ÖØ-Þ]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 32)),
    );

/**
 * The rows that are learned from when the last tenth of all ratings is held out, in the order of the file.
 *
 * @param {Ratings} ratings
 */
export function beforeTheDate({ times }) {
  const byTime = [...times.keys()].sort((one, other) => times[one] - times[other] || one - other);
  const late = new Set(byTime.slice(byTime.length - Math.floor(byTime.length / 10)));
  return [...times.keys()].filter((row) => !late.has(row));
}

/** Minibatches of all rows in a random order, pass after pass. @returns {() => number[]} */
export function shuffledMinibatches(rowCount, seed) {
  const random = new Random(seed + 1_000_003);
  let order = [];
  return () => {
    if (order.length < BATCH_SIZE) order = random.shuffled([...new Array(rowCount).keys()]);
    return order.splice(0, BATCH_SIZE);
  };
}

/**
 * Gender, age and occupation of each user, drawn at random.
 *
 * @returns {number[][]} a list of users for each of the three
 */
export function drawnDemographics(userCount, seed) {
  const random = new Random(seed + 2_000_003);
  return DEMOGRAPHICS.map((answers) =>
    Array.from({ length: userCount }, () => Math.floor(random.uniform() * answers)),
  );
}

/**
 * Shapes of the 29 tensors, inputs by outputs, under the names of the document's layers, which are those of the lab's file
 * of weights.
 *
 * @param {Ratings} ratings
 * @returns {Record<string, number[]>}
 */
export function shapesOf({ userCount, titles, genreCount, wordCount }) {
  const feature = (name, numbers, width) => ({
    [`${name}_emb`]: [numbers, width],
    [`${name}_fc.w`]: [width, width],
    [`${name}_fc.b`]: [width],
  });
  return {
    ...feature('usr', userCount, WIDTH),
    ...feature('usr_gender', DEMOGRAPHICS[0], NARROW),
    ...feature('usr_age', DEMOGRAPHICS[1], NARROW),
    ...feature('usr_job', DEMOGRAPHICS[2], NARROW),
    'usr_combined.w0': [WIDTH, HIDDEN],
    'usr_combined.b': [HIDDEN],
    'usr_combined.w1': [NARROW, HIDDEN],
    'usr_combined.w2': [NARROW, HIDDEN],
    'usr_combined.w3': [NARROW, HIDDEN],
    ...feature('mov', titles.length, WIDTH),
    'mov_categories_fc.w': [genreCount, WIDTH],
    'mov_categories_fc.b': [WIDTH],
    mov_title_emb: [wordCount, WIDTH],
    'mov_title_conv.w': [3 * WIDTH, WIDTH],
    'mov_title_conv.b': [WIDTH],
    'mov_combined.w0': [WIDTH, HIDDEN],
    'mov_combined.b': [HIDDEN],
    'mov_combined.w1': [WIDTH, HIDDEN],
    'mov_combined.w2': [WIDTH, HIDDEN],
  };
}

/**
 * N(0, 1/√rows) for every matrix, 0 for every bias, in 32-bit precision: Paddle's way.
 *
 * @param {Record<string, number[]>} shapes
 * @param {number} seed
 * @returns {Record<string, number[]>}
 */
export function initialWeights(shapes, seed) {
  const random = new Random(seed);
  const draw = ([rows, columns]) =>
    Array.from({ length: rows * (columns ?? 1) }, () =>
      columns === undefined ? 0 : Math.fround(random.normal() / Math.sqrt(rows)),
    );
  return Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, draw(shape)]));
}

/**
 * Some ratings as the flat arrays a library makes tensors of. Titles lie one after another, so that no time is spent on
 * words that are not there.
 *
 * @param {Ratings} ratings
 * @param {number[][]} known gender, age and occupation of all users
 * @param {number[]} rows
 * @param {number} [wordStep] the number of words is filled up to a multiple of it
 * @param {number} [placeStep] so is the length of the longest title
 */
export function assemble(ratings, known, rows, wordStep = 1, placeStep = 1) {
  const { users, films, halfStars, genreSets, genreCount } = ratings;
  const titles = rows.map((row) => ratings.titles[films[row]]);
  const up = (value, step) => Math.max(step, Math.ceil(value / step) * step);
  const wordCount = up(
    titles.reduce((sum, { length }) => sum + length, 0),
    wordStep,
  );
  const longest = up(Math.max(...titles.map(({ length }) => length)), placeStep);
  const words = new Int32Array(wordCount);
  // 1 where a word of the same title stands before, and after.
  const before = new Float32Array(wordCount);
  const after = new Float32Array(wordCount);
  // Where the words of each title stand; 0 beside a word, and far below any other value behind the end.
  const places = new Int32Array(rows.length * longest);
  const absent = new Float32Array(rows.length * longest).fill(-1e9);
  const hasTitle = new Float32Array(rows.length);
  let at = 0;
  titles.forEach((title, index) => {
    hasTitle[index] = title.length > 0 ? 1 : 0;
    title.forEach((word, place) => {
      words[at] = word;
      before[at] = place > 0 ? 1 : 0;
      after[at] = place + 1 < title.length ? 1 : 0;
      places[index * longest + place] = at;
      absent[index * longest + place] = 0;
      at += 1;
    });
  });
  const genres = new Float32Array(rows.length * genreCount);
  rows.forEach((row, index) => {
    for (let genre = 0; genre < genreCount; genre += 1)
      genres[index * genreCount + genre] = (genreSets[films[row]] >>> genre) & 1;
  });
  return {
    users: Int32Array.from(rows, (row) => users[row]),
    known: known.map((numbers) => Int32Array.from(rows, (row) => numbers[users[row]])),
    films: Int32Array.from(rows, (row) => films[row]),
    genres,
    words,
    before,
    after,
    places,
    absent,
    hasTitle,
    longest,
    labels: Float32Array.from(rows, (row) => halfStars[row] - 5),
  };
}
