/** What a reader has rated, kept while the lab lives. */

import type { LabSession } from '../../lab/session.js';
import { genresAt, titleOf, type FilmBook } from './films_of.js';

/** A film with its stars, 0.5 to 5. */
export interface RatedFilm {
  movie: number;
  title: string;
  stars: number;
}

/** Ratings in the order in which they were given, and a way back. */
export class RatedFilms {
  private given: readonly RatedFilm[] = [];
  private before: (readonly RatedFilm[])[] = [];
  /** The film that the latest change has rated: what follows for the same one belongs to that change. */
  private latest: number | null = null;
  /** Films that the reader does not know. */
  private readonly unknown = new Set<number>();

  /** The ratings of films that are in this table under this id; another table may have others. */
  of(book: FilmBook): readonly RatedFilm[] {
    return this.given.filter(({ movie, title }) => titleOf(book, movie) === title);
  }

  get canUndo(): boolean {
    return this.before.length > 0;
  }

  /** Rates a film, or rates it anew in its place. */
  rate(rating: RatedFilm): void {
    const known = this.given.some(({ movie }) => movie === rating.movie);
    const next = known
      ? this.given.map((one) => (one.movie === rating.movie ? rating : one))
      : [...this.given, rating];
    if (this.latest === rating.movie) this.given = next;
    else this.change(next);
    this.latest = rating.movie;
  }

  remove(movie: number): void {
    this.change(this.given.filter((one) => one.movie !== movie));
  }

  clear(): void {
    this.change([]);
  }

  /** Takes the latest change back. */
  undo(): void {
    this.given = this.before.pop() ?? this.given;
    this.latest = null;
  }

  /** The reader does not know a film: another one is suggested. */
  skip(movie: number): void {
    this.unknown.add(movie);
  }

  /** Well-known films of different genres that are neither rated nor skipped, as places. */
  suggested(book: FilmBook, count: number): number[] {
    const rated = this.of(book);
    const isOpen = (place: number): boolean => {
      const id = book.ids[place]!;
      return !this.unknown.has(id) && !rated.some(({ movie }) => movie === id);
    };
    return ofDifferentGenres(book, isOpen, count);
  }

  private change(next: readonly RatedFilm[]): void {
    this.before.push(this.given);
    this.given = next;
    this.latest = null;
  }
}

/** Popular films, each with a genre that those before it do not have, while there is one; then the most popular left. */
export function ofDifferentGenres(
  book: FilmBook,
  isOpen: (place: number) => boolean,
  count: number,
): number[] {
  const places = book.ids.map((_, place) => place).filter(isOpen);
  places.sort((one, other) => book.raters[other]! - book.raters[one]! || one - other);
  const shown = new Set<string>();
  const chosen: number[] = [];
  for (const place of places) {
    if (chosen.length === count) break;
    const genres = genresAt(book, place);
    if (genres.every((genre) => shown.has(genre))) continue;
    genres.forEach((genre) => shown.add(genre));
    chosen.push(place);
  }
  const left = places.filter((place) => !chosen.includes(place));
  return [...chosen, ...left.slice(0, count - chosen.length)];
}

const books = new WeakMap<LabSession, RatedFilms>();

/** The ratings that the reader has given in this lab. */
export function ratedFilms(session: LabSession): RatedFilms {
  let ratings = books.get(session);
  if (!ratings) books.set(session, (ratings = new RatedFilms()));
  return ratings;
}
