// Written from the Rust types by `cargo xtask types` (src/typescript.rs). Do not edit.

/** A value that survives JSON. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** Values by the names of settings. */
export type Settings = { [name: string]: Json };

/** What of the reader's own is accepted, for the page. */
export type Accepted = { "kind": "table",
/** Key under `ui.own_table.accepted`. */
form: string,
/** Most bytes of its text. */
most_bytes: number, } | { "kind": "pictures",
/** Most of them. */
most: number, } | { "kind": "ratings",
/** Names of the files that are read of a folder or archive. */
files: Array<string>, } | { "kind": "sequences",
/** How the names of the files end that are read of a folder or archive. */
endings: Array<string>,
/** Most users. */
most_users: number,
/** Most items. */
most_items: number,
/** Most rows of a table. */
most_rows: number, };

/** A chart of metrics over steps. */
export type Chart = {
/** Key under `charts` in the language files. */
id: string,
/** Vertical scale to begin with: `linear` or `log`. */
scale: 'linear' | 'log',
/** Fixed vertical range, or none to follow the values. */
range: [number, number] | null, };

/** A setting that is chosen for an experiment, whatever the lab has. */
export type Choice = {
/** Its name; a choice among those that are kept. */
setting: string,
/** Its options, the usual one first. */
options: Array<string>, };

/** What is known of a column of the reader's table. */
export type ColumnDescription = {
/** Name in the header. */
name: string,
/** How many values are missing. */
missing: number,
/** The first rows of the file with a missing value. */
missing_rows: Array<number>,
/** Whether it can be the label. */
label: boolean,
/** Whether it can be a feature, unless it is the label. */
feature: boolean,
/** Whether it is a feature where nothing else is said. */
used: boolean,
/** What it is taken for. */
guess: Kind,
/** Some of its cells as they stand in the file. */
samples: Array<string>,
/** What of it may be meant otherwise. */
doubts: Array<Doubt>, } & ({ "kind": "number",
/** Smallest value. */
min: number,
/** Largest value. */
max: number,
/** Arithmetic mean. */
mean: number, } | { "kind": "text",
/** How many different values. */
distinct: number, });

/** One declared setting. */
export type Control = {
/** The name used in the address, in `config` and in the record. */
name: string,
/** Value when nobody says anything. */
default: Json,
/** Unit of the value, a key under `units` in the language files (`steps`, `rows`); none for a pure number. */
unit: string | null,
/** Panel group. */
group: ControlGroup,
/** The value that repeats a mistake of the document, where this setting is such a switch. */
as_written: Json,
/** The choices this setting has a meaning with, all of them; empty where it always has one. */
only_with: Array<OnlyWith>,
/**
 * Whether the defaults of the other settings follow this one: choosing another task begins with the settings of
 * that task, not with those of the one before.
 */
leads: boolean,
/**
 * Whether it speaks of the data at hand: of columns, of the number of rows, of whose data they are. Its value is
 * then worth nothing with other data.
 */
of_data: boolean,
/** Whether its default was chosen for the size of the reader's own data. */
fitted: boolean, } & ({ "type": "integer",
/** Smallest value allowed. */
min: number,
/** Largest value allowed. */
max: number, } | { "type": "number",
/** Smallest value allowed. */
min: number,
/** Largest value allowed. */
max: number,
/** Whether equal ratios, not equal differences, feel equal (a learning rate). */
logarithmic: boolean, } | { "type": "choice",
/** The names, in the order shown. */
options: Array<string>, } | { "type": "integer_list",
/** Smallest item allowed. */
min: number,
/** Largest item allowed. */
max: number,
/** Fewest items. */
min_items: number,
/** Most items. */
max_items: number, } | { "type": "number_list",
/** Smallest item allowed. */
min: number,
/** Largest item allowed. */
max: number,
/** Fewest items. */
min_items: number,
/** Most items. */
max_items: number, } | { "type": "subset",
/** The names to choose from. */
options: Array<string>,
/** Fewest items. */
min_items: number, } | { "type": "text",
/** Most characters. */
max: number, });

/** Where in the panel a setting stands. */
export type ControlGroup = "data" | "model" | "training" | "evaluation" | "inside";

/** An estimate for one core of a laptop. */
export type Cost = {
/** Milliseconds of one training step. */
milliseconds_per_step: number,
/** Bytes of memory while training: weights, gradients, running means, a minibatch on its way, the pictures. */
training_bytes: number,
/** Steps of the whole run. */
steps: number, };

