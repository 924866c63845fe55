// Written from the Rust types by `cargo xtask types` (src/typescript.rs). Do not edit.

import type { Settings } from './engine.js';

/** Curves over all thresholds. */
export type AnswerCurves = { split: string, rows: number,
/** Rows of the class that is looked for. */
positives: number, auc: number | null,
/**
 * Where the AUC of ever more rows of this kind may lie, with 95 %, by the method of DeLong, DeLong and
 * Clarke-Pearson (1988); null where a class has less than two rows.
 */
auc_interval: [number, number] | null, average_precision: number | null,
/** Whether a class is absent: LightGBM answers 1 then, and nothing was measured. */
empty: boolean,
/** False positive rate and recall. */
roc: Array<[number, number]>,
/** Recall and precision. */
precision_recall: Array<[number, number]>,
/** Share of the rows chosen and recall. */
lift: Array<[number, number]>, thresholds: Array<ThresholdCounts>, calibration: Array<CalibrationGroup>, };

/** What is predicted. */
export type AnswerKind = "probability" | "raw_score" | "label";

/** What the model answers. */
export type AnswerMeaning = "probability" | "classes" | "value";

/** Which rows are judged. */
export type AnswersOptions = { split?: 'train' | 'valid' | 'test', };

/** Why a job fails. */
export type BatchFailure = "bad_input_filter" | "bad_filter" | "payload_too_large" | "no_model" | "bad_record" | "answers_missing";

/** The file that jobs run over. */
export type BatchFileOptions = { source: BatchSource,
/** Of a file of the reader's its name. */
name?: string | null,
/** Of a file of the reader's its text, with a header. */
text?: string | null, };

/** A file that is ready. */
export type BatchFileReady = {
/** What `batch` takes for it. A lab that does not have the file answers `no_batch_file`. */
file: string, records: number, file_bytes: number, };

/** How the job is set up, with SageMaker's names, and which file it runs over. What is not given is as in the document. */
export type BatchOptions = {
/** The `file` that `batch_file` answered; the one used last where neither `file` nor `source` is given. */
file?: string | null,
/** Or the file itself, as `batch_file` takes it. */
source?: BatchSource | null, name?: string | null, text?: string | null,
/** `None`: the whole file is one request. */
split_type?: ByLine, strategy?: Strategy,
/** Megabytes of a request at most; 0 streams, and nothing is too large. */
max_payload?: number,
/** Requests under way at once. */
max_concurrent_transforms?: number, join_source?: JoinSource,
/** What is sent of a record. */
input_filter?: string,
/** What is kept of the joined row. */
output_filter?: string, assemble_with?: ByLine,
/** Whether the file ends with a line end. */
ends_with_line?: boolean,
/** `model_fn`: the file it looks for in `/opt/ml/model`. */
model_file?: string,
/** `input_fn`: what separates the cells. */
separator?: Separator,
/** `input_fn`: whether what is after the last line end is dropped, as the document's does. */
drops_last_line?: boolean,
/** `predict_fn`: rounds of the model that are used; all of them where it is 0. */
num_iteration?: number,
/** `predict_fn`: what is predicted. */
answer?: AnswerKind,
/** `predict_fn`: the probability from which on the label is the second class. */
threshold?: number,
/** `output_fn`: how the answers are written. */
form?: OutputForm,
/** `output_fn`: digits after the point; all there are where it is absent. */
decimals?: number | null,
/** The request to begin with, counted from 0. */
from_request?: number,
/** Records after which the answer is given as far as it has come; a request is never cut. */
most_records?: number, };

/** What a job brings, or some of its requests. */
export type BatchOutcome = {
/** The file: what `batch` takes to go on. */
file: string, records: number, file_bytes: number,
/** Why it failed; the job as a whole then brings nothing. */
failed: BatchFailure | null,
/** The record at which it failed, counted from 1; 0 where it is none in particular. */
record: number | null,
/** Requests that the file is cut into. */
request_count: number,
/** Times that all requests under way at once are sent. */
waves: number,
/** The first of those made. */
requests: Array<BatchRequest>,
/** Records sent. */
done_records: number,
/** Lines of the output. */
lines: number,
/** Records without an answer. */
lost: number,
/** The request to go on with; null at the end. */
next: number | null, output: string, };

/** A request that was made. */
export type BatchRequest = { bytes: number, records: number, answers: number, };

/** Where the records come from. */
export type BatchSource = "test" | "all" | "own";

/** Whether lines are what is cut or put together. */
export type ByLine = "Line" | "None";

