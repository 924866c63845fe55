/** The films of a lab, fetched once for each time it is opened. */

import type { Films } from '../../generated/movies.js';
import type { LabSession } from '../../lab/session.js';

/** Films, with their places by published id. */
export interface FilmBook extends Films {
  places: ReadonlyMap<number, number>;
}

const books = new WeakMap<object, Promise<FilmBook>>();

/** The films of the lab as it is open now. Rejects with `EmberError`. */
export function filmsOf(session: LabSession): Promise<FilmBook> {
  const key = session.opened ?? session;
  let book = books.get(key);
  if (!book) {
    book = session.inspect('movies', 'films', {}).then((films) => ({
      ...films,
      places: new Map(films.ids.map((id, place) => [id, place])),
    }));
    // What has failed is asked for again.
    book.catch(() => books.delete(key));
    books.set(key, book);
  }
  return book;
}

/** The title of a film by its id. */
export const titleOf = (book: FilmBook, id: number): string => book.titles[book.places.get(id) ?? -1] ?? '';

/** Names of the genres of a film by its place. */
export function genresAt(book: Pick<Films, 'genres' | 'genre_sets'>, place: number): string[] {
  const set = book.genre_sets[place] ?? 0;
  return book.genres.filter((_, genre) => ((set >>> genre) & 1) === 1);
}
