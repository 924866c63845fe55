// Written from the Rust types by `cargo xtask types` (src/typescript.rs). Do not edit.

/** Gender, age and occupation. */
export type About = { gender: 'male' | 'female',
/** The youngest year of the range of ages. */
age: number,
/** The occupation, in English. */
job: string,
/** Whether they were drawn by the lab and say nothing of the real user. */
invented: boolean, };

/** What it reaches. */
export type ColdCell = {
/** In stars; none by a method that only ranks. */
rmse: number | null,
/** NDCG@10; none where nobody's list is judged. */
ndcg: number | null, };

/** A method. */
export type ColdRow = { method: string, cells: Array<ColdCell | null>, };

/** What is wanted of the table. */
export type ColdStartOptions = { whose: Whose,
/** Methods by the names of the setting `model`; those of earlier askings stay. */
methods: Array<string>,
/** How long to work on it now; 0 only tells what is known. */
milliseconds: number, };

/** The table as far as it is known. */
export type ColdStartShown = {
/** Training ratings that are left, for each column. */
left: [number, number, number, number],
/** How many users, or films, are cold. */
cold: number,
/** Test ratings of theirs. */
ratings: number,
/** Users whose lists are judged. */
judged: number, rows: Array<ColdRow>,
/** Cells that are known, with the share of the one under way. */
done: number,
/** The cell under way. */
under_way: UnderWay | null, finished: boolean,
/** Steps that a fusion network takes for one cell. */
fusion_steps: number, };

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
/** The most ratings of each bar of `user_counts` and `film_counts` but the last, which has no end. */
bounds: Array<number>,
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

/** A feature on its way to its tower. */
export type FeatureShown = {
/** By the name of the document's data layer. */
name: string,
/** Its place in a sample, from 0. */
place: number, kind: InputKind,
/** What the kind is declared with: how many numbers, genres or words there are; the width of a dense vector. */
size: number,
/** Whether the values of users were invented. */
invented: boolean, tower: 'user' | 'film' | 'label', layers: Array<LayerShown>, };

/** A point for each film. */
export type FilmMap = {
/** Along the first principal component, in the order of the films. */
x: Array<number>,
/** Along the second. */
y: Array<number>,
/** The share of the variance of all vectors along each. */
explained: [number, number],
/** Numbers of a vector. */
width: number,
/** Steps made by the model whose vectors these are. */
step: number, };

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

/** How long to work. */
export type FirstListsOptions = {
/** How long to work on it now; 0 only tells what is known. */
milliseconds: number, };

/** What is known of the first lists. */
export type FirstListsShown = {
/** Ratings that a newcomer gives. */
given: number,
/** Films of a list. */
list: number,
/** Users who are taken out of the table now, a fifth of them; none before the work begins. */
newcomers: number,
/** Ratings of the others that the model learns from. */
learned: number,
/** Newcomers judged so far. */
judged: number,
/** How much of the work is done, 0 to 1. */
done: number, finished: boolean,
/** Of the newcomers judged so far; null before the first. */
compared: ListsCompared | null, };

/** Which of the document's two descriptions is followed. */
export type Form = "code" | "text";

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

/** The fusion network as the document's code builds it. */
export type FusionShown = {
/** The features in the order in which they are given. */
features: Array<FeatureShown>,
/** What each tower ends in: that of the users, that of the films. */
towers: [LayerShown, LayerShown],
/** What the cosine is multiplied by. */
scale: number,
/** Words that a filter sees at once. */
window: number,
/** What the framework logs when the network is built for training, and for answers. */
orders: [Order, Order],
/** Tensors of the document's code, and of the list of names that it prints. */
counts: [number, number], };

/** The kinds of input of the document's framework. */
export type InputKind = "integer_value" | "sparse_binary_vector" | "integer_value_sequence" | "dense_vector";

/** What is known of a user, as numbers and what they stand for. */
export type Known = {
/** 0 for `M`, 1 for `F`. */
gender: number, age: number,
/** The youngest year of the age group: 1, 18, 25, 35, 45, 50 or 56. */
years: number, job: number, occupation: string, };

export type LayerKind = "embedding" | "fc" | "conv_pool";

/** A layer. */
export type LayerShown = { name: string, kind: LayerKind,
/** Numbers that it gives. */
units: number, parameters: number, };

/** The model. */
export type Layers = {
/** Numbers that are learned; none of a method that keeps the ratings themselves. */
parameters: number | null,
/** The fusion network; none of other models. */
fusion: FusionShown | null,
/** Tensors of a network; empty without one. */
tensors: Array<TensorShown>, };