/** A group of rows with similar answers: the mean answer, and the share of positives. */
export type CalibrationGroup = { answer: number, share: number, rows: number, };

/** Rows that were chosen, and buyers among them. */
export type Chosen = { chosen: number, buyers: number, };

/** The split that is made. */
export type ChosenSplit = { bin: number, gain: number, missing_left: boolean, } | { bins: Array<number>, texts: Array<string>, gain: number, missing_left: boolean, };

/** What a column is to the model. */
export type ColumnRole = "label" | "left_out" | "useless" | "feature";

/** A column of the table. */
export type ColumnShown = { name: string, role: ColumnRole,
/** Rows without a value. */
missing: number,
/** Bins of a feature. */
bins: number | null, } & ({ "kind": "number", min: number | null, max: number | null, mean: number, } | { "kind": "category", distinct: number, });

/** A condition on a column. */
export type Condition = { column: string, relation: Relation,
/** A number, or the text of a category. */
value: string, };

/** What a feature adds. */
export type Contribution = { name: string,
/** Its value in the row. */
text: string, contribution: number, };

/** A score taken apart. */
export type Contributions = { row: number,
/** Rows of the split. */
rows: number,
/** What the score is before any feature adds to it. */
base: number, score: number,
/** The score as a probability; of a label that is a number the number itself. */
answer: number, label: string, values: Array<Contribution>, };

/** Which row is explained. */
export type ContributionsOptions = { split?: 'train' | 'valid' | 'test',
/** Place in the split. */
row?: number,
/** Class whose score is explained. */
class?: number, };

/** Splits that gain nothing but rounding, and leaves with fewer rows than `min_data_in_leaf` asks for. */
export type Curiosities = { splits: number,
/** Of them those that gain nothing but rounding. */
noise: number, leaves: number,
/** Of them those with too few rows. */
small_leaves: number,
/** Rows of the smallest. */
smallest_leaf: number | null, min_data_in_leaf: number, };

/** The table that is learned from. */
export type DatasetShown = {
/** Name of the file. */
file: string, rows: number,
/** Name of the label column. */
label: string,
/** Classes of the label; none where it is a number. */
classes: Array<string>, columns: Array<ColumnShown>, parts: SplitsShown,
/** Bins of all features. */
total_bins: number,
/** Cells of the first rows. */
sample: Array<Array<string>>,
/** Whether people are asked one by one for a product. */
products: boolean, };

/** How long the comparison takes. */
export type ExactSearchOptions = {
/** From 1 to 50. */
rounds?: number, };

/** The best gain of a feature in the leaf that is split next; null where no split gains anything. */
export type FeatureGain = { name: string, gain: number | null, };

/** How much a feature is used. */
export type FeatureImportance = { name: string,
/** Number of splits. */
split: number,
/** Sum of their gains. */
gain: number, };

/** A column of the form. */
export type FormColumn = { name: string,
/** To begin with: that of the first test row, where the model is one of this table. */
value: string,
/** What can be chosen; null in a column of numbers. */
options: Array<string> | null,
/** The range of numbers in training, where it is known. */
range: [number, number] | null, };

/** The tree of the next round after some splits, the leaf that is split next, and its sums. */
export type Growth = {
/** Round of the tree, counted from 1. */
round: number,
/** Splits made. */
made: number,
/** The leaf that is split next. */
next: number | null, leaves: Array<OpenLeaf>, nodes: Array<TreeNode>, features: Array<FeatureGain>,
/** Of the feature that is shown. */
histogram: Histogram | null,
/** Sum of the gains so far. */
gained: number, };

/** How far the tree is grown, and what is shown of it. */
export type GrowthOptions = {
/** Splits made already. */
splits?: number,
/** Feature whose sums are shown; the one that is split next where none is named. */
feature?: string | null,
/** Whether it is the first tree of the run, in place of the next. */
first?: boolean,
/** In place of the run's own policy. */
policy?: Policy | null, };

/**
 * Bins of a feature in a leaf: their sums, and the gain of every place that was tried. Without bins where the leaf is
 * not split by this feature at all.
 */
export type Histogram = { feature: string, categorical: boolean, bins: Array<HistogramBin>, tried: Array<TriedPlace>,
/** Bins of categories in the order of their ratio; empty for numbers. */
order: Array<number>, best: ChosenSplit | null, };

/** Sums of a bin in the leaf that is split next. */
export type HistogramBin = { bin: number,
/** What it holds; empty for missing values. */
text: string,
/** Its upper bound; null for the last, for missing values and for categories. */
upper: number | null, missing: boolean, gradient: number, hessian: number, rows: number, };

