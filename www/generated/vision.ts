// Written from the Rust types by `cargo xtask types` (src/typescript.rs). Do not edit.

/** What a model is sure by. */
export type CertaintyKind = "probability" | "margin";

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

/** Pictures of each class. */
export type Counts = { train: Array<number>, test: Array<number>, };

/** What a pixel of a layer's map sees of the picture. */
export type Field = {
/** Rows and columns it sees. */
size: number,
/** Rows and columns from one pixel's field to the next one's. */
step: number,
/** Rows and columns by which the first field begins outside the picture. */
offset: number, };

/** Which filter is laid on the picture, and how. */
export type FilterOptions = {
/** Nine numbers, row by row. */
filter: [number, number, number, number, number, number, number, number, number],
/** What the sum is multiplied by; 1 where nothing is said. */
weight?: number,
/** Whether rows of the filter are rows of the picture. */
orientation?: Orientation,
/** Whether the output is pooled too. */
pool?: boolean, };

/** What a filter makes of a picture. */
export type Filtered = {
/** The picture in gray. */
original: PictureAnswer, output: PictureAnswer,
/** The output, half as wide and high, where that was asked for. */
pooled: PictureAnswer | null,
/** Sums of all pixels. */
sums: OfOutput<number>,
/** The md5 of all pixels, as the document's code gives it. */
md5: OfOutput<string>, };

/** The filters of each convolution. */
export type Filters = { layers: Array<LayerFilters>, };

/** A picture and its class. */
export type LabelledPicture = {
/** Place in the split. */
index: number, label: number,
/** Icon or path it comes from; empty where there is none. */
origin: string, width: number, height: number,
/** 1 for gray, 3 for red, green and blue. */
channels: number,
/** Bytes of the pixels, row by row, in base64. */
pixels: string, };

/** The filters of one convolution with their biases. */
export type LayerFilters = { name: string,
/** Rows and columns of a filter. */
size: number, inputs: number,
/** Filters that are sent. */
outputs: number,
/** `[size, size, inputs, outputs]`. */
values: Array<number | null>, bias: Array<number | null> | null, };

/** What a layer makes of the picture. */
export type LayerMaps = {
/** Its name as Keras gives it. */
name: string,
/** Its kind as Keras names it. */
kind: string, height: number, width: number, channels: number,
/** Channels that are sent. */
shown: number,
/** Bytes of these channels, one map after the other, in base64. */
maps: string,
/** Channels that are the same everywhere. */
dead: number,
/** Share of the values that are 0. */
zeros: number, field: Field, };

/** A layer as a summary lists it. */
export type LayerSummary = {
/** Keras' name: `conv2d`, `conv2d_1`, … */
name: string,
/** `conv2d`, `max_pooling2d`, `flatten` or `dense`. */
kind: string,
/** Sizes of its output for one picture. */
shape: Array<number>,
/** Weights and biases. */
parameters: number,
/** `relu`, `softmax` or `sigmoid`. */
activation: string | null, };

/** The maps of every layer for one picture. */
export type Maps = {
/** The picture as the network sees it. */
picture: PictureAnswer,
/** Names of the classes. */
classes: Array<string>, probabilities: Array<number | null>, layers: Array<LayerMaps>, };

/** Which picture goes through the layers; a picture of the reader's takes its place. */
export type MapsOptions = {
/** A split, as `evaluate` takes it. */
split?: string,
/** Place of the picture in its split. */
index?: number,
/** Channels of each layer that are sent; 16 where nothing is said. */
most?: number, };

/** A misclassified picture. */
export type MistakenPicture = {
/** Place in the split. */
index: number, label: number, predicted: number,
/** The probability of the class predicted. */
certainty: number | null,
/** Icon or path it comes from; empty where there is none. */
origin: string, width: number, height: number,
/** 1 for gray, 3 for red, green and blue. */
channels: number,
/** Bytes of the pixels, row by row, in base64. */
pixels: string, };

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

