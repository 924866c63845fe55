//! Boosting: round after round a tree is fitted to the gradients of what the trees before it leave.

mod bag;
mod dart;
mod forest;
#[cfg(test)]
mod tests;

use super::bin_walk::laid_out;
use super::dataset::{Bins, Dataset, check_rows};
use super::error::BoostingError;
use super::grow::{LeafRows, grow};
use super::metric::{Link, Metric};
use super::model::Model;
use super::model_text::parameter_section;
use super::number::{EPSILON, rounded_to_zero};
use super::objective::Loss;
use super::parameters::{Boosting, Parameters, SampleStrategy};
use super::percentile::Percentile;
use super::sampling::{ColumnSampler, RowSampler};
use super::table::Part;
use super::tree::Tree;
use bag::check_bag;
use dart::Dart;

/// Rows to judge by.
#[derive(Debug, Clone)]
pub struct Valid {
    /// The rows as bins, feature by feature.
    bins: Vec<Bins>,
    /// The label of each.
    pub labels: Vec<f32>,
    /// The weight of each, where they are given.
    pub weights: Option<Vec<f32>>,
    /// The score of each for each class, the rows of a class together.
    pub scores: Vec<f64>,
}

/// A run of boosting.
pub struct Booster {
    parameters: Parameters,
    data: Dataset,
    loss: Loss,
    model: Model,
    /// Scores of the training rows, the rows of a class together.
    scores: Vec<f64>,
    gradients: Vec<f32>,
    hessians: Vec<f32>,
    rows: RowSampler,
    columns: ColumnSampler,
    dart: Dart,
    valids: Vec<Valid>,
    /// Rounds made, and those of them that grew a tree.
    round: usize,
    grown: usize,
    finished: bool,
}

impl Booster {
    /// A run that begins.
    ///
    /// # Errors
    /// `contradictory_parameters`.
    pub fn new(data: Dataset, parameters: Parameters) -> Result<Self, BoostingError> {
        parameters.check()?;
        check_bag(&data, &parameters)?;
        let loss = Loss::new(&parameters, &data.labels, data.weights.as_deref());
        let classes = parameters.trees_per_round();
        let places = data.rows() * classes;
        let model = Model {
            objective: parameters.objective,
            foreign: None,
            sigmoid: parameters.sigmoid,
            trees: Vec::new(),
            trees_per_round: classes,
            feature_names: data.names.clone(),
            feature_infos: data.infos.clone(),
            pandas_categorical: None,
            parameters: parameter_section(&parameters),
            average_output: parameters.boosting == Boosting::Forest,
            version: "v4".into(),
        };
        let mut booster = Self {
            rows: RowSampler::new(&parameters, data.rows()),
            columns: ColumnSampler::new(&parameters, &data),
            dart: Dart::new(parameters.drop_seed),
            scores: vec![0.0; places],
            gradients: vec![0.0; places],
            hessians: vec![0.0; places],
            valids: Vec::new(),
            round: 0,
            grown: 0,
            finished: false,
            loss,
            model,
            data,
            parameters,
        };
        if booster.parameters.boosting == Boosting::Forest {
            // Once and for all: every tree is fitted to the start.
            let scores: Vec<f64> = (0..classes)
                .flat_map(|class| std::iter::repeat_n(booster.bias(class), booster.data.rows()))
                .collect();
            booster.find_gradients(&scores);
        }
        Ok(booster)
    }

    fn find_gradients(&mut self, scores: &[f64]) {
        let weights = self.data.weights.as_deref();
        self.loss.gradients(scores, &self.data.labels, weights, &mut self.gradients, &mut self.hessians);
    }

