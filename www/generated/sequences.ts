// Written from the Rust types by `cargo xtask types` (src/typescript.rs). Do not edit.

/** How far the two histories of a pair are apart. */
export type Apart = {
/** `1 − cosine` of what stands for them. */
distance: number,
/** Of the first 20 items, how many are on both lists. */
shared: number, };

/** Both modalities. */
export type CodesShown = { image: ModalityShown, text: ModalityShown,
/** Losses of the convolutional auto-encoder of pictures, by epoch; none where other features are used. */
picture_losses: Array<number>, graphs: GraphCounts, };

/** Of histories of one length. */
export type CostRow = {
/** Items of each history. */
length: number,
/** Mean nodes of a graph. */
nodes: number,
/** Mean edges without self-loops, in both directions. */
edges: number,
/** Mean attention scores of HAN-GNN with both orders: each edge twice, self-loops four times. */
scores: number,
/** Mean attention scores where every node attends to every node. */
complete: number,
/** Milliseconds of this model's forward pass, for one history. */
milliseconds: number, };

/** By length. */
export type CostShown = { rows: Array<CostRow>, };

/** What the run learns from. */
export type Data = { users: number, items: number,
/** Items taken, all in all. */
taken: number,
/** Mean items of a history. */
mean_length: number,
/** Items of the longest history. */
longest: number,
/** The most items of each bar of `lengths` but the last, which has no end. */
bounds: Array<number>,
/** How many histories have at most 2, 3, 4–5, 6–8, 9–13, 14–21 and more items. */
lengths: [number, number, number, number, number, number, number],
/** Places that are learned from. */
train: number,
/** Places that choose the weights. */
valid: number,
/** Places that judge the result. */
test: number,
/** Test places whose item was never taken in training. */
unseen: number,
/** Items with a picture, or a vector in its place. */
images: number,
/** Items with a title. */
titles: number,
/** The signals behind made histories; none of others, and none where the reader is to find them out. */
signals: SignalsShown | null,
/** Whether the reader is to find the signal out. */
secret: boolean,
/** Items that are new. */
cold: number, };

/** How good the lists are, with the same weights. */
export type Disturbed = {
/**
 * Histories that were judged: those of the places of `valid` with two items before them or more, where a new order
 * can be another one.
 */
histories: number,
/** MRR@20 as they are. */
intact: number,
/** With the items of each history in a random order, pictures and words with them. */
shuffled: Drop,
/**
 * With the items in their order, but the pictures of each history among them in a random order, and the words in
 * another.
 */
mismatched: Drop,
/** By how many standard errors shuffling costs more than mismatching. */
shuffling_beyond: number, };

/** What a disturbance costs. */
export type Drop = {
/** MRR@20. */
mrr: number,
/** By how much it is lower than as they are. */
drop: number,
/** Standard error of this difference, over the histories. */
error: number, };

/** An edge. */
export type EdgeShown = {
/** The node that attends. */
node: number,
/** To whom. */
neighbour: number,
/** The number of the relation, 1 to 10. */
relation: number,
/** Attention among nodes of a kind, or among all neighbours where the layer makes no difference. */
within: number | null,
/** Attention among nodes of other kinds. */
between: number | null, };

/** What is learned from of a history as it was changed. */
export type EditedShown = {
/** Examples that are made of it. */
examples: number,
/** All examples that are learned from. */
learned: number, };

/** What is changed. It is read by hand: lists of pairs of structs, read by derived code, take 20 KB of the module. */
export type Edits = {
/** Steps without their picture, from 0. */
without_images?: Array<number>,
/** Steps without their words. */
without_texts?: Array<number>,
/** Nodes that are taken away, with their edges. */
without_nodes?: Array<NodeName>,
/** Pairs of nodes that are joined no more, in both directions. */
without_edges?: Array<[NodeName, NodeName]>,
/** Other relations: how the first node stands to the second, by its number; the way back follows from it. */
relations?: Array<[NodeName, NodeName, number]>, };

