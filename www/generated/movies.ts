// Written from the Rust types by `cargo xtask types` (src/typescript.rs). Do not edit.

/** Gender, age and occupation. */
export type About = { gender: 'male' | 'female',
/** The youngest year of the range of ages. */
age: number,
/** The occupation, in English. */
job: string,
/** Whether they were drawn by the lab and say nothing of the real user. */
invented: boolean, };

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

/** A genre that a user likes. */
export type LikedGenre = { name: string,
/** Ratings of films of this genre. */
films: number,
/** Their mean in stars. */
mean: number, };

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

/** What moved an answer. */
export type Moved = {
/**
 * The answer: stars of the fusion network, a score of the candidate network; null of a method that is no network,
 * whose reasons `predict` gives.
 */
answer: number | null,
/**
 * What each feature of the fusion network moved it by, in stars: the answer less the one with the mean of this
 * feature over all users or films in its place. They need not add up.
 */
features: Array<MovedByFeature>,
/**
 * What the films of the history moved the candidate network's score by, those that moved it most: the score less the
 * one without this film.
 */
films: Array<MovedByFilm>, };

/** What a feature moved. */
export type MovedByFeature = { feature: 'user' | 'gender' | 'age' | 'job' | 'film' | 'genres' | 'title', by: number, };

/** What a film of the history moved. */
export type MovedByFilm = {
/** The published id. */
movie: number, title: string, by: number, };

/** Whose answer. */
export type MovedOptions = {
/** The user's published id. */
user?: number,
/** In its place the ratings of somebody new, as `predict` takes them. */
ratings?: Array<[number, number]>,
/** The film's published id. */
movie: number, };

/** The films nearest to one. */
export type Nearest = {
/**
 * How likeness is measured: by the cosine of vectors, by what having rated the film adds to the score of others, or not
 * at all by a method that knows nothing of the kind.
 */
by: 'cosine' | 'score' | null,
/** Learned ratings of the film. */
raters: number,
/** The nearest first. */
films: Array<Neighbour>, };

/** Which film. */
export type NearestOptions = {
/** The published id. */
movie: number, };

/** A film beside another. */
export type Neighbour = {
/** The published id. */
movie: number, title: string, likeness: number,
/** Learned ratings. */
raters: number, };

/** Options of a look that has none. */
export type NoOptions = Record<symbol, never>;

/** A film with its places, from 1; null where it is not ranked. */
export type Placed = {
/** The published id. */
movie: number, title: string,
/** With the rating. */
before: number | null,
/** Without it. */
after: number | null, };

/** The answer to `predict`. */
export type Prediction = Scored | {
/**
 * Best first; what the user rated among the training ratings is left out, and so are films that the model does
 * not rank.
 */
list: Array<Listed>,
/** Films that were left out because the user has rated them. */
seen: number,
/** How many films of the list are also on one by popularity, as long and for the same user. */
popular: number,
/** Whether all films have the same score, so that their order says nothing. */
tied: boolean, };

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

/** A user. */
export type User = {
/** The published id. */
user: number,
/** How many users there are. */
count: number,
/** All ratings of this one. */
ratings: number,
/** Those that were learned from. */
learned: number,
/** The mean of these in stars; null where there are none. */
mean: number | null,
/** The genres they like best, by these. */
genres: Array<LikedGenre>,
/** Gender, age and occupation, where the network is given them. */
about: About | null,
/** Published ids of the films that were learned from, with their stars. */
rated: Array<[number, number]>, };

/** Which user. */
export type UserOptions = {
/** The published id. */
user?: number,
/** In its place, the place among all users, from 0. */
at?: number, };

/** What changes without a rating. The film itself is left out of both lists. */
export type Without = {
/** The stars that were given. */
given: number,
/** Stars predicted for the film with the rating; null from a model that only ranks. */
with: number | null,
/** Without it. */
without: number | null,
/** The place that the film would have in the list without it, from 1; null where it is not ranked. */
place: number | null,
/** The list without it, best first. */
list: Array<Placed>,
/** Films that are no longer among them. */
gone: Array<Placed>, };

/** Which rating is taken away. */
export type WithoutOptions = {
/** The user's published id. */
user: number,
/** The published id of the film that they rated. */
movie: number, };
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
  moved: { options: MovedOptions; answer: Moved };
  nearest: { options: NearestOptions; answer: Nearest };
  user: { options: UserOptions; answer: User };
  without: { options: WithoutOptions; answer: Without };
  tables: { options: NoOptions; answer: Tables };
  code: { options: NoOptions; answer: Programs };
}

/** What `Description.inside` can list. */
export type MoviesInside = never;