/** A genre that a user likes. */
export type LikedGenre = { name: string,
/** Ratings of films of this genre. */
films: number,
/** Their mean in stars. */
mean: number, };

/** Figures of the lists. */
export type ListFigures = {
/** NDCG@10. */
ndcg: number,
/** The share of lists with a film that was rated later. */
hit_rate: number, };

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

/** Means over newcomers. */
export type ListsCompared = { model: ListFigures, popular: ListFigures,
/** The standard error of the difference of NDCG, newcomer by newcomer. */
error: number,
/** Whether the difference is more than twice that. */
above: boolean, };

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

/** What goes in and out, in the order of the log. */
export type Order = { inputs: Array<string>, output: string, };

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

/** One rating. */
export type Sample = {
/** Published id of the user. */
user: number,
/** Published id of the film. */
movie: number, title: string, stars: number,
/** When it was made, in seconds since 1970. */
time: number, split: 'fit' | 'valid' | 'test',
/** Gender, age and occupation; none where the network is not given them. */
known: Known | null,
/** Numbers of the genres. */
categories: Array<number>, genres: Array<string>,
/** Numbers of the title's words. */
words: Array<number>,
/** The words. */
texts: Array<string>,
/** What the rating becomes under the setting `label`. */
label: number, };

/** Some ratings in the order of the file. */
export type Samples = { from: number,
/** Ratings there are. */
of: number,
/** Whether gender, age and occupation were invented. */
invented: boolean, samples: Array<Sample>, };

/** Which ratings. */
export type SamplesOptions = {
/** The first one, by its place in the file, from 0. */
from?: number, };

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

/** A tensor. */
export type TensorShown = { name: string, shape: Array<number>, parameters: number,
/** As Paddle's v2 interface names it; none of other networks. */
paddle: string | null,
/** As the document prints it; none where its list has no such tensor. */
printed: string | null, };

/** Which title, and how it is read. */
export type TitleOptions = {
/** Any title; a year in parentheses behind it is left out. */
title: string, form: Form,
/** The filter that is looked at, from 0. */
filter: number, };

/** A title on its way through the layer. */
export type TitleShown = { words: Array<WordShown>,
/** Filters there are. */
filters: number,
/** The weights of the filter: a row for each place of the window. */
kernel: Array<Array<number | null>>, bias: number | null,
/** The windows in their order. */
windows: Array<WindowShown>, activation: 'tanh' | 'linear' | 'sigmoid', pooling: 'max' | 'sum',
/** The window that is largest, the first of equal ones; none where the sum is taken or there is no window. */
largest: number | null,
/** What is kept of each filter; zeros where there is no window. */
pooled: Array<number | null>, };

/** What is being computed. */
export type UnderWay = { method: string, column: number, };

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

/** Whose ratings are taken away. */
export type Whose = "users" | "films";

/** A window. */
export type WindowShown = {
/** The words in it, by their places; none for the zeros beyond an end. */
places: Array<number | null>,
/** The products of the filter with it, and the bias. */
sum: number | null,
/** What the activation makes of it: the filter's feature map. */
value: number | null, };

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

/** A word. */
export type WordShown = { word: string,
/** Its number; none for a word that no title has. Zeros stand in its place. */
number: number | null, vector: Array<number | null>, };

/** Looks inside by name. */
export interface MoviesLooks {
  cold_start: { options: ColdStartOptions; answer: ColdStartShown };
  data: { options: NoOptions; answer: Data };
  films: { options: NoOptions; answer: Films };
  first_lists: { options: FirstListsOptions; answer: FirstListsShown };
  funnel: { options: FunnelOptions; answer: Funnel };
  layers: { options: NoOptions; answer: Layers };
  map: { options: NoOptions; answer: FilmMap };
  moved: { options: MovedOptions; answer: Moved };
  nearest: { options: NearestOptions; answer: Nearest };
  samples: { options: SamplesOptions; answer: Samples };
  user: { options: UserOptions; answer: User };
  without: { options: WithoutOptions; answer: Without };
  tables: { options: NoOptions; answer: Tables };
  title: { options: TitleOptions; answer: TitleShown };
  world: { options: NoOptions; answer: MadeWorld };
  code: { options: NoOptions; answer: Programs };
}

/** What `Description.inside` can list. */
export type MoviesInside = 'title' | 'map' | 'funnel' | 'cold_start' | 'first_lists' | 'world';