/** Means over the histories. */
export type GraphCounts = {
/** Items of a history, with repetitions. */
steps: number,
/** Nodes of a graph. */
nodes: number,
/** Edges of a graph, in both directions, with self-loops. */
edges: number,
/** Codes of pictures and words that belong to two or more steps. */
shared: number,
/** Items that come back. */
repeated: number, };

/** Whose history. */
export type GraphOptions = {
/** Ids of the items, the oldest first; in its place a user. */
history?: Array<string>,
/**
 * The number of a user, from 0: what this user took before the last validation place,
 * whose item is what comes next; what is held out for testing is not shown.
 */
user?: number,
/** The id of the item that comes next, where a history was given. */
next?: string,
/** What is changed. */
edits?: Edits, };

/** A graph and what follows from it. */
export type GraphShown = {
/** The user, where it is a user's history. */
user: number | null,
/** Users whose history can be shown, by number: those of whom something is judged. */
users: number,
/** The place in the whole history of the first step that is shown: a model looks at the last ones. */
first: number,
/** What is learned from of the history that the setting `edited` changes; none where it changes none. */
edited: EditedShown | null,
/** The history before any change. */
history: Array<StepShown>,
/** Items, codes of pictures, codes of words. */
nodes: Array<NodeShown>,
/** By node, then by neighbour. */
edges: Array<EdgeShown>,
/** The node of the last item. */
last: number,
/** Whether the network is given this graph; the others are given the items alone, or rows of steps. */
used: boolean,
/** The item that comes next, where it is known. */
next: NextShown | null,
/** The likeliest next items. */
list: Array<ListedItem>,
/**
 * The largest difference between two numbers of `h^hohe` and `h^he`, where the layer has both: 0 where the first step
 * of the path has no effect.
 */
hohe_from_he: number | null,
/** The same of `h^heho` and `h^ho`. */
heho_from_ho: number | null, };

/** All items by number. */
export type ItemList = { items: Array<ItemShown>,
/** Names of the groups; none where items have no group. */
groups: Array<string>,
/** Pixels of a picture's row, and rows. */
side: number, };

/** Which pictures. */
export type ItemPicturesOptions = {
/** Numbers of items, at most 400. */
items: Array<number>,
/** Whether what the auto-encoder makes of them is wanted too: it has to be trained first. */
again?: boolean, };

/** Pictures of items. */
export type ItemPicturesShown = {
/**
 * Of each item that was asked for: red, green, blue and alpha of its pixels, row by row, in base64; null of an item
 * without a picture.
 */
pictures: Array<string | null>,
/**
 * Of each, where that was asked for: what the auto-encoder of pictures makes of it, in the same form; null where it has
 * none.
 */
again: Array<string | null>, };

/** One item. */
export type ItemShown = {
/** Its id in the data. */
id: string,
/** Its title in English, or in whatever language the data are; its id where there is none. */
title: string,
/** Its title in Chinese; the same where there is none. */
chinese: string,
/** Tags in that language. */
tags: Array<string>,
/** Tags in Chinese. */
chinese_tags: Array<string>,
/** The number of its group. */
group: number | null,
/** Whether it has a picture. */
picture: boolean,
/** Whether the setting `missing` took its picture from the model. */
image_missing: boolean,
/** Whether it took its words. */
text_missing: boolean,
/** How often it was taken in the training histories. */
taken: number,
/** Whether it is new: before the places held out made users hardly take it. */
cold: boolean, };

/** An item of a list. */
export type Listed = {
/** Its id in the data. */
item: string,
/** Its number. */
number: number,
/** Its title in English, or in whatever language the data are. */
title: string,
/** What it is ranked by; of one model only. */
score: number,
/** Its softmax over all items. */
probability: number,
/** What its score would lose most without. */
reasons: Array<Reason>, };

/** A likely item. */
export type ListedItem = {
/** Its number. */
item: number,
/** Its probability by the model. */
probability: number,
/**
 * Its probability by the rule of the made users, for a user of mean taste; none of other histories, and none where
 * the rule is to be found out.
 */
truth: number | null, };

