//! A tree grown split by split.
//!
//! [`Growing`] can be asked for one split at a time, for whoever shows how a tree grows; [`grow`] makes a whole tree.

use super::binning::BinKind;
use super::dataset::{Bins, Dataset, Feature};
use super::exponential::power_of_two;
use super::histogram::{BinSums, GradientPair, Histogram};
use super::number::{EPSILON, rounded_to_zero};
use super::parameters::{GrowPolicy, Parameters};
use super::sampling::ColumnSampler;
use super::split::{Candidate, LeafRules, LeafSums, Search, Split, Threshold};
use super::tree::{Child, Decision, Leaf, MissingType, Node, Tree};
use gbdt_kernels::partition;
use gbdt_kernels::rules::{Bounds, Rules};

/// A leaf that may still be split.
struct Open {
    /// Where its rows stand among the rows of all leaves.
    begin: usize,
    end: usize,
    sums: LeafSums,
    depth: usize,
    /// The split above it, and whether it hangs on the left.
    parent: Option<(usize, bool)>,
    best: Option<Split>,
    histogram: Option<Histogram>,
    output: f64,
    weight: f64,
    /// Between what the answers below it must stay.
    bounds: Bounds,
}

impl Open {
    fn rows(&self) -> usize {
        self.end - self.begin
    }

    fn rules(&self) -> LeafRules {
        LeafRules { parent: self.output, bounds: self.bounds, depth: self.depth }
    }
}

/// A tree that is being grown.
pub struct Growing<'a> {
    data: &'a Dataset,
    parameters: &'a Parameters,
    rules: Rules,
    gradients: &'a [f32],
    hessians: &'a [f32],
    /// Features this tree may use.
    allowed: Vec<bool>,
    columns: &'a mut ColumnSampler,
    /// Row numbers, those of a leaf together and ascending.
    rows: Vec<u32>,
    /// Room for parting them and for their gradients.
    parted: Vec<u32>,
    pairs: Vec<GradientPair>,
    leaves: Vec<Open>,
    nodes: Vec<Node>,
    spare: Vec<Histogram>,
}

/// What an onlooker may ask of a leaf: its sums, and every place that was tried.
pub struct LeafView {
    /// Sums of the leaf.
    pub sums: LeafSums,
    /// Splits between the root and it.
    pub depth: usize,
    /// The best split, by which the leaf waits to be parted.
    pub best: Option<Split>,
}

/// What the search saw of one feature in one leaf.
pub struct Tried {
    /// Sums of gradients and of hessians of each bin.
    pub bins: Vec<BinSums>,
    /// Every place that was tried.
    pub candidates: Vec<Candidate>,
    /// Categories in the order of their ratio; empty for numbers.
    pub order: Vec<usize>,
}

/// Grows a whole tree on some rows; returns it with the rows of each leaf.
pub fn grow(
    data: &Dataset,
    parameters: &Parameters,
    gradients: &[f32],
    hessians: &[f32],
    rows: Vec<u32>,
    columns: &mut ColumnSampler,
) -> (Tree, LeafRows) {
    let mut growing = Growing::new(data, parameters, gradients, hessians, rows, columns);
    while growing.split_next() {}
    growing.finish()
}

/// Which rows are in which leaf.
pub struct LeafRows {
    /// Row numbers, leaf by leaf.
    pub rows: Vec<u32>,
    /// Where the rows of each leaf begin and end.
    pub ranges: Vec<std::ops::Range<usize>>,
}

impl<'a> Growing<'a> {
    /// A tree of one leaf with these rows, ready for its first split.
    pub fn new(
        data: &'a Dataset,
        parameters: &'a Parameters,
        gradients: &'a [f32],
        hessians: &'a [f32],
        rows: Vec<u32>,
        columns: &'a mut ColumnSampler,
    ) -> Self {
        let rules = Rules::from(parameters);
        let (mut gradient, mut hessian) = (0.0, 0.0);
        for &row in &rows {
            gradient += f64::from(gradients[row as usize]);
            hessian += f64::from(hessians[row as usize]);
        }
        let output = rules.unsmoothed_output(gradient, hessian, parameters.lambda_l2);
        let sums = LeafSums { gradient, hessian, count: rows.len(), output };
        let allowed = columns.for_tree(data.features.len());
        let root = Open {
            begin: 0,
            end: rows.len(),
            sums,
            depth: 0,
            parent: None,
            best: None,
            histogram: None,
            output: rounded_to_zero(output),
            weight: 0.0,
            bounds: Bounds::NONE,
        };
        let mut growing = Self {
            data,
            parameters,
            rules,
            gradients,
            hessians,
            allowed,
            columns,
            parted: Vec::with_capacity(rows.len()),
            pairs: Vec::with_capacity(rows.len()),
            rows,
            leaves: vec![root],
            nodes: Vec::new(),
            spare: Vec::new(),
        };
        if growing.may_be_searched(0, None) {
            let histogram = growing.added_up(0, &growing.allowed.clone());
            growing.leaves[0].histogram = Some(histogram);
            let features = growing.columns.for_node(growing.data.features.len());
            growing.search(0, &features);
        }
        growing
    }