/** How much each feature is used, and what is odd about the trees. */
export type Importance = {
/** The one that gains most first. */
features: Array<FeatureImportance>,
/** Number of trees. */
trees: number, curiosities: Curiosities,
/** The round that counts where training may stop early. */
best_round: number | null,
/** Milliseconds that training has taken. */
milliseconds: number, };

/** The log so far. */
export type JobLog = { lines: Array<LogLine>,
/** Rounds made. */
rounds: number, train_rows: number, valid_rows: number, };

/** What is put before an answer. */
export type JoinSource = "Input" | "None";

/** What a line means. */
export type LineMeaning = "counts" | "bins" | "points" | "average" | "start" | "no_more" | "metric";

/** A line and what it means. */
export type LogLine = { key: LineMeaning, text: string, };

/** What counts as missing. */
export type Missing = "none" | "zero" | "nan";

/** The model as LightGBM's model.txt. */
export type ModelText = { text: string, };

/** Options of a look that has none. */
export type NoOptions = Record<symbol, never>;

/** A leaf that may still be split. */
export type OpenLeaf = { leaf: number, depth: number, rows: number,
/** Sums over its rows. */
gradient: number, hessian: number,
/** What it adds to the score. */
value: number,
/** Of its best split; null where there is none. */
gain: number | null, feature: string | null, };

/** How the answers to a request are written. */
export type OutputForm = "lines" | "one_line";

/** A test row. */
export type Person = { answer: number, cells: Array<string>, label: string, };

/** Which leaf is split next. */
export type Policy = "leaf_wise" | "level_wise";

/** A row to be filled in. */
export type PredictForm = { columns: Array<FormColumn>, meaning: AnswerMeaning,
/** Names of the classes, the one that is looked for last; none where the model does not say. */
classes: Array<string>,
/** Trees of the model. */
trees: number, };

/** The answer to `predict`. */
export type Predicted = { predictions: Predictions, columns: Array<string>, classes: Array<string>,
/** Columns that the model does not look at. */
extra: Array<string>,
/** The first categories that the model does not know; they are missing to it. */
unknown: Array<UnknownValue>,
/** Columns of texts of which the model has no list: they are numbered as in the lab's own table. */
assumed: Array<string>,
/** The line of the header and of each row, where they are asked for. */
lines?: Array<number>, };

/** In the order of the rows. */
export type Predictions = Array<number | null> | Array<Array<number | null>> | Array<Array<number>>;

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

/** People by their score, best first. */
export type Ranking = {
/** Names of the columns of the table. */
columns: Array<string>,
/** Products that can be offered, where people are asked for one. */
products: Array<string> | null, people: Array<Person>, };

/** How many people are ranked, and for what. */
export type RankingOptions = {
/** The product that is offered; its number as in the table. Each person's own where there is none. */
product?: string | null, top: number, };

/** How a cell is compared. */
export type Relation = "above" | "below" | "is";

/** A column of the table. */
export type ReplayColumn = { name: string,
/** A number for each row, null where it is missing. */
values: Array<number | null>, categorical: boolean, };

/** Table, parameters and metrics of a run. */
export type ReplayOptions = { columns: Array<ReplayColumn>, labels: Array<number>, weights?: Array<number> | null,
/** The last rows that are judged by and not learned from. */
valid_rows?: number,
/** LightGBM's parameters by name. */
parameters: Settings, rounds: number,
/** Metrics that early stopping watches, where `parameters` ask for it. */
metrics?: Array<string>, };

/** How long each part took, in milliseconds. */
export type ReplayTimes = { binning: number, training: number, prediction: number, };

/** What the run brought. */
export type Replayed = {
/** The text of the model file. */
model: string,
/** Raw scores of all rows, row by row. */
raw: Array<number>, milliseconds: ReplayTimes, };

/** A rule beside the model on the validation rows. */
export type RuleJudged = { rows: number, buyers: number,
/** A tenth of the rows. */
tenth: number, rule: Chosen,
/** Buyers in a tenth of the rows, drawn blindly among those the rule chooses. */
rule_in_tenth: number,
/** As many rows as the rule chooses, those with the best scores. */
model_as_many: Chosen, model_tenth: Chosen, };

/** A rule. */
export type RulesOptions = { conditions: Array<Condition>,
/** Whether one condition is enough. */
any?: boolean, };

/** How splits are searched for. */
export type SearchKind = "exact" | "histogram";

/** What a search takes, and what comes of it. */
export type SearchMeasured = { kind: SearchKind,
/** Bins of histograms. */
max_bin: number | null,
/** Places that are tried in each leaf. */
places: number, bytes: number,
/** Milliseconds before the first round. */
prepare: number,
/** Milliseconds of a round. */
round: number,
/** On the validation rows. */
valid: number | null, };

