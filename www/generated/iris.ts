// Written from the Rust types by `cargo xtask types` (src/typescript.rs). Do not edit.

import type { Settings } from './engine.js';

/** Accuracy on each part; none where it has no rows. */
export type Accuracy = { train: number | null, dev: number | null, test: number | null, };

/**
 * What the units of each hidden layer answer, row by row. The rows are grouped by class; of more than 150 an even
 * sample is taken.
 */
export type Activations = { layers: Array<ActiveLayer>,
/** Numbers of the rows in the table. */
rows: Array<number>,
/** Their classes. */
labels: Array<number>, };

/** A hidden layer. */
export type ActiveLayer = { name: string, units: number,
/** `[rows, units]`, row-major. */
values: Array<number | null>,
/** The values a unit can take, where they have two ends. */
range: [number, number] | null, };

/** What a model is sure by. */
export type CertaintyKind = "probability" | "margin";

/** One of them. */
export type Compared = { model: ModelKind, regions: Regions, accuracy: Accuracy,
/** Accuracy on test where a column is missing and its mean stands in for it, column by column. */
without: Array<number | null>, };

/** Models fitted to the same rows and columns, side by side. */
export type Comparison = { models: Array<Compared>,
/** Names of the columns. */
features: Array<string>, };

/** Counts of the rows of a split by their true and their predicted class, and the misclassified rows. */
export type Confusion = {
/** The split, as it was asked for. */
split: string,
/** Rows of the split. */
rows: number,
/** `counts[true][predicted]`. */
counts: Array<Array<number>>,
/** How many rows are misclassified. */
mistakes: number,
/** Of these rows those the model was surest of, where the lesson lists rows; the surest first. */
mistaken_rows: Array<MistakenRow>,
/** What `certainty` is. */
certainty_is: CertaintyKind, };

/** Which rows are judged. */
export type ConfusionOptions = {
/** A split, as `evaluate` takes it. */
split: string, };

/** Rows of each class. */
export type Counts = { train: Array<number>, dev: Array<number>, test: Array<number>, all: Array<number>, };

/** The table in its own units. Of a long table every n-th row, so that a page can draw them. */
export type Data = {
/** Names of the columns. */
features: Array<string>,
/** Rows of the whole table. */
total: number,
/** Numbers of the rows sent. */
row_numbers: Array<number>,
/** These rows, in the units of the table. */
rows: Array<Array<number>>,
/** Their classes. */
labels: Array<number>,
/** The part each of them is in, `train+test` where the split leaks. */
split: Array<string>,
/** Row numbers of each part in its order, where all rows are sent. */
split_rows: Split | null,
/** How many rows of each class there are, counted over all rows. */
counts: Counts,
/** How many test rows the weights were fitted to. */
leaked: number, };

/** The state of the training, over the training rows (of more than 1,024 the first). */
export type Dynamics = { step: number, loss: number | null,
/** The loss of answering with the shares of the classes: `ln 3` for three equal ones. */
guessing_loss: number, rows: number, classes: number,
/** Whether the loss is no better than guessing. */
guessing: boolean, tensors: Array<StepNorms>,
/** Weights and biases of a layer together. */
layers: Array<StepNorms>, hidden: Array<HiddenLayer>,
/** Ways off the plateau. */
remedies: Array<Remedy>, };

/** What can be said of the units of a hidden layer. */
export type HiddenLayer = { name: string, units: number,
/** The smallest and the largest difference between two units. */
difference: [number | null, number | null] | null,
/** Pairs of nearly equal units. */
pairs: number,
/** Units joined by such pairs, two or more in each group. */
groups: Array<Array<number>>,
/** Units in these groups. */
equal: number,
/** Units that say the same to every row: ReLU at 0, sigmoid and tanh saturated at one limit. */
dead: Array<number>, };

/** A layer of units. */
export type Layer = {
/** `input`, `hidden1` and so on, `output`. */
name: string, units: number,
/** Columns of the table, or classes; hidden units have no names. */
unit_names?: Array<string>, };

/** How many machines the two ways of telling classes apart need. */
export type Machines = { classes: number, one_vs_one: number, one_vs_rest: number, };

/** A row that the model takes for another class than its own. */
export type MistakenRow = {
/** Its number in the table. */
row: number,
/** Its features in their own units. */
features: Array<number>,
/** Its class. */
label: number,
/** The class predicted. */
predicted: number,
/** How sure the model was of that class. */
certainty: number | null, };

/** Which model is fitted. */
export type ModelKind = "mlp" | "softmax" | "svm";

/** Layers and weights of the latest step; a support vector machine has none. */
export type Network = { layers: Array<Layer>, tensors: Array<Tensor>,
/** How many numbers all tensors hold. */
parameters: number, };

/** Options of a look that has none. */
export type NoOptions = Record<symbol, never>;

