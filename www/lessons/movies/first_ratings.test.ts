import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FilmBook } from './films_of.js';
import { firstRatings, knownFilms, ratersOfKnown } from './first_ratings.js';
import { RatedFilms } from './rated_films.js';

const count = 8;
const ids = Array.from({ length: count }, (_, place) => place + 10);
const book: FilmBook = {
  ids,
  titles: ids.map((id) => `Film ${id}`),
  genres: Array.from({ length: count }, (_, genre) => `genre ${genre}`),
  genre_sets: ids.map((_, place) => 1 << place),
  raters: ids.map((_, place) => 100 - place),
  means: ids.map(() => 3.5),
  places: new Map(ids.map((id, place) => [id, place])),
};

test('five films stand there with the stars of an example until the reader gives some', () => {
  const own = new RatedFilms();
  const { films, isExample } = firstRatings(book, own);
  assert.equal(isExample, true);
  assert.deepEqual(
    films.map(({ movie }) => movie),
    [10, 11, 12, 13, 14],
  );
  assert.ok(films.every(({ stars }) => stars > 0));
});

test('the first stars of the reader are the only ones, and a film that is taken back leaves no example behind', () => {
  const own = new RatedFilms();
  own.rate({ movie: 11, title: 'Film 11', stars: 3.5 });
  const { films, isExample } = firstRatings(book, own);
  assert.equal(isExample, false);
  assert.deepEqual(
    films.map(({ stars }) => stars),
    [0, 3.5, 0, 0, 0],
  );
  own.remove(11);
  assert.equal(firstRatings(book, own).isExample, false);
});

test('a list holds films that readers may know, in the order of the model; in a small world any', () => {
  const many = Array.from({ length: 30 }, (_, place) => place + 10);
  const raters = many.map((_, place) => (place === 1 ? 49 : 50 + place));
  const large = { ...book, ids: many, raters, places: new Map(many.map((id, place) => [id, place])) };
  const list = [13, 11, 12, 10].map((movie) => ({ movie }));
  assert.equal(ratersOfKnown(large), 50);
  assert.deepEqual(knownFilms(large, list, 2), [{ movie: 13 }, { movie: 12 }]);
  assert.equal(knownFilms(large, list, 9).length, 3);
  assert.equal(ratersOfKnown(book), 0);
  assert.equal(knownFilms(book, list, 9).length, 4);
});
