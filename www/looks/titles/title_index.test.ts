import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { TitleIndex } from './title_index.js';

const TITLES = [
  'Matrix Reloaded, The (2003)',
  'Matrix, The (1999)',
  "Amélie (Fabuleux destin d'Amélie Poulain, Le) (2001)",
  'Spider-Man (2002)',
  "Schindler's List (1993)",
  'Fast & Furious (2009)',
  'Star Wars: Episode IV - A New Hope (1977)',
  'Lone Star (1996)',
  'WALL·E (2008)',
  'Straße, Die (1929)',
  '千与千寻 (2001)',
  'A (2002)',
];
const RATERS = [110, 259, 101, 138, 244, 25, 291, 66, 118, 1, 2, 3];
const index = new TitleIndex(TITLES, RATERS);

const found = (typed: string): string[] => index.find(typed, 20).map((place) => TITLES[place]!);

test('an article that stands behind the title is typed before it', () => {
  assert.deepEqual(found('the matrix'), ['Matrix, The (1999)', 'Matrix Reloaded, The (2003)']);
  assert.deepEqual(found('die straße'), ['Straße, Die (1929)']);
});

test('case and accents do not matter, nor the order of words, and words may be unfinished', () => {
  assert.deepEqual(found('AMELIE'), [TITLES[2]]);
  assert.deepEqual(found('amélie poul'), [TITLES[2]]);
  assert.deepEqual(found('rel mat'), ['Matrix Reloaded, The (2003)']);
  assert.deepEqual(found('2003 matrix'), ['Matrix Reloaded, The (2003)']);
  assert.deepEqual(found('strasse'), ['Straße, Die (1929)']);
  assert.deepEqual(
    found('ＭＡＴＲＩＸ　１９９９'),
    ['Matrix, The (1999)'],
    'as a Chinese keyboard writes it',
  );
});

test('signs may be left out or typed', () => {
  assert.deepEqual(found('spiderman'), ['Spider-Man (2002)']);
  assert.deepEqual(found('spider man'), ['Spider-Man (2002)']);
  assert.deepEqual(found('schindlers'), ["Schindler's List (1993)"]);
  assert.deepEqual(found('Schindler’s'), ["Schindler's List (1993)"]);
  assert.deepEqual(found('fast and furious'), ['Fast & Furious (2009)']);
  assert.deepEqual(found('walle'), ['WALL·E (2008)']);
  assert.deepEqual(found('千寻'), ['千与千寻 (2001)']);
});

test('the whole title is best, then its beginning, and among equals the popular one', () => {
  assert.deepEqual(found('a').slice(0, 2), [
    'A (2002)',
    "Amélie (Fabuleux destin d'Amélie Poulain, Le) (2001)",
  ]);
  assert.deepEqual(found('star'), ['Star Wars: Episode IV - A New Hope (1977)', 'Lone Star (1996)']);
  assert.deepEqual(found('').slice(0, 2), [
    'Star Wars: Episode IV - A New Hope (1977)',
    'Matrix, The (1999)',
  ]);
  assert.deepEqual(found('no such film'), []);
  assert.equal(index.find('', 3).length, 3);
});

/** As many titles as latest-small has, of words of real ones. */
function manyTitles(): string[] {
  const words = readFileSync('README.md', 'utf8').match(/\p{L}{2,}/gu)!;
  return Array.from({ length: 9_066 }, (_, film) => {
    const of = (step: number): string => words[(film * step + 7) % words.length]!;
    return `${of(31)} ${of(17)} ${of(5)}, The (${1930 + (film % 87)})`;
  });
}

test('a key is answered in less than 10 ms over 9,066 titles', () => {
  const titles = manyTitles();
  const many = new TitleIndex(
    titles,
    titles.map((_, film) => (film * 7919) % 300),
  );
  const typed = 'the matrix reloaded';
  const times: number[] = [];
  for (let round = 0; round < 5; round++) {
    for (let end = 1; end <= typed.length; end++) {
      const begin = performance.now();
      many.find(typed.slice(0, end), 12);
      times.push(performance.now() - begin);
    }
  }
  times.sort((one, other) => one - other);
  const median = times[times.length >> 1]!;
  assert.ok(median < 10, `${median} ms`);
});