/** One modality. */
export type ModalityShown = {
/** Numbers of an item's features. */
columns: number,
/** Losses of the linear auto-encoder, by epoch. */
losses: Array<number>,
/** The items whose first code is this cluster, the nearest to its centre first. */
clusters: Array<Array<number>>,
/** All codes of each item, the nearest first. */
codes: Array<Array<number>>,
/** Items without any. */
without: number,
/** Of two items with the same first code, how often they are of one group; none where items have no groups. */
same_group: number | null,
/** How often two items with codes are of one group at all. */
same_group_by_chance: number | null, };

/** The item that comes next. */
export type NextShown = {
/** Its number. */
item: number,
/** Its rank among all items, from 1; of equal scores the middle. */
rank: number,
/** Its probability. */
probability: number,
/** `−log` of it. */
loss: number, };

/** Options of a look that has none. */
export type NoOptions = Record<symbol, never>;

/** What a node stands for, as the page names it. */
export type NodeKind = "item" | "image" | "text";

/** A node by what it stands for. */
export type NodeName = {
/** What kind of node. */
kind: NodeKind,
/** Number of the item or the code. */
number: number, };

/** A node. */
export type NodeShown = { kind: NodeKind,
/** Number of the item or the code. */
number: number,
/** The steps it belongs to, from 0, the oldest. */
positions: Array<number>,
/** The share of `h^hohe` in its state, where there is a gate. */
gate: number | null, };

/** Means over the pairs. */
export type PoolingShown = { pairs: number,
/** Mean items of a history. */
length: number, last: Apart, mean: Apart, };

/** The answer to `predict`. */
export type Prediction = {
/** Best first. */
list: Array<Listed>,
/** Items of the history that were looked at, the last ones. */
looked_at: number, };

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

/** What moved the score of an item. */
export type Reason = {
/** Who is heard: of a model without a graph, an item of the history. */
from: NodeName,
/** Who hears; none of a model without a graph. */
to: NodeName | null,
/** How the one that hears stands to the other: the number of the relation. */
relation: number | null,
/** What the score loses without it. */
weight: number, };

/** Whether that was right. */
export type Secret = {
/** None before the first guess. A second one counts for nothing: another seed has another secret. */
right: boolean | null,
/** Which it is, once something was said. */
signal: 'order' | 'image' | 'text' | null, };

/** What the reader takes it for. */
export type SecretOptions = { guess?: 'order' | 'image' | 'text', };

/** How strong each signal is. */
export type SignalsShown = { order: number, image: number, text: number, };

/** A step of the history. */
export type StepShown = {
/** Number of the item. */
item: number,
/** Codes of its picture. */
images: Array<number>,
/** Codes of its words. */
texts: Array<number>, };

/** Files by their names. */
export type Tables = {
/** CSV, `user,item`: what each user took, in order. */
histories: string,
/** CSV, `item,images,texts`: the codes of each item's picture and words; none where it has no picture or no words. */
codes: string,
/**
 * A safetensors file in base64, where pictures and words are given by their features: `images` and `texts`, a row for
 * each item. Its codes are then its own number, where it has features.
 */
features: string | null,
/** A safetensors file in base64: the weights before the first step. */
start: string, };

/** Looks inside by name. */
export interface SequencesLooks {
  code: { options: NoOptions; answer: Programs };
  codes: { options: NoOptions; answer: CodesShown };
  cost: { options: NoOptions; answer: CostShown };
  data: { options: NoOptions; answer: Data };
  disturbed: { options: NoOptions; answer: Disturbed };
  graph: { options: GraphOptions; answer: GraphShown };
  item_pictures: { options: ItemPicturesOptions; answer: ItemPicturesShown };
  items: { options: NoOptions; answer: ItemList };
  pooling: { options: NoOptions; answer: PoolingShown };
  secret: { options: SecretOptions; answer: Secret };
  tables: { options: NoOptions; answer: Tables };
}

/** What `Description.inside` can list. */
export type SequencesInside = 'graph' | 'codes' | 'disturbed' | 'secret' | 'pooling' | 'cost';
