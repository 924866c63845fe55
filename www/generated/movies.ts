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

/** What a model found of a world. */
export type Found = {
/** Correlation of what the model adds for a user and a film with what tastes add, 0 where it knows only films. */
taste: number,
/** Correlation of the mean score of each film with the logarithm of the number of its ratings. */
popularity: number,
/** Error of the stars against those without chance; null of a model that only ranks. */
truth_rmse: number | null,
/** Correlation of learned with true vectors up to rotation; null where the model has none. */
user_vectors: number | null, film_vectors: number | null, };

/** Both stages. */
export type Funnel = {
/** The user's published id. */
user: number,
/** Films of the table. */
films: number,
/** Films that the user has not rated. */
unseen: number,
/** Films of the first stage. */
candidates: number,
/** Titles of the films the user watched last, the latest first. */
history: Array<string>,
/** Invented searches that the network is given; none where it is given none. */
searched: Array<string>,
/** The first ten of the first stage, by dot product. */
first: Array<FunnelCandidate>,
/** Whether the first films by dot product and by probability are the same, and in the same order. */
same_order: boolean,
/** The first ten of the second stage. */
list: Array<FunnelListed>,
/** What the second stage ranks by; the dot product as long as there is no trained ranking network. */
ranked_by: 'time' | 'stars' | 'dot_product',
/** FunnelTimes that each stage took. */
milliseconds: FunnelTimes, };

/** A film of the first stage. */
export type FunnelCandidate = {
/** The film's published id. */
movie: number,
/** Its title. */
title: string,
/** The product of the user's vector and the film's. */
product: number,
/** The probability among all films: with the normaliser. */
probability: number, };

/** A film of the second stage. */
export type FunnelListed = {
/** The film's published id. */
movie: number,
/** Its title. */
title: string,
/** Its place in the first stage, from 1. */
place: number,
/** The odds, which stand for the expected minutes or stars; null where the dot product ranks. */
odds: number | null,
/** The stars the user really gave, among ratings that were not learned from. */
rated: number | null, };

/** For whom. */
export type FunnelOptions = {
/** The user's published id; the first user where none is asked for. */
user?: number, };

/** Times. */
export type FunnelTimes = {
/** The user's vector. */
user: number,
/** Dot products with all films, and the candidates among them. */
products: number,
/** The normaliser over all films, which serving leaves out. */
normaliser: number,
/** The ranking network on the candidates; null where there is none. */
ranking: number | null, };

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

/** The world, and what was found of it. */
export type MadeWorld = {
/** How many tastes there are. */
tastes: number,
/** The taste of which each user shown has most, in rows of the picture; 0 where there are no tastes. */
user_tastes: Array<number>,
/** The taste of which each film shown has most, in columns. */
film_tastes: Array<number>,
/** The stars of every user and film without chance, row by row. */
truth: Array<number>,
/** The stars that were given, row by row; null where nothing was. */
rated: Array<number | null>,
/** Root of the mean squared difference between the stars given and those without chance: no model gets below it. */
noise_floor: number,
/** Spread of what tastes add to a rating, in stars. */
taste_spread: number,
/** Ratings of a user in the mean, among those that are learned from. */
ratings_per_user: number,
/** What the model found; null before it is trained. */
found: Found | null, };

/** Options of a look that has none. */
export type NoOptions = Record<symbol, never>;

/** The answer to `predict`. */
export type Prediction = Scored | {
/** Best first; what the user rated among the training ratings is left out. */
list: Array<Listed>,
/** Films that were left out because the user has rated them. */
seen: number, };

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

/** Looks inside by name. */
export interface MoviesLooks {
  data: { options: NoOptions; answer: Data };
  films: { options: NoOptions; answer: Films };
  funnel: { options: FunnelOptions; answer: Funnel };
  world: { options: NoOptions; answer: MadeWorld };
}

/** What `Description.inside` can list. */
export type MoviesInside = 'funnel' | 'world';
