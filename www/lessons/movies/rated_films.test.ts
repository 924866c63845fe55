import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FilmBook } from './films_of.js';
import { ofDifferentGenres, RatedFilms } from './rated_films.js';

const book: FilmBook = {
  ids: [10, 20, 30, 40],
  titles: ['Alien (1979)', 'Aliens (1986)', 'Big (1988)', 'Heat (1995)'],
  genres: ['Horror', 'Sci-Fi', 'Comedy', 'Crime'],
  genre_sets: [0b11, 0b10, 0b100, 0b1000],
  raters: [50, 60, 20, 20],
  means: [4, 4, 3, 4],
  places: new Map([
    [10, 0],
    [20, 1],
    [30, 2],
    [40, 3],
  ]),
};
const alien = { movie: 10, title: 'Alien (1979)', stars: 4.5 };
const big = { movie: 30, title: 'Big (1988)', stars: 2 };

test('ratings keep their order, are rated anew in their place, removed, and taken back', () => {
  const own = new RatedFilms();
  assert.equal(own.canUndo, false);
  own.rate(alien);
  own.rate(big);
  own.rate({ ...alien, stars: 1 });
  assert.deepEqual(own.of(book), [{ ...alien, stars: 1 }, big]);
  own.undo();
  assert.deepEqual(own.of(book), [alien, big]);
  own.remove(10);
  assert.deepEqual(own.of(book), [big]);
  own.undo();
  assert.deepEqual(own.of(book), [alien, big]);
  own.clear();
  assert.deepEqual(own.of(book), []);
  own.undo();
  assert.deepEqual(own.of(book), [alien, big]);
});

test('stars that follow one another for the same film are taken back together', () => {
  const own = new RatedFilms();
  own.rate(big);
  own.rate({ ...alien, stars: 0.5 });
  own.rate({ ...alien, stars: 1 });
  own.rate(alien);
  own.undo();
  assert.deepEqual(own.of(book), [big]);
  own.undo();
  assert.equal(own.canUndo, false);
});

test('what was rated in one table is not a rating of another film with the same id', () => {
  const own = new RatedFilms();
  own.rate(alien);
  own.rate(big);
  const other = { ...book, titles: ['Toy Story (1995)', 'Aliens (1986)', 'Big (1988)', 'Heat (1995)'] };
  assert.deepEqual(own.of(other), [big]);
  assert.deepEqual(own.of(book), [alien, big]);
});

test('popular films of different genres are suggested, then others, and never one rated or skipped', () => {
  const all = (): boolean => true;
  assert.deepEqual(ofDifferentGenres(book, all, 3), [1, 0, 2]);
  assert.deepEqual(
    ofDifferentGenres({ ...book, genre_sets: [0b10, 0b10, 0b100, 0b1000] }, all, 4),
    [1, 2, 3, 0],
  );
  const own = new RatedFilms();
  own.rate(alien);
  own.skip(20);
  assert.deepEqual(own.suggested(book, 4), [2, 3]);
});
