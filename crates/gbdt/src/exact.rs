//! Exact search: every place between two different values is tried, on columns sorted once beforehand.
//!
//! How trees were boosted before histograms (XGBoost's `exact`, after SLIQ and SPRINT), with the gains and answers of
//! [`Rules`], so that the one difference to [`Booster`](super::Booster) is where a column may be parted. Categories are
//! taken for the numbers they are written as. It is here to be compared with; LightGBM has no such search.

use super::error::BoostingError;
use super::model::Model;
use super::model_text::parameter_section;
use super::number::ascending;
use super::objective::Loss;
use super::parameters::Parameters;
use super::table::Part;
use super::tree::{Child, Decision, Leaf, MissingType, Node, Tree};
use gbdt_kernels::rules::Rules;
use std::borrow::Cow;

/// A run of boosting with exact search.
pub struct ExactBooster<'a> {
    parameters: Parameters,
    columns: Vec<Cow<'a, [f64]>>,
    /// For each column the rows by ascending value, those without one last.
    sorted: Vec<Vec<u32>>,
    labels: Vec<f32>,
    loss: Loss,
    scores: Vec<f64>,
    model: Model,
}

impl<'a> ExactBooster<'a> {
    /// Sorts the columns.
    ///
    /// # Errors
    /// `contradictory_parameters`; `too_few_rows` for another number of labels than of rows.
    pub fn new(
        rows: impl Into<Part<'a>>,
        labels: Vec<f32>,
        parameters: Parameters,
    ) -> Result<Self, BoostingError> {
        parameters.check()?;
        let rows: Part<'a> = rows.into();
        if labels.len() != rows.rows() || labels.is_empty() {
            let message = format!("There are {} rows and {} labels.", rows.rows(), labels.len());
            return Err(BoostingError::new("too_few_rows", message));
        }
        let columns: Vec<_> = rows.columns().iter().map(|column| rows.values(column)).collect();
        let sorted = columns.iter().map(|values| ascending(values)).collect();
        let loss = Loss::new(&parameters, &labels, None);
        let classes = parameters.trees_per_round();
        let model = Model {
            objective: parameters.objective,
            foreign: None,
            sigmoid: parameters.sigmoid,
            trees: Vec::new(),
            trees_per_round: classes,
            feature_names: rows.columns().iter().map(|column| column.name.clone()).collect(),
            feature_infos: rows.columns().iter().map(|_| "none".into()).collect(),
            pandas_categorical: None,
            parameters: parameter_section(&parameters),
            average_output: false,
            version: "v4".into(),
        };
        Ok(Self {
            scores: vec![0.0; labels.len() * classes],
            parameters,
            columns,
            sorted,
            labels,
            loss,
            model,
        })
    }

    /// What has been learned so far.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Scores of the rows, those of a class together.
    pub fn scores(&self) -> &[f64] {
        &self.scores
    }

    /// Places between two different values, all columns together: as many as a root has to try.
    pub fn places(&self) -> usize {
        let of = |(values, order): (&Cow<'a, [f64]>, &Vec<u32>)| {
            order.windows(2).filter(|pair| values[pair[0] as usize] < values[pair[1] as usize]).count()
        };
        self.columns.iter().zip(&self.sorted).map(of).sum()
    }

    /// Bytes that the values and their order take.
    pub fn bytes(&self) -> usize {
        self.columns.len() * self.labels.len() * (size_of::<f64>() + size_of::<u32>())
    }

    /// Makes one round, without sampling of rows or columns.
    pub fn train_one_round(&mut self) {
        let (rows, classes) = (self.labels.len(), self.model.trees_per_round);
        let first = self.model.trees.is_empty();
        let bias = |class: usize| match first && self.parameters.boost_from_average {
            true => self.loss.starting_score(class),
            false => 0.0,
        };
        let biases: Vec<f64> = (0..classes).map(bias).collect();
        for (scores, bias) in self.scores.chunks_mut(rows).zip(&biases) {
            scores.iter_mut().for_each(|score| *score += bias);
        }
        let (mut gradients, mut hessians) = (vec![0.0; rows * classes], vec![0.0; rows * classes]);
        self.loss.gradients(&self.scores, &self.labels, None, &mut gradients, &mut hessians);
        for (class, bias) in biases.into_iter().enumerate() {
            let of_class = class * rows..(class + 1) * rows;
            let mut growing = Growing::new(
                &self.columns,
                self.sorted.clone(),
                &self.parameters,
                &gradients[of_class.clone()],
                &hessians[of_class.clone()],
            );
            while growing.split_next() {}
            let (mut tree, leaves) = growing.finish();
            tree.shrink(self.parameters.learning_rate);
            for (score, leaf) in self.scores[of_class].iter_mut().zip(leaves) {
                *score += tree.leaves[leaf as usize].value;
            }
            tree.add_bias(bias);
            self.model.trees.push(tree);
        }
    }
}