    /// Adds rows to judge by; before the first round.
    ///
    /// # Errors
    /// `bad_label`, `bad_weight`.
    pub fn add_valid<'a>(
        &mut self,
        rows: impl Into<Part<'a>>,
        mut labels: Vec<f32>,
        mut weights: Option<Vec<f32>>,
    ) -> Result<(), BoostingError> {
        let rows: Part<'a> = rows.into();
        check_rows(&mut labels, weights.as_deref_mut(), rows.rows(), &self.parameters)?;
        let scores = vec![0.0; labels.len() * self.model.trees_per_round];
        self.valids.push(Valid { bins: self.data.binned(rows), labels, weights, scores });
        Ok(())
    }

    /// The parameters.
    pub fn parameters(&self) -> &Parameters {
        &self.parameters
    }

    /// The rows that are learned from.
    pub fn data(&self) -> &Dataset {
        &self.data
    }

    /// What has been learned so far.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Takes what has been learned.
    pub fn into_model(self) -> Model {
        self.model
    }

    /// Rounds made, those among them in which no tree could be grown.
    pub fn round(&self) -> usize {
        self.round
    }

    /// Whether no tree can be grown any more: in the last round none could, and nothing is drawn that the next round
    /// might draw otherwise.
    pub fn finished(&self) -> bool {
        self.finished
    }

    /// Scores of the training rows, the rows of a class together.
    pub fn scores(&self) -> &[f64] {
        &self.scores
    }

    /// Rows to judge by.
    pub fn valids(&self) -> &[Valid] {
        &self.valids
    }

    /// A metric over the training rows.
    pub fn train_metric(&self, metric: Metric) -> f64 {
        let weights = self.data.weights.as_deref();
        metric.measure(Link::from(&self.parameters), &self.scores, &self.data.labels, weights)
    }

    /// A metric over rows to judge by.
    pub fn valid_metric(&self, valid: usize, metric: Metric) -> f64 {
        let valid = &self.valids[valid];
        let weights = valid.weights.as_deref();
        metric.measure(Link::from(&self.parameters), &valid.scores, &valid.labels, weights)
    }

    /// Gradients and hessians that the next round's trees are fitted to, for the first class; the run is not changed.
    pub fn next_gradients(&self) -> (Vec<f32>, Vec<f32>) {
        let rows = self.data.rows();
        if self.parameters.boosting == Boosting::Forest {
            return (self.gradients[..rows].to_vec(), self.hessians[..rows].to_vec());
        }
        let mut scores = self.scores.clone();
        if self.model.trees.is_empty() {
            for class in 0..self.model.trees_per_round {
                let bias = self.bias(class);
                scores[class * rows..(class + 1) * rows].iter_mut().for_each(|score| *score += bias);
            }
        }
        let (mut gradients, mut hessians) = (self.gradients.clone(), self.hessians.clone());
        let weights = self.data.weights.as_deref();
        self.loss.gradients(&scores, &self.data.labels, weights, &mut gradients, &mut hessians);
        gradients.truncate(rows);
        hessians.truncate(rows);
        (gradients, hessians)
    }

    /// The state from which the columns of the next tree are drawn.
    pub fn next_columns(&self) -> ColumnSampler {
        self.columns.clone()
    }

    /// The score training begins with.
    pub fn starting_score(&self, class: usize) -> f64 {
        self.bias(class)
    }

    /// Where training begins: nothing where it is told to, or too near to nothing to count.
    fn bias(&self, class: usize) -> f64 {
        let wanted = self.parameters.boost_from_average || self.data.features.is_empty();
        let score = if wanted { self.loss.starting_score(class) } else { 0.0 };
        if score.abs() > EPSILON { score } else { 0.0 }
    }

    fn add_to_all(&mut self, class: usize, value: f64) {
        let add = |scores: &mut [f64]| {
            let rows = scores.len() / self.model.trees_per_round;
            scores[class * rows..(class + 1) * rows].iter_mut().for_each(|score| *score += value);
        };
        add(&mut self.scores);
        self.valids.iter_mut().for_each(|valid| add(&mut valid.scores));
    }

    /// Makes one round; false when no tree could be grown in it. A later round may, with other rows or columns drawn;
    /// where none can, the round does not count.
    pub fn train_one_round(&mut self) -> bool {
        if self.parameters.boosting == Boosting::Forest {
            self.grow_forest();
            self.round += 1;
            return true;
        }
        let classes = self.model.trees_per_round;
        let first = self.model.trees.is_empty();
        let mut biases = vec![0.0; classes];
        if first {
            for (class, bias) in biases.iter_mut().enumerate() {
                *bias = self.bias(class);
                if *bias != 0.0 {
                    self.add_to_all(class, *bias);
                }
            }
        }
        let dart = self.parameters.boosting == Boosting::Dart;
        let (dropped, shrinkage) =
            if dart { self.drop_trees() } else { (Vec::new(), self.parameters.learning_rate) };
        let scores = std::mem::take(&mut self.scores);
        self.find_gradients(&scores);
        self.scores = scores;
        let bag = self.bag();
        let mut grown = false;
        for (class, bias) in biases.into_iter().enumerate() {
            let tree = match self.grown(class, &bag) {
                Some((mut tree, in_bag)) if !tree.nodes.is_empty() => {
                    grown = true;
                    if self.loss.renews_leaves() {
                        let residual = |row: usize| f64::from(self.data.labels[row]) - self.scores[row];
                        renew_leaves(&mut tree, &in_bag, &residual, self.data.weights.as_deref());
                    }
                    tree.shrink(shrinkage);
                    self.add_scores(&tree, class, &in_bag);
                    if bias != 0.0 {
                        tree.add_bias(bias);
                    }
                    tree
                }
                _ => self.constant_tree(class, bias, first),
            };
            self.model.trees.push(tree);
        }
        if !grown {
            if self.model.trees.len() > classes {
                self.model.trees.truncate(self.model.trees.len() - classes);
            }
            // Trees that were dropped stay so: LightGBM's dart puts them back after a tree only.
            self.finished = !self.parameters.draws();
            self.round += usize::from(!self.finished);
            return false;
        }
        if dart {
            self.normalize(&dropped, shrinkage);
        }
        self.grown += 1;
        self.round += 1;
        true
    }

    /// A tree for a class, where any can lower the loss, with the rows of its leaves.
    fn grown(&mut self, class: usize, bag: &[u32]) -> Option<(Tree, LeafRows)> {
        let rows = self.data.rows();
        let forest = self.parameters.boosting == Boosting::Forest;
        if !self.loss.can_learn(class) || (self.data.features.is_empty() && !forest) {
            return None;
        }
        let range = class * rows..(class + 1) * rows;
        let (gradients, hessians) = (&self.gradients[range.clone()], &self.hessians[range]);
        let columns = &mut self.columns;
        Some(grow(&self.data, &self.parameters, gradients, hessians, bag.to_vec(), columns))
    }

    /// A class for which no tree could be grown.
    fn constant_tree(&mut self, class: usize, bias: f64, first: bool) -> Tree {
        let rows = self.data.rows() as u32;
        if !first {
            return Tree::constant(0.0, rows);
        }
        if self.parameters.boost_from_average {
            return Tree::constant(bias, rows);
        }
        let score = self.loss.starting_score(class);
        self.add_to_all(class, score);
        Tree::constant(score, rows)
    }

    fn bag(&mut self) -> Vec<u32> {
        let rows = self.data.rows();
        match self.parameters.data_sample_strategy {
            SampleStrategy::Bagging => {
                let balanced = self.parameters.balances_bag(&self.data.labels);
                self.rows.bag(&self.parameters, self.grown, &self.data.labels, balanced)
            }
            SampleStrategy::Goss => {
                // The first rounds see all rows: gradients mean little before the model knows anything.
                let wait = (1.0 / self.parameters.learning_rate) as usize;
                if self.grown < wait {
                    return (0..rows as u32).collect();
                }
                self.rows.goss(&self.parameters, rows, &mut self.gradients, &mut self.hessians)
            }
        }
    }

    /// Adds a tree's answers to the scores of all rows; those it was grown on are known by their leaf.
    fn add_scores(&mut self, tree: &Tree, class: usize, known: &LeafRows) {
        let rows = self.data.rows();
        let scores = &mut self.scores[class * rows..(class + 1) * rows];
        for (leaf, range) in known.ranges.iter().enumerate() {
            for row in &known.rows[range.clone()] {
                scores[*row as usize] += tree.leaves[leaf].value;
            }
        }
        if known.rows.len() < rows {
            let mut seen = vec![false; rows];
            known.rows.iter().for_each(|row| seen[*row as usize] = true);
            laid_out(tree, &self.data, self.data.bins()).add_unseen(&seen, scores);
        }
        self.add_valid_scores(tree, class);
    }

    fn add_valid_scores(&mut self, tree: &Tree, class: usize) {
        for valid in &mut self.valids {
            let rows = valid.labels.len();
            let walk = laid_out(tree, &self.data, &valid.bins);
            walk.add(&mut valid.scores[class * rows..(class + 1) * rows]);
        }
    }
}

/// The answers of leaves as medians of what is left of their rows.
fn renew_leaves(tree: &mut Tree, rows: &LeafRows, residual: &dyn Fn(usize) -> f64, weights: Option<&[f32]>) {
    for (leaf, range) in tree.leaves.iter_mut().zip(&rows.ranges) {
        let rows = rows.rows[range.clone()].iter().map(|row| *row as usize);
        let of_leaf = weights.map(|weights| rows.clone().map(|row| weights[row]).collect());
        leaf.value = rounded_to_zero(Percentile::new(rows.map(residual).collect(), of_leaf).median(false));
    }
}
