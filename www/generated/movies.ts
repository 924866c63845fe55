// Written from the Rust types by `cargo xtask types` (src/typescript.rs). Do not edit.

/** What the run learns from. */
export type Data = { users: number, films: number, ratings: number,
/** The share of all pairs of a user and a film that has a rating. */
density: number,
/** Ratings that are learned from. */
fit: number,
/** Ratings that judge while it trains. */
valid: number,
/** Ratings that judge the result. */
test: number,
/** Test ratings of films that nobody rated among the training ratings: no collaborative method can rank them. */
unrankable: number,
/** How many ratings have half a star, one star, … five stars. */
stars: [number, number, number, number, number, number, number, number, number, number],
/** How many users have 0, 1, 2, 3–5, 6–10, 11–20, 21–50, 51–100 and more training ratings. */
user_counts: [number, number, number, number, number, number, number, number, number],
/** The same of films. */
film_counts: [number, number, number, number, number, number, number, number, number],
/** Names of the genres. */
genres: Array<string>,
/** How many films have each. */
genre_films: Array<number>,
/** When the first rating was made and the last, in seconds since 1970. */
times: [number, number],
/** Whether gender, age and occupation of users are known, invented or not used. */
demographics: 'known' | 'invented' | 'none', };

/** All films, column by column. */
export type Films = {
/** Published ids, ascending. */
ids: Array<number>,
/** Titles with the year. */
titles: Array<string>,
/** Names of the genres. */
genres: Array<string>,
/** Genres of each film: bit `g` for `genres[g]`. */
genre_sets: Array<number>,
/** How many of the ratings that are learned from are of each film. */
raters: Array<number>,
/** Mean stars of these; null where there are none. */
means: Array<number | null>, };

/** A film of a list. */
export type Listed = {
/** The film's published id. */
movie: number,
/** Its title. */
title: string,
/** What it is ranked by; of one model only, and of one user. */
score: number,
/** Stars from 0 to 5; null from a model that only ranks. */
stars: number | null,
/** The stars the user really gave, among ratings that the model did not learn from. */
rated: number | null,
/** What moved the score most. */
reasons: Array<Reason>, };

/** Options of a look that has none. */
export type NoOptions = Record<symbol, never>;

/** The answer to `predict`. */
export type Prediction = Scored | {
/** Best first; what the user rated among the training ratings is left out. */
list: Array<Listed>,
/** Films that were left out because the user has rated them. */
seen: number, };

/** A program for the reader to take away. */
export type Program = {
/** Name of its file. */
file: string,
/** What to install: the lines of Cargo.toml, or the command. */
install: string,
/** The program. */
text: string, };

/** The same program in each language. */
export type Programs = {
/** With burn, or with a crate for the model. */
rust: Program,
/** With the document's own framework, or one of its kind. */
python: Program, };

/** A part of a score. */
export type Reason = {
/** What it comes from. */
source: 'mean' | 'user_bias' | 'film_bias' | 'raters' | 'user' | 'film' | 'genre' | 'word' | 'factor',
/** The published id of a user or a film, the number of a factor. */
id: number | null,
/** The title of a film, the name of a genre, a word. */
name: string | null,
/** What it adds to the score. */
weight: number, };

/** What the model says of a film. */
export type Scored = {
/** Stars from 0 to 5; null from a model that only ranks. */
score: number | null,
/** The place of the film among those that the user has not rated, from 1; null where the user has rated it. */
rank: number | null,
/** How many films are ranked. */
of: number,
/** What moved the score most. */
reasons: Array<Reason>, };

/** Tables as CSV by the names of their files. */
export type Tables = {
/** `userId,movieId,rating,timestamp`, in the order of the rows' numbers. */
ratings: string,
/** `movieId,title,genres` */
movies: string,
/** `userId,gender,age,job`: places in the document's lists; null where the network is given none. */
users: string | null, };

/** Looks inside by name. */
export interface MoviesLooks {
  data: { options: NoOptions; answer: Data };
  films: { options: NoOptions; answer: Films };
  tables: { options: NoOptions; answer: Tables };
  code: { options: NoOptions; answer: Programs };
}

/** What `Description.inside` can list. */
export type MoviesInside = never;