/// Sums of some rows.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    gradient: f64,
    hessian: f64,
    count: usize,
}

impl Sums {
    fn add(&mut self, gradient: f32, hessian: f32) {
        self.gradient += f64::from(gradient);
        self.hessian += f64::from(hessian);
        self.count += 1;
    }

    fn plus(self, other: Self) -> Self {
        Self {
            gradient: self.gradient + other.gradient,
            hessian: self.hessian + other.hessian,
            count: self.count + other.count,
        }
    }

    fn without(self, part: Self) -> Self {
        Self {
            gradient: self.gradient - part.gradient,
            hessian: self.hessian - part.hessian,
            count: self.count - part.count,
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Best {
    column: usize,
    threshold: f64,
    missing_left: bool,
    gain: f64,
}

/// A leaf that may be split. In the order of every column its rows stand at the same places, each column in its own
/// order.
struct Open {
    begin: usize,
    end: usize,
    sums: Sums,
    output: f64,
    depth: usize,
    parent: Option<(usize, bool)>,
    best: Option<Best>,
}

struct Growing<'a> {
    columns: &'a [Cow<'a, [f64]>],
    sorted: Vec<Vec<u32>>,
    rules: Rules,
    parameters: &'a Parameters,
    gradients: &'a [f32],
    hessians: &'a [f32],
    leaves: Vec<Open>,
    nodes: Vec<Node>,
    goes_left: Vec<bool>,
    parted: Vec<u32>,
}

impl<'a> Growing<'a> {
    fn new(
        columns: &'a [Cow<'a, [f64]>],
        sorted: Vec<Vec<u32>>,
        parameters: &'a Parameters,
        gradients: &'a [f32],
        hessians: &'a [f32],
    ) -> Self {
        let rows = gradients.len();
        let mut sums = Sums::default();
        gradients.iter().zip(hessians).for_each(|(gradient, hessian)| sums.add(*gradient, *hessian));
        let rules = Rules::from(parameters);
        let output = rules.unsmoothed_output(sums.gradient, sums.hessian, rules.l2);
        let root = Open { begin: 0, end: rows, sums, output, depth: 0, parent: None, best: None };
        let mut growing = Self {
            columns,
            sorted,
            rules,
            parameters,
            gradients,
            hessians,
            leaves: vec![root],
            nodes: Vec::new(),
            goes_left: vec![false; rows],
            parted: Vec::with_capacity(rows),
        };
        growing.leaves[0].best = growing.search(0);
        growing
    }

    /// Splits the leaf that gains most; false when there is none, or the tree has all its leaves.
    fn split_next(&mut self) -> bool {
        if self.leaves.len() >= self.parameters.num_leaves as usize {
            return false;
        }
        let gain = |leaf: &Open| leaf.best.map_or(0.0, |best| best.gain);
        // The first of equals.
        let mut chosen = 0;
        for leaf in 1..self.leaves.len() {
            if gain(&self.leaves[leaf]) > gain(&self.leaves[chosen]) {
                chosen = leaf;
            }
        }
        let Some(best) = self.leaves[chosen].best else { return false };
        let (left, right) = self.part(chosen, best);
        let new = self.leaves.len();
        let (node, leaf) = (self.nodes.len(), &self.leaves[chosen]);
        self.nodes.push(Node {
            feature: best.column,
            decision: Decision::Numeric { threshold: best.threshold, default_left: best.missing_left },
            missing: MissingType::Nan,
            gain: best.gain as f32,
            left: Child::Leaf(chosen),
            right: Child::Leaf(new),
            value: leaf.output,
            weight: leaf.sums.hessian,
            count: leaf.sums.count as u32,
        });
        if let Some((parent, is_left)) = leaf.parent {
            let parent = &mut self.nodes[parent];
            *(if is_left { &mut parent.left } else { &mut parent.right }) = Child::Node(node);
        }
        let (begin, end, depth, above) = (leaf.begin, leaf.end, leaf.depth + 1, leaf.output);
        let middle = begin + left.count;
        let open = |begin, end, sums: Sums, is_left| Open {
            begin,
            end,
            sums,
            output: self.rules.output(sums.gradient, sums.hessian, self.rules.l2, sums.count as i64, above),
            depth,
            parent: Some((node, is_left)),
            best: None,
        };
        let (left, right) = (open(begin, middle, left, true), open(middle, end, right, false));
        self.leaves[chosen] = left;
        self.leaves.push(right);
        for leaf in [chosen, new] {
            self.leaves[leaf].best = self.search(leaf);
        }
        true
    }