/** One mean to compare. */
export type Criterion = {
/** Id of one of the experiment's measures. */
measure: string,
/** Whether the largest is best, or the smallest. */
largest: boolean, };

/** The sign before the fraction of a number. */
export type DecimalSign = "point" | "comma";

/** What a lesson shows, so that the page's code need not name the lesson. */
export type Description = {
/** Name of the lesson. */
id: string,
/** Whether it computes with tensors, and so can use a GPU. */
tensors: boolean,
/** Whether the model is so small that the CPU is faster than any GPU (each dispatch costs more than the sum). */
small: boolean,
/** Seconds one step may take on the CPU of a weak machine; a worker that is silent for longer is given up. */
longest_step: number,
/** Recorded metrics, each drawn on one chart. */
metrics: Array<Metric>,
/** Charts in the order shown. */
charts: Array<Chart>,
/**
 * The figures of an evaluation that are shown where there is room for a few, in order; all of them where none is
 * named.
 */
headlines: Array<string>,
/** Splits that can be evaluated. */
splits: Array<string>,
/** The table the model learns from, if it is one. */
table: TableDescription | null,
/** What of the reader's own can be learned from with these settings. */
accepts: Accepted | null,
/** The reader's own table, ratings or sequences, where they are learned from. */
own: OwnDescription | null,
/** Looks inside offered for the model chosen, in the order shown: keys under `ui.inside` in the language files. */
inside: Array<string>,
/** Goals in the order shown. */
goals: Array<string>,
/** Experiments in the order shown. */
experiments: Array<Experiment>,
/** Formats a model is written in: keys under `ui.export.formats` in the language files. */
formats: Array<string>,
/** Names of the presets. */
presets: Array<string>,
/** Parts of the lab that have something to show, by the names of the public contract; the others are left out. */
parts: Array<string>,
/** The pictures the model learns from, if it learns from pictures. */
pictures: PicturesDescription | null,
/** Pipelines that a first step on WebGPU compiles, about. */
pipelines: number,
/** What a run costs, where that has to be told before it begins. */
cost: Cost | null, };

/** Something that may be meant otherwise than it was taken. */
export type Doubt = {
/** What it is: a key under `ui.table_look.doubts` in the language files. */
doubt: 'no_header' | 'header_of_numbers' | 'units_row' | 'repeated_header' | 'trimmed' | 'thousands' | 'maybe_thousands' | 'marked' | 'not_numbers' | 'word_is_missing' | 'date' | 'date_order' | 'id' | 'text' | 'stray_class',
/** In how many cells, or of the whole table rows. */
count: number,
/** Of how many. */
of: number,
/** One of them, or several of the same row. */
example: string,
/** The line of the file the example begins in. */
row: number, };

/** Many runs side by side, and how they are judged. */
export type Experiment = {
/** Key under `experiments` in the language files. */
id: string,
/** How many seeds each variant is run with. */
seeds: number,
/** Numbers of seeds that the reader chooses from, the usual one first; none where it is always [`seeds`](Self::seeds). */
seed_counts: Array<number>,
/** A setting that the reader chooses in the experiment itself, if there is one. */
choice: Choice | null,
/** What is compared, in the order shown; at least one. */
variants: Array<Variant>,
/** Which of the reader's settings hold. */
keep: Keep,
/** What is measured of each run; the first is the headline, which the dots show. */
measures: Array<Measure>,
/** How one variant is chosen in the end, if that is what the experiment is for. */
selection: Selection | null,
/** The goal of the lesson that this experiment judges. */
goal: ExperimentGoal | null,
/** A recorded metric whose curves over the steps are laid over each other, one for each variant. */
curves: string | null,
/** Seconds the whole takes on one laptop core with the default settings, to be shown before the first run. */
seconds: number, };

/** A goal of the lesson that is reached by an experiment, and by no single run. */
export type ExperimentGoal = {
/** One of the lesson's goals. */
id: string, } & ({ "kind": "finished" } | { "kind": "answered" } | { "kind": "mean_at_least",
/** Id of one of the experiment's measures. */
measure: string,
/** The least mean, of the first variant. */
least: number,
/** Settings that the runs must have had. */
given: Settings, });

/** A column of a table. */
export type FeatureDescription = {
/** Name of the column, a key under `features` in the language files. */
name: string,
/** Unit of the values. */
unit: string,
/** Smallest value. */
min: number,
/** Largest value. */
max: number,
/** Mean value. */
mean: number,
/** Decimals of its finest value; none where there are more than a person writes. */
decimals: number | null, };

