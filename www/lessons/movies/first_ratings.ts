/** The five films that the lesson's page begins with, and their stars: an example's until the reader gives some. */

import type { FilmBook } from './films_of.js';
import { ofDifferentGenres, type RatedFilm, type RatedFilms } from './rated_films.js';

/** Stars of somebody who likes the gentle films of the five, in the order in which they stand. */
const EXAMPLE = [5, 1, 1, 3, 5] as const;

/** A film that as many have rated is one that a reader may know; in a small world there is none, and all will do. */
const KNOWN_BY = 50;
const FEW_FILMS = 20;

/** How many must have rated a film for it to be known. */
export function ratersOfKnown({ raters }: FilmBook): number {
  return raters.filter((count) => count >= KNOWN_BY).length >= FEW_FILMS ? KNOWN_BY : 0;
}

/**
 * Films of a list that readers may know, in its order. The highest stars of all are predicted for films that hardly
 * anybody has rated, of which nobody could say whether they suit.
 */
export function knownFilms<Film extends { movie: number }>(
  book: FilmBook,
  list: readonly Film[],
  most: number,
): Film[] {
  const least = ratersOfKnown(book);
  const isKnown = ({ movie }: Film): boolean => (book.raters[book.places.get(movie) ?? -1] ?? 0) >= least;
  return list.filter(isKnown).slice(0, most);
}

/** Well-known films with the reader's stars; with the example's while the reader has rated nothing. */
export function firstRatings(book: FilmBook, own: RatedFilms): { films: RatedFilm[]; isExample: boolean } {
  const rated = own.of(book);
  const isExample = rated.length === 0 && !own.canUndo;
  const places = ofDifferentGenres(book, () => true, EXAMPLE.length);
  const films = places.map((place, index) => {
    const movie = book.ids[place]!;
    const given = rated.find((one) => one.movie === movie)?.stars ?? 0;
    return { movie, title: book.titles[place]!, stars: isExample ? EXAMPLE[index]! : given };
  });
  return { films, isExample };
}