    /// Number of leaves.
    pub fn leaves(&self) -> usize {
        self.leaves.len()
    }

    /// A leaf, for an onlooker.
    pub fn leaf(&self, leaf: usize) -> LeafView {
        let leaf = &self.leaves[leaf];
        LeafView { sums: leaf.sums, depth: leaf.depth, best: leaf.best.clone() }
    }

    /// The leaf that is split next, if any is.
    pub fn next_leaf(&self) -> Option<usize> {
        if self.leaves.len() >= self.parameters.num_leaves as usize {
            return None;
        }
        let mut chosen: Option<usize> = None;
        for (number, leaf) in self.leaves.iter().enumerate() {
            let Some(best) = &leaf.best else { continue };
            let better = match chosen {
                None => true,
                Some(other) => {
                    let (other, other_best) = (
                        &self.leaves[other],
                        self.leaves[other].best.as_ref().expect("chosen for its split"),
                    );
                    match self.parameters.grow_policy {
                        GrowPolicy::LevelWise if leaf.depth != other.depth => leaf.depth < other.depth,
                        _ => is_better(best, other_best, self.data),
                    }
                }
            };
            if better {
                chosen = Some(number);
            }
        }
        chosen.filter(|leaf| self.leaves[*leaf].best.as_ref().is_some_and(|best| best.gain > 0.0))
    }

    /// The sums of a leaf for one feature, and every place that was tried with its gain.
    pub fn tried(&self, leaf: usize, feature: usize) -> Option<Tried> {
        let open = &self.leaves[leaf];
        let histogram = open.histogram.as_ref().filter(|histogram| histogram.splittable[feature])?;
        let described = &self.data.features[feature];
        let bins = histogram.of(described);
        // All places, even where extremely randomised trees try one of them.
        let search = Search::new(&self.rules, described, bins, &open.sums, &open.rules(), None);
        let candidates = search.candidates();
        Some(Tried { bins: bins.to_vec(), candidates, order: search.into_order() })
    }

    /// Makes the next split; false when there is none to make.
    pub fn split_next(&mut self) -> bool {
        let Some(left) = self.next_leaf() else { return false };
        let split = self.leaves[left].best.take().expect("chosen for its split");
        let right = self.leaves.len();
        let middle = self.part(left, &split);
        self.write_node(left, right, &split);
        let parent = &mut self.leaves[left];
        let (end, depth) = (parent.end, parent.depth + 1);
        let node = self.nodes.len() - 1;
        let histogram = parent.histogram.take();
        parent.end = middle;
        parent.depth = depth;
        parent.parent = Some((node, true));
        set_sums(parent, split.left, middle - parent.begin);
        let mut other = Open {
            begin: middle,
            end,
            sums: split.right,
            depth,
            parent: Some((node, false)),
            best: None,
            histogram: None,
            output: 0.0,
            weight: 0.0,
            bounds: parent.bounds,
        };
        set_sums(&mut other, split.right, end - middle);
        let monotone = self.data.features[split.feature].monotone;
        let middle = f64::midpoint(split.left.output, split.right.output);
        let (lower, upper) =
            if monotone > 0 { (&mut *parent, &mut other) } else { (&mut other, &mut *parent) };
        if monotone != 0 {
            lower.bounds.high = lower.bounds.high.min(middle);
            upper.bounds.low = upper.bounds.low.max(middle);
        }
        self.leaves.push(other);
        if self.leaves.len() < self.parameters.num_leaves as usize && self.may_be_searched(left, Some(right))
        {
            self.search_children(left, right, histogram.expect("a leaf that was split had been searched"));
        } else if let Some(histogram) = histogram {
            self.spare.push(histogram);
        }
        true
    }