/** The misclassified pictures of a split. */
export type Mistakes = {
/** The split, as it was asked for. */
split: string,
/** Pictures of the split. */
rows: number,
/** How many of them are misclassified. */
mistakes: number,
/** Those the network was surest of first. */
pictures: Array<MistakenPicture>, };

/** Which mistakes are sent. */
export type MistakesOptions = {
/** A split, as `evaluate` takes it. */
split: string,
/** How many, 64 at most; 16 where nothing is said. */
count?: number, };

/** A tensor by its name. */
export type NamedValues = { name: string, shape: Array<number>, values: Array<number>, };

/** Options of a look that has none. */
export type NoOptions = Record<symbol, never>;

/** Something about the output and, where there is one, the pooled output. */
export type OfOutput<T> = { output: T, pooled: T | null, };

/** An order of pictures. */
export type Order = "order" | "classes";

/** Which neighbour a number of the filter belongs to. */
export type Orientation = "as_written" | "corrected";

/** A picture as the page reads it. */
export type PictureAnswer = { width: number, height: number,
/** 1 for gray, 3 for red, green and blue. */
channels: number,
/** Bytes of the pixels, row by row, in base64. */
pixels: string, };

/** A run that is whole in itself. */
export type PictureReplay = { network: Sizes, classes: number,
/** Bytes of all pictures, one after the other. */
pictures: Array<number>,
/** Class of each picture. */
labels: Array<number>,
/** Initial weights in Keras' names and layout. */
initial: Array<NamedValues>,
/** Rows of each minibatch. */
batches: Array<Array<number>>, optimizer: string, learning_rate: number, };

/** Pictures of a split. */
export type Pictures = {
/** How many pictures the split has. */
total: number, counts: Counts, pictures: Array<LabelledPicture>, };

/** Which pictures are sent. */
export type PicturesOptions = {
/** A split, as `evaluate` takes it. */
split: string,
/** Place of the first one. */
from?: number,
/** How many, 64 at most; 16 where nothing is said. */
count?: number,
/** In which order they are taken. */
order?: Order, };

/** The class of each picture, in their order. */
export type Prediction = {
/** Names of the classes. */
classes: Array<string>,
/** One number for each picture and class. */
probabilities: Array<Array<number | null>>,
/** The pictures as the network sees them. */
seen: Array<PictureAnswer>, };

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

/** What a replay gave. */
export type Replayed = {
/** What each layer makes of the first minibatch. */
layers: Array<TensorAnswer>, logits: TensorAnswer,
/** Gradients of the first minibatch. */
gradients: Array<TensorAnswer>,
/** The loss of every step; null where it is not finite. */
losses: Array<number | null>,
/** The accuracy of every epoch: as many steps as it takes to see each picture once. */
accuracies: Array<number>,
/** The last weights. */
weights: Array<TensorAnswer>, };

/** The fields of [`ConvNetConfig`]. */
export type Sizes = { height: number, width: number, channels: number, filters: Array<number>, kernel_size: number, dense_units: number, outputs: number, };

/** The layers as Keras' `summary` lists them. */
export type Summary = {
/** Height, width and channels of a picture. */
input: [number, number, number], layers: Array<LayerSummary>, parameters: number,
/** Multiplications of one picture's forward pass. */
multiplications: number,
/** Bytes of memory while training. */
training_bytes: number, };

/** A tensor in Keras' names and layout; null stands for a value that is not finite. */
export type TensorAnswer = { name: string, shape: Array<number>, values: Array<number | null>, };

/** Looks inside by name. */
export interface VisionLooks {
  summary: { options: NoOptions; answer: Summary };
  pictures: { options: PicturesOptions; answer: Pictures };
  mistakes: { options: MistakesOptions; answer: Mistakes };
  confusion: { options: ConfusionOptions; answer: Confusion };
  maps: { options: MapsOptions; answer: Maps };
  filters: { options: NoOptions; answer: Filters };
  replay: { options: PictureReplay; answer: Replayed };
  code: { options: NoOptions; answer: Programs };
  filter: { options: FilterOptions; answer: Filtered };
}

/** What `Description.inside` can list. */
export type VisionInside = 'maps' | 'filters' | 'filter_bench';