    /// Parts the rows of a leaf in the order of every column; returns the sums of both sides.
    fn part(&mut self, leaf: usize, best: Best) -> (Sums, Sums) {
        let range = self.leaves[leaf].begin..self.leaves[leaf].end;
        let values = &self.columns[best.column];
        let mut left = Sums::default();
        for row in &self.sorted[best.column][range.clone()] {
            let row = *row as usize;
            let value = values[row];
            self.goes_left[row] = if value.is_nan() { best.missing_left } else { value <= best.threshold };
            if self.goes_left[row] {
                left.add(self.gradients[row], self.hessians[row]);
            }
        }
        for order in &mut self.sorted {
            let order = &mut order[range.clone()];
            self.parted.clear();
            let mut kept = 0;
            for at in 0..order.len() {
                let row = order[at];
                if self.goes_left[row as usize] {
                    order[kept] = row;
                    kept += 1;
                } else {
                    self.parted.push(row);
                }
            }
            order[kept..].copy_from_slice(&self.parted);
        }
        (left, self.leaves[leaf].sums.without(left))
    }

    /// The best split of a leaf.
    fn search(&self, leaf: usize) -> Option<Best> {
        let leaf = &self.leaves[leaf];
        let deepest = self.parameters.max_depth;
        let too_small = (leaf.sums.count as i64) < 2 * self.rules.min_data.max(1);
        if too_small || (deepest > 0 && leaf.depth >= deepest as usize) {
            return None;
        }
        let unsplit = self.gain(leaf.sums, leaf.output) + self.rules.min_gain;
        let mut best: Option<Best> = None;
        for column in 0..self.columns.len() {
            self.search_column(leaf, column, |threshold, missing_left, gain| {
                let gain = gain - unsplit;
                if gain > best.map_or(0.0, |best| best.gain) {
                    best = Some(Best { column, threshold, missing_left, gain });
                }
            });
        }
        best
    }

    /// Calls `tried` with the threshold, the side of missing values, and the gain of both sides, for each place.
    fn search_column(&self, leaf: &Open, column: usize, mut tried: impl FnMut(f64, bool, f64)) {
        let values = &self.columns[column];
        let order = &self.sorted[column][leaf.begin..leaf.end];
        let filled = order.partition_point(|row| !values[*row as usize].is_nan());
        let mut missing = Sums::default();
        for row in &order[filled..] {
            missing.add(self.gradients[*row as usize], self.hessians[*row as usize]);
        }
        let sides: &[bool] = if missing.count > 0 { &[true, false] } else { &[true] };
        let mut left = Sums::default();
        for at in 0..filled {
            let row = order[at] as usize;
            left.add(self.gradients[row], self.hessians[row]);
            let value = values[row];
            let next = order[..filled].get(at + 1).map(|row| values[*row as usize]);
            let is_place = match next {
                Some(next) => value < next,
                None => missing.count > 0,
            };
            if !is_place {
                continue;
            }
            let threshold = next.map_or(f64::MAX, |next| between(value, next));
            for &missing_left in sides {
                let left = if missing_left { left.plus(missing) } else { left };
                let right = leaf.sums.without(left);
                if self.is_large_enough(left) && self.is_large_enough(right) {
                    let gain = self.gain(left, leaf.output) + self.gain(right, leaf.output);
                    tried(threshold, missing_left, gain);
                }
            }
        }
    }