    fn may_be_searched(&self, left: usize, right: Option<usize>) -> bool {
        let max_depth = self.parameters.max_depth;
        if max_depth > 0 && self.leaves[left].depth >= max_depth as usize {
            return false;
        }
        let needed = 2 * self.parameters.min_data_in_leaf as usize;
        let enough = |leaf: usize| self.leaves[leaf].rows() >= needed;
        enough(left) || right.is_some_and(enough)
    }

    /// Adds up the smaller child; the larger is what is left of the parent.
    fn search_children(&mut self, left: usize, right: usize, mut parent: Histogram) {
        let left_is_smaller = self.leaves[left].rows() < self.leaves[right].rows();
        let (smaller, larger) = if left_is_smaller { (left, right) } else { (right, left) };
        let used: Vec<bool> = self
            .allowed
            .iter()
            .zip(&parent.splittable)
            .map(|(allowed, splittable)| *allowed && *splittable)
            .collect();
        let histogram = self.added_up(smaller, &used);
        for (index, feature) in self.data.features.iter().enumerate() {
            if used[index] {
                parent.subtract(feature, &histogram);
            }
        }
        self.leaves[smaller].histogram = Some(histogram);
        self.leaves[larger].histogram = Some(parent);
        let features = self.data.features.len();
        let for_smaller = self.columns.for_node(features);
        let for_larger = self.columns.for_node(features);
        self.search(smaller, &for_smaller);
        self.search(larger, &for_larger);
    }

    fn added_up(&mut self, leaf: usize, used: &[bool]) -> Histogram {
        let mut histogram = self.spare.pop().unwrap_or_else(|| Histogram::new(self.data));
        let Open { begin, end, sums, .. } = self.leaves[leaf];
        let rows = &self.rows[begin..end];
        self.pairs.clear();
        if rows.len() == self.data.rows() {
            let all = self.gradients.iter().zip(self.hessians);
            self.pairs.extend(all.map(|(gradient, hessian)| [*gradient, *hessian]));
        } else {
            let pair = |row: &u32| [self.gradients[*row as usize], self.hessians[*row as usize]];
            self.pairs.extend(rows.iter().map(pair));
        }
        histogram.splittable.copy_from_slice(used);
        let features: Vec<&Feature> = self
            .data
            .features
            .iter()
            .zip(used)
            .filter(|(_, used)| **used)
            .map(|(feature, _)| feature)
            .collect();
        histogram.add_up(&features, rows, &self.pairs, &sums);
        histogram
    }

    /// Finds the best split of a leaf among the features that may be used there.
    fn search(&mut self, leaf: usize, features: &[bool]) {
        let open = &mut self.leaves[leaf];
        let (sums, rules) = (open.sums, open.rules());
        let histogram = open.histogram.as_mut().expect("added up before");
        let mut best: Option<Split> = None;
        for (index, feature) in self.data.features.iter().enumerate() {
            if !histogram.splittable[index] {
                continue;
            }
            let random = self.columns.places(index);
            let bins = histogram.of(feature);
            let found = Search::new(&self.rules, feature, bins, &sums, &rules, random).best();
            // Features that are not drawn for this leaf are searched all the same: the children ask whether they could
            // be split at all.
            histogram.splittable[index] = found.is_some();
            let Some(mut split) = found.filter(|_| features[index]) else { continue };
            split.feature = index;
            if feature.monotone != 0 {
                split.gain *= monotone_share(rules.depth, self.parameters.monotone_penalty);
            }
            if best.as_ref().is_none_or(|best| is_better(&split, best, self.data)) {
                best = Some(split);
            }
        }
        open.best = best;
    }

    /// Parts the rows of a leaf, each side in its old order; returns where the right side begins.
    fn part(&mut self, leaf: usize, split: &Split) -> usize {
        let feature = &self.data.features[split.feature];
        let Open { begin, end, .. } = self.leaves[leaf];
        let sides = Sides::new(feature, split);
        let (rows, others) = (&mut self.rows[begin..end], &mut self.parted);
        let kept = match &feature.bins {
            Bins::Narrow(column) => partition::narrow(column, rows, &sides.left, others),
            Bins::Wide(column) => partition::wide(column, rows, &sides.left, others),
        };
        begin + kept
    }