/** How a table was read. */
export type Found = {
/** The sign between the columns. */
delimiter: string,
/** The sign before the fraction of a number. */
decimal: DecimalSign,
/** Whether the first line holds the names of the columns. */
header: boolean,
/** The encoding the file was brought to UTF-8 from; empty where that was not said. */
encoding: string,
/** What of the table as a whole may be meant otherwise. */
doubts: Array<Doubt>, };

/** A goal of the lesson, checked by the lab. */
export type GoalStatus = {
/** Key under `goals` in the lesson's words. */
id: string,
/** Whether it has been reached in this lab. */
passed: boolean,
/** The figure it was judged by, if there is one yet. */
value: number | null, };

/** Which of the reader's current settings an experiment keeps; the others stand at their defaults. */
export type Keep = { "kind": "all" } | { "kind": "only",
/** Names of settings. */
names: Array<string>, };

/** What stands in a column, and with it whether it is learned from where nothing else is said. */
export type Kind = "number" | "category" | "date" | "id" | "text";

/**
 * An error with a stable code and a sentence for the reader.
 *
 * `code` is a key under `errors` in the language files, whose sentence may use the `details` by name;
 * `message` is the English sentence for logs and for whoever has no language file at hand.
 */
export type LabError = {
/** Stable name of the error. */
code: string,
/** English sentence: what is wrong and what to do. */
message: string,
/** Facts such as `file`, `row`, `column`, `expected`. */
details: { [name: string]: Json }, };

/** Some values from one source. */
export type Layer = {
/** Where they came from. */
source: Source,
/** Name to value. */
values: Settings, };

/** A number measured of each run. */
export type Measure = {
/** Key under `measures` in the language files. */
id: string,
/** Key under `measure_groups`, where a table would have too many columns: those of one group are shown at a time. */
group?: string, } & ({ "kind": "figure",
/** Name of the split. */
split: string,
/** Name of the figure: `loss`, `accuracy`. */
metric: string, } | { "kind": "steps_to",
/** The loss to come below. */
loss: number, } | { "kind": "milliseconds_per_step" } | { "kind": "loss_noise" } | { "kind": "inspected",
/** What is looked at. */
what: string,
/** Name of the number in the answer. */
name: string, });

/** A recorded metric. */
export type Metric = {
/** Name in the history. */
name: string,
/** Chart it is drawn on. */
chart: string,
/** Split it is measured on: train is drawn solid, dev dashed, test as dots. */
split: 'train' | 'dev' | 'test', };

/** What has to be fetched before a lab can be opened. */
export type Needs = {
/** Names of files in the folder `data/` of the site. */
files: Array<string>,
/** How the reader's own pictures are read, where they are learned from. */
pictures: PictureForm | null, };

/** What was wrong with a given value; the default was used in its place. */
export type Notice = {
/** Such as `setting_out_of_range` or `setting_unknown`: a key under `notices` in the language files. */
code: 'setting_out_of_range' | 'setting_unknown' | 'table_missing' | 'pictures_missing' | 'parameter_without_effect' | 'parameter_not_here',
/** Name of the setting. */
setting: string,
/** The value as it was given, as text. */
given: string,
/** The value used instead, as text; empty for an unknown setting. */
used: string,
/** What would have been right, in English. */
expected: string, };

/** Options of another setting that give a setting its meaning: a kernel belongs to a support vector machine. */
export type OnlyWith = {
/** Name of the other setting, a choice. */
setting: string,
/** Its options that count. */
options: Array<string>, };

/**
 * What of the reader's own is learned from, as far as the page shows it: of pictures the
 * [`PicturesDescription`](super::PicturesDescription) does.
 */
export type OwnDescription = { "kind": "table" } & OwnTableDescription | { "kind": "ratings" } & RatingsSummary | { "kind": "sequences" } & SequencesSummary;

/** The reader's own table, as far as the page shows it. */
export type OwnTableDescription = {
/** Name of the file. */
file: string,
/** Number of rows. */
rows: number,
/** Its columns. */
columns: Array<ColumnDescription>,
/** How it was read. */
found: Found,
/** The likeliest label; empty where no column can be one. */
label: string,
/** Whether no other column is nearly as likely. */
label_sure: boolean,
/** Why the lesson cannot learn from it. */
refusal: LabError | null, };