/** Ways of searching for a split, on the same rows. */
export type SearchesCompared = {
/** Training rows that were used. */
rows: number,
/** Training rows there are. */
all_rows: number, columns: number, rounds: number,
/** The metric that `valid` is of. */
metric: string,
/** The exact search first, then histograms with fewer and fewer bins. */
searches: Array<SearchMeasured>, };

/** What separates the cells of a record. */
export type Separator = "," | ";" | "	";

/** Rows of a split, and how many are of each class. */
export type SplitShown = { rows: number, classes: Array<number>, };

/** Rows of the splits. */
export type SplitsShown = { train: SplitShown, valid: SplitShown, test: SplitShown, };

/** How many records are sent at once. */
export type Strategy = "MultiRecord" | "SingleRecord";

/** A file for the reader. */
export type TableFile = { file: string, text: string, };

/** Rows by what is predicted at a threshold and what is true. */
export type ThresholdCounts = { threshold: number, true_positives: number, false_positives: number, false_negatives: number, true_negatives: number, };

/** What is below a split. */
export type TreeChild = { "node": number } | { "leaf": number };

/** A leaf. */
export type TreeLeaf = { leaf: number,
/** What it adds to the score. */
value: number, rows: number, depth: number,
/** Sum of hessians of its rows. */
hessian: number, };

/** A split; its rows go left where the value is at most the threshold, or among the categories. */
export type TreeNode = { node: number,
/** Column it looks at. */
feature: string, threshold: string | null,
/**
 * Where the threshold stands between the lowest (0) and the highest (1) training value of its column; null where
 * the range is not known.
 */
place: number | null,
/** Categories that go left, the first of them. */
categories: Array<string> | null,
/** Further ones. */
more_categories: number, missing: Missing, missing_left: boolean, gain: number, left: TreeChild, right: TreeChild, rows: number,
/** What it would add to the score as a leaf. */
value: number, };

/** A tree from afar. */
export type TreeOutline = { leaves: number,
/** Splits on the longest way from the root to a leaf. */
depth: number,
/** How much all its splits lower the loss of the rows that it was grown on, in LightGBM's measure (twice the loss). */
gain: number, };

/** A tree of the model. */
export type TreeShown = {
/** Number of trees. */
trees: number,
/** The one shown; null where there is none of that number, and then the rest is empty. */
tree: number | null,
/** What its leaves have been multiplied by. */
shrinkage: number | null, nodes: Array<TreeNode>, leaves: Array<TreeLeaf>,
/** All trees in a few numbers each, in their order. */
all: Array<TreeOutline>, };

/** Which tree is shown. */
export type TreesOptions = {
/** Counted from 0. */
tree?: number, };

/** A place at which the rows might be separated. */
export type TriedPlace = { place: number,
/** Over the unsplit leaf; negative where it is worse. */
gain: number, missing_left: boolean, from_the_end: boolean, left_rows: number, };

/** A category that was not there in training: it is missing to the model, as it is to LightGBM. */
export type UnknownValue = {
/** Counted from 0 in a table, as the line of the file in an answer. */
row: number, column: string, value: string, };

/** Looks inside by name. */
export interface BoostingLooks {
  data: { options: NoOptions; answer: DatasetShown };
  growth: { options: GrowthOptions; answer: Growth };
  importance: { options: NoOptions; answer: Importance };
  answers: { options: AnswersOptions; answer: AnswerCurves };
  contributions: { options: ContributionsOptions; answer: Contributions };
  trees: { options: TreesOptions; answer: TreeShown };
  rules: { options: RulesOptions; answer: RuleJudged };
  ranking: { options: RankingOptions; answer: Ranking };
  form: { options: NoOptions; answer: PredictForm };
  batch_file: { options: BatchFileOptions; answer: BatchFileReady };
  batch: { options: BatchOptions; answer: BatchOutcome };
  job: { options: NoOptions; answer: JobLog };
  exact_search: { options: ExactSearchOptions; answer: SearchesCompared };
  replay: { options: ReplayOptions; answer: Replayed };
  model_text: { options: NoOptions; answer: ModelText };
  table_csv: { options: NoOptions; answer: TableFile };
  code: { options: NoOptions; answer: Programs };
}

/** What `Description.inside` can list. */
export type BoostingInside = 'campaign' | 'growth' | 'importance' | 'answers' | 'contributions' | 'trees' | 'rules' | 'job' | 'batch';