    fn write_node(&mut self, left: usize, right: usize, split: &Split) {
        let feature = &self.data.features[split.feature];
        let number = self.nodes.len();
        let parent = &self.leaves[left];
        if let Some((above, on_the_left)) = parent.parent {
            let child = Child::Node(number);
            if on_the_left {
                self.nodes[above].left = child;
            } else {
                self.nodes[above].right = child;
            }
        }
        self.nodes.push(Node {
            feature: feature.column,
            decision: decision(feature, split),
            missing: feature.mapper.missing,
            gain: (split.gain + self.parameters.min_gain_to_split) as f32,
            left: Child::Leaf(left),
            right: Child::Leaf(right),
            value: parent.output,
            weight: split.left.hessian + split.right.hessian,
            count: parent.rows() as u32,
        });
    }

    /// The tree as it stands, before the learning rate, and its rows.
    pub fn finish(self) -> (Tree, LeafRows) {
        let leaves = self
            .leaves
            .iter()
            .map(|leaf| Leaf { value: leaf.output, weight: leaf.weight, count: leaf.rows() as u32 })
            .collect();
        let ranges = self.leaves.iter().map(|leaf| leaf.begin..leaf.end).collect();
        (Tree { nodes: self.nodes, leaves, shrinkage: 1.0 }, LeafRows { rows: self.rows, ranges })
    }
}

/// What a split by a column with a monotone constraint keeps of its gain.
fn monotone_share(depth: usize, penalty: f64) -> f64 {
    let depth = depth as f64;
    if penalty >= depth + 1.0 {
        EPSILON
    } else if penalty <= 1.0 {
        1.0 - penalty / power_of_two(depth) + EPSILON
    } else {
        1.0 - power_of_two(penalty - 1.0 - depth) + EPSILON
    }
}

fn set_sums(leaf: &mut Open, sums: LeafSums, rows: usize) {
    // The search estimated how many rows there would be; now they are counted.
    leaf.sums = LeafSums { count: rows, ..sums };
    leaf.output = if sums.output.is_nan() { 0.0 } else { sums.output };
    leaf.weight = sums.hessian;
}

/// Larger gain, or the same and an earlier column.
fn is_better(split: &Split, other: &Split, data: &Dataset) -> bool {
    if split.gain != other.gain {
        return split.gain > other.gain;
    }
    data.features[split.feature].column < data.features[other.feature].column
}

/// For each bin of a feature whether its rows go left.
pub struct Sides {
    /// Bin to side.
    pub left: Vec<bool>,
}

impl Sides {
    /// The sides of a split.
    pub fn new(feature: &Feature, split: &Split) -> Self {
        let mapper = &feature.mapper;
        let left = match &split.threshold {
            Threshold::Categories(taken) => {
                let mut left = vec![false; mapper.bins];
                taken.iter().for_each(|bin| left[*bin] = true);
                left
            }
            Threshold::Bin(threshold) => {
                let side = |bin: usize| match mapper.missing {
                    MissingType::Nan if bin == mapper.bins - 1 => split.default_left,
                    MissingType::Zero if bin == mapper.default_bin => split.default_left,
                    _ => bin <= *threshold,
                };
                (0..mapper.bins).map(side).collect()
            }
        };
        Self { left }
    }
}

/// What stands in a tree for a split of bins.
fn decision(feature: &Feature, split: &Split) -> Decision {
    match (&split.threshold, &feature.mapper.kind) {
        (Threshold::Categories(taken), BinKind::Categorical { categories, .. }) => {
            let largest = taken.iter().map(|bin| categories[*bin]).max().unwrap_or(0).max(0) as usize;
            let mut set = vec![0u32; largest / 32 + 1];
            for bin in taken {
                let category = categories[*bin] as usize;
                set[category / 32] |= 1 << (category % 32);
            }
            Decision::Categorical { set: set.into() }
        }
        (Threshold::Bin(bin), _) => Decision::Numeric {
            threshold: feature.mapper.real_threshold(*bin),
            default_left: split.default_left,
        },
        (Threshold::Categories(_), BinKind::Numeric(_)) => unreachable!("numbers are parted at a bin"),
    }
}