    fn is_large_enough(&self, side: Sums) -> bool {
        side.count > 0
            && side.count as i64 >= self.rules.min_data
            && side.hessian > 0.0
            && side.hessian >= self.rules.min_hessian
    }

    fn gain(&self, sums: Sums, parent: f64) -> f64 {
        self.rules.gain(sums.gradient, sums.hessian, self.rules.l2, sums.count as i64, parent)
    }

    /// The tree, and the leaf of each row.
    fn finish(self) -> (Tree, Vec<u32>) {
        let mut leaf_of = vec![0; self.gradients.len()];
        if let Some(order) = self.sorted.first() {
            for (number, leaf) in self.leaves.iter().enumerate() {
                order[leaf.begin..leaf.end].iter().for_each(|row| leaf_of[*row as usize] = number as u32);
            }
        }
        // A tree that was not split answers nothing.
        let is_split = !self.nodes.is_empty();
        let leaf = |leaf: &Open| Leaf {
            value: if is_split { leaf.output } else { 0.0 },
            weight: leaf.sums.hessian,
            count: leaf.sums.count as u32,
        };
        let leaves = self.leaves.iter().map(leaf).collect();
        (Tree { nodes: self.nodes, leaves, shrinkage: 1.0 }, leaf_of)
    }
}

/// A threshold that sends the lower value left and the upper one right.
fn between(lower: f64, upper: f64) -> f64 {
    let middle = (lower + (upper - lower) / 2.0).next_up();
    if middle < upper { middle } else { lower }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;
    use crate::{Booster, Column, Dataset, Table};

    fn table(rows: usize, missing: bool) -> (Table, Vec<f32>) {
        let mut random = Random::new(5);
        let mut columns: Vec<Vec<f64>> = vec![Vec::new(); 4];
        let mut labels = Vec::new();
        for _ in 0..rows {
            let values: Vec<f64> = (0..4).map(|_| random.next_int(0, 90) as f64 - 30.0).collect();
            let noise = random.next_int(0, 60) as f64;
            labels.push(f32::from(values[0] + values[1] * values[2] / 30.0 + noise > 45.0));
            for (column, value) in columns.iter_mut().zip(&values) {
                let value = if missing && random.next_int(0, 10) == 0 { f64::NAN } else { *value };
                column.push(value);
            }
        }
        let columns = columns.into_iter().enumerate();
        let table = columns.map(|(index, values)| Column::numeric(&index.to_string(), values)).collect();
        (Table::new(table).unwrap(), labels)
    }

    /// Where every value has a bin of its own, and nothing is estimated, both searches see the same places.
    #[test]
    fn histograms_of_all_values_find_the_same_splits() {
        for missing in [false, true] {
            let (table, labels) = table(1_500, missing);
            let parameters = Parameters::from_pairs([
                ("objective", "binary"),
                ("num_leaves", "12"),
                ("min_data_in_bin", "1"),
                ("min_data_in_leaf", "0"),
                ("min_sum_hessian_in_leaf", "5"),
            ])
            .unwrap();
            let data = Dataset::new(&table, labels.clone(), None, &parameters).unwrap();
            let mut histograms = Booster::new(data, parameters.clone()).unwrap();
            let mut exact = ExactBooster::new(&table, labels, parameters).unwrap();
            for round in 0..8 {
                histograms.train_one_round();
                exact.train_one_round();
                for (row, (one, other)) in histograms.scores().iter().zip(exact.scores()).enumerate() {
                    assert!((one - other).abs() < 1e-9, "round {round}, row {row}: {one} {other}");
                }
            }
            let scores = exact.model().raw_scores(&table);
            for (one, other) in scores.iter().zip(exact.scores()) {
                assert!((one - other).abs() < 1e-12, "the trees tell the rows what they were grown to tell");
            }
        }
    }

    #[test]
    fn every_place_between_two_values_counts() {
        let table = Table::new(vec![Column::numeric("x", vec![3.0, 1.0, f64::NAN, 1.0, 2.0])]).unwrap();
        let exact = ExactBooster::new(&table, vec![0.0, 1.0, 0.0, 1.0, 0.0], Parameters::default()).unwrap();
        assert_eq!((exact.places(), exact.bytes()), (2, 60));
    }
}
