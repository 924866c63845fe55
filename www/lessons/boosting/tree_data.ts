/** Answers of the lab about trees of splits: src/lessons/boosting/lab/looks. */

/** What hangs below a split. */
export type TreeChild = { node: number } | { leaf: number };

/** A split; its rows go left where the value is at most the threshold, or among the categories. */
export interface TreeNode {
  node: number;
  /** Column it looks at; null where the model has one more than the table. */
  feature: string | null;
  threshold: string | null;
  categories: string[] | null;
  missing: 'none' | 'zero' | 'nan';
  missing_left: boolean;
  gain: number;
  left: TreeChild;
  right: TreeChild;
  rows: number;
  value: number;
}

/** A leaf. */
export interface TreeLeaf {
  leaf: number;
  depth: number;
  rows: number;
  value: number;
}

/** A leaf that may still be split. */
export interface OpenLeaf extends TreeLeaf {
  gradient: number;
  hessian: number;
  /** Of its best split; null where there is none. */
  gain: number | null;
  feature: string | null;
}

/** Sums of a bin in the leaf that is split next. */
export interface TreeBin {
  bin: number;
  /** What it holds; empty for missing values. */
  text: string;
  missing: boolean;
  gradient: number;
  hessian: number;
  rows: number;
}

/** A place at which the rows might be parted. */
export interface TriedPlace {
  place: number;
  gain: number;
  missing_left: boolean;
  from_the_end: boolean;
  left_rows: number;
}

/** Answer to `inspect('growth')`. */
export interface TreeGrowth {
  round: number;
  made: number;
  next: number | null;
  leaves: OpenLeaf[];
  nodes: TreeNode[];
  features: { name: string; gain: number | null }[];
  gained: number;
  histogram: {
    feature: string;
    categorical: boolean;
    bins: TreeBin[];
    tried: TriedPlace[];
    /** Bins of categories in the order of their ratio. */
    order: number[];
    best: { bin?: number; bins?: number[]; texts?: string[]; gain: number; missing_left: boolean } | null;
  } | null;
}

/** Answer to `inspect('trees')`. */
export interface TreeShown {
  trees: number;
  tree: number | null;
  shrinkage?: number;
  nodes?: TreeNode[];
  leaves?: TreeLeaf[];
}