/** The machine of two classes. */
export type Pair = {
/** Names of the classes. */
classes: [string, string],
/** Rows of the table that are its support vectors. */
support: Array<number>,
/** The coefficient of each. */
coefficients: Array<number>, intercept: number,
/** The normal of the separating plane, for a linear kernel. */
normal: Array<number> | null,
/** The width of the margin, for a linear kernel. */
margin: number | null, };

/** The class of each row, and what it was found by. */
export type Prediction = {
/** Name of the class of each row. */
classes: Array<string>,
/** One number for each row and class. */
probabilities: Array<Array<number | null>>, } | {
/** Name of the class of each row. */
classes: Array<string>,
/**
 * One number for each row and pair of classes: from 1 on beyond the margin of the first class, from −1 down
 * beyond that of the second.
 */
decisions: Array<Array<number>>,
/** Names of the classes of each pair. */
pairs: Array<[string, string]>, };

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

/** The class of each cell of a grid over two columns, the row of cells with the smallest `y` first. */
export type Regions = {
/** Ends of the axes, in the units of the table. */
x_range: [number, number], y_range: [number, number],
/** Cells from left to right. */
columns: number,
/** Cells from bottom to top. */
rows: number,
/** The class of each cell, row by row. */
classes: Array<number>,
/** How sure the model is of it. */
confidence: Array<number | null>,
/** How sure the model is of the class that comes next: where both are equal runs a border. */
next: Array<number | null>,
/** Values of all features, at which those that are not `x` or `y` are held. */
at: Array<number>, };

/** Which grid is judged. */
export type RegionsOptions = {
/** The column along the horizontal axis. */
x: string,
/** The column along the vertical axis. */
y: string,
/** Cells from left to right; 60 where nothing is said. */
columns?: number,
/** Cells from bottom to top; 60 where nothing is said. */
rows?: number,
/** Values of all features, of which those that are not `x` or `y` are used; the means by default. */
at?: Array<number>, };

/** A way off the plateau. */
export type Remedy = {
/** Key in the page's words. */
name: string,
/** The settings it changes. */
settings: Settings, };

/** What is replayed. */
export type ReplayOptions = {
/** Initial weights under the names of the exported file, in its layout. */
weights: Array<ReplayTensor>,
/** Row numbers of each minibatch. */
batches: Array<Array<number>>, };

/** One tensor of the initial weights. */
export type ReplayTensor = { name: string, shape: Array<number>, values: Array<number>, };

/** What the replay gave. */
export type Replayed = {
/** The loss of every step. */
losses: Array<number | null>, };

/** A row of a part. */
export type Sample = {
/** The split, as it was asked for. */
split: string, place: number,
/** Rows of the part. */
rows: number,
/** Number of the row in the table. */
row: number,
/** Its features in their own units. */
features: Array<number>,
/** Name of its class. */
class: string,
/** All that `predict` says of it. */
answer: Prediction, };

/** Which row is looked at. */
export type SampleOptions = {
/** A split, as `evaluate` takes it. */
split: string,
/** Place of the row in its part, from 0. */
place?: number, };

/** Row numbers of the three parts. */
export type Split = {
/** Rows the weights are fitted to. */
train: Array<number>,
/** Rows that choose between checkpoints and settings. */
dev: Array<number>,
/** Rows that judge the result. */
test: Array<number>, };

/** Euclidean norms of a tensor or a layer. */
export type StepNorms = { name: string, gradient_norm: number | null, weight_norm: number | null,
/** Of the step the optimiser would make with this gradient. */
update_norm: number | null,
/** `update_norm / weight_norm`. */
ratio: number | null, };

/** Weights or biases of a layer. */
export type Tensor = {
/** Its name in an exported file. */
name: string,
/** `[inputs, outputs]` of weights. */
shape: Array<number>,
/** How many numbers it holds. */
parameters: number, values: Array<number | null>, };

/** A support vector machine, pair by pair of classes. */
export type Vectors = { pairs: Array<Pair>,
/** Rows of the table that are a support vector of any pair. */
support: Array<number>,
/** Rows the machine was fitted to. */
rows_used: number,
/** Rows of train. */
rows: number,
/** How many machines two to ten classes need. */
machines: Array<Machines>, };

/** Looks inside by name. */
export interface IrisLooks {
  data: { options: NoOptions; answer: Data };
  network: { options: NoOptions; answer: Network };
  activations: { options: NoOptions; answer: Activations };
  dynamics: { options: NoOptions; answer: Dynamics };
  regions: { options: RegionsOptions; answer: Regions };
  confusion: { options: ConfusionOptions; answer: Confusion };
  sample: { options: SampleOptions; answer: Sample };
  comparison: { options: RegionsOptions; answer: Comparison };
  vectors: { options: NoOptions; answer: Vectors };
  replay: { options: ReplayOptions; answer: Replayed };
  code: { options: NoOptions; answer: Programs };
}

/** What `Description.inside` can list. */
export type IrisInside = 'regions' | 'comparison' | 'weights' | 'activations' | 'dynamics' | 'vectors';