/** The places of those that are read among files. */
export type PickedFiles = {
/** Tables; what each holds is seen when it is read. */
tables: Array<number>,
/** Vectors in place of pictures or of words, at most one of each. */
vectors: Array<number>,
/** Pictures. */
pictures: Array<number>,
/** Width and height to which pictures may be resized before they are handed over. */
side: number, };

/** How the reader's own pictures are read. */
export type PictureForm = {
/** Width and height they are resized to. */
side: number,
/** Seed of the split into pictures for training and pictures held out. */
seed: number, };

/** Pictures with a class each. */
export type PicturesDescription = {
/** Names of the classes. */
classes: Array<string>,
/** Height of what the model sees, in pixels. */
height: number,
/** Its width. */
width: number,
/** 1 for gray, 3 for red, green and blue. */
channels: number,
/** Pictures to train on. */
train: number,
/** Pictures held out. */
test: number,
/** Whether the model can be asked about a drawing. */
drawing: boolean,
/** Whether it can be asked about pictures of the reader's. */
upload: boolean,
/** Name of that folder, where one is learned from. */
own_name: string | null,
/** Where the pictures come from: a key under `origins` in the language files. */
origin: 'mnist' | 'composed' | 'faces' | 'own' | 'ascent', };

/** How far a run has come. */
export type Progress = {
/** Optimisation steps done. */
step: number,
/** Steps of the whole run. */
totalSteps: number,
/** Epoch the next step belongs to, counted from 1 for readers; the last one when finished. */
epoch: number,
/** Epochs of the whole run. */
totalEpochs: number,
/** Latest value of each metric. */
metrics: { [metric: string]: number | null },
/** Whether the run has come to its end (or diverged). */
finished: boolean,
/** Whether the loss stopped being finite. */
diverged: boolean, };

/** A published table. */
export type RatingsFormat = "ml-1m" | "ml-100k";

/** What was read, in numbers. */
export type RatingsSummary = {
/** What was brought is called: the file or folder. */
file: string,
/** Which table it is. */
format: RatingsFormat,
/** How many users, with ratings or without. */
users: number,
/** How many films, rated or not. */
films: number,
/** How many of the films have a rating. */
rated_films: number,
/** How many ratings. */
ratings: number,
/** When the first was made, in seconds since 1970. */
from: number,
/** When the last was made, in seconds since 1970. */
to: number,
/** How many genres. */
genres: number,
/** How many users are women; all others are men. */
women: number,
/** How many occupations they have. */
occupations: number, };

/** How one variant is chosen. */
export type Selection = {
/** Means over the seeds, compared in this order; a later one counts only where those before are equal. */
by: Array<Criterion>,
/** Measured of the chosen variant alone, once all is decided. */
report: Measure, };

/** What was read, in numbers. */
export type SequencesSummary = {
/** What was brought is called. */
file: string,
/** How many users. */
users: number,
/** How many items. */
items: number,
/** How many times somebody took something. */
taken: number,
/** How many users took fewer than three items: nothing of theirs is held out. */
short: number,
/** How many items have a title. */
titles: number,
/** How many items have a picture. */
pictures: number,
/** How many pictures are of no item. */
pictures_of_none: number,
/** Columns of the vectors that stand for pictures; 0 without. */
image_columns: number,
/** Columns of the vectors that stand for words; 0 without. */
text_columns: number, };

/** Where a value came from, weakest first. */
export type Source = "preset" | "config" | "address";

/** A table of numeric features with a class in each row. */
export type TableDescription = {
/** The columns. */
features: Array<FeatureDescription>,
/** Names of the classes. */
classes: Array<string>,
/** Number of rows. */
rows: number, };

/** What is chosen of how a table is read; the rest is found out. */
export type TableReading = {
/** The sign between the columns: a comma, a semicolon, a tab or a vertical bar. */
delimiter?: string,
/** The sign before the fraction of a number. */
decimal?: DecimalSign,
/** Whether the first line holds the names of the columns. */
header?: boolean,
/** The encoding that the file was brought to UTF-8 from, by the name that `TextDecoder` has for it. */
encoding?: string,
/** Columns by name, and what stands in them. */
kinds?: [string, Kind][],
/** Columns in which words such as `NA` are values. */
words_are_values?: Array<string>, };

/** One of the things compared. */
export type Variant = {
/** Key under `experiments.<id>.variants` in the language files. */
id: string,
/** Settings laid over those kept. */
settings: Settings,
/** Whether a seed changes what it comes to; where none does, it is run with the first alone. */
seeded: boolean, };
