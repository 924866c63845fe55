//! Boosting: round after round a tree is fitted to the gradients of what the trees before it leave.

use super::bin_walk::laid_out;
use super::dataset::{Bins, Dataset};
use super::error::BoostingError;
use super::grow::{LeafRows, grow};
use super::metric::Metric;
use super::model::Model;
use super::model_text::parameter_section;
use super::number::EPSILON;
use super::objective::Loss;
use super::parameters::{Boosting, Parameters, SampleStrategy};
use super::random::Random;
use super::sampling::{ColumnSampler, RowSampler};
use super::table::Part;
use super::tree::Tree;

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
    round: usize,
    finished: bool,
}

/// The state of dropping trees.
#[derive(Debug, Clone)]
struct Dart {
    random: Random,
    weights: Vec<f64>,
    sum: f64,
}

impl Booster {
    /// A run that begins.
    ///
    /// # Errors
    /// `contradictory_parameters`.
    pub fn new(data: Dataset, parameters: Parameters) -> Result<Self, BoostingError> {
        parameters.check()?;
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
            average_output: false,
            version: "v4".into(),
        };
        Ok(Self {
            rows: RowSampler::new(&parameters, data.rows()),
            columns: ColumnSampler::new(&parameters, data.features.len()),
            dart: Dart { random: Random::new(parameters.drop_seed), weights: Vec::new(), sum: 0.0 },
            scores: vec![0.0; places],
            gradients: vec![0.0; places],
            hessians: vec![0.0; places],
            valids: Vec::new(),
            round: 0,
            finished: false,
            loss,
            model,
            data,
            parameters,
        })
    }

    /// Adds rows to judge by; before the first round.
    pub fn add_valid<'a>(&mut self, rows: impl Into<Part<'a>>, labels: Vec<f32>, weights: Option<Vec<f32>>) {
        let scores = vec![0.0; labels.len() * self.model.trees_per_round];
        self.valids.push(Valid { bins: self.data.binned(rows), labels, weights, scores });
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

    /// Rounds made.
    pub fn round(&self) -> usize {
        self.round
    }

    /// Whether no tree could be grown any more.
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
        metric.measure(
            self.parameters.objective,
            self.parameters.sigmoid,
            &self.scores,
            &self.data.labels,
            weights,
        )
    }

    /// A metric over rows to judge by.
    pub fn valid_metric(&self, valid: usize, metric: Metric) -> f64 {
        let valid = &self.valids[valid];
        let weights = valid.weights.as_deref();
        metric.measure(
            self.parameters.objective,
            self.parameters.sigmoid,
            &valid.scores,
            &valid.labels,
            weights,
        )
    }

    /// Gradients and hessians that the next round's trees are fitted to, for the first class; the run is not changed.
    pub fn next_gradients(&self) -> (Vec<f32>, Vec<f32>) {
        let rows = self.data.rows();
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

    /// Makes one round; false when no tree could be grown, and the run is over.
    pub fn train_one_round(&mut self) -> bool {
        if self.finished {
            return false;
        }
        let (rows, classes) = (self.data.rows(), self.model.trees_per_round);
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
        let weights = self.data.weights.as_deref();
        self.loss.gradients(
            &self.scores,
            &self.data.labels,
            weights,
            &mut self.gradients,
            &mut self.hessians,
        );
        let bag = self.bag();
        let mut grown = false;
        for (class, bias) in biases.into_iter().enumerate() {
            let range = class * rows..(class + 1) * rows;
            let mut tree = Tree::constant(0.0, rows as u32);
            if self.loss.can_learn(class) && !self.data.features.is_empty() {
                let (gradients, hessians) = (&self.gradients[range.clone()], &self.hessians[range]);
                let (new, in_bag) =
                    grow(&self.data, &self.parameters, gradients, hessians, bag.clone(), &mut self.columns);
                tree = new;
                if !tree.nodes.is_empty() {
                    grown = true;
                    tree.shrink(shrinkage);
                    self.add_scores(&tree, class, Some(&in_bag));
                    if bias != 0.0 {
                        tree.add_bias(bias);
                    }
                }
            }
            if tree.nodes.is_empty() {
                tree = self.constant_tree(class, bias, first);
            }
            self.model.trees.push(tree);
        }
        if !grown {
            if self.model.trees.len() > classes {
                self.model.trees.truncate(self.model.trees.len() - classes);
            }
            self.finished = true;
            return false;
        }
        if dart {
            self.normalize(&dropped, shrinkage);
        }
        self.round += 1;
        true
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
            SampleStrategy::Bagging => self.rows.bag(&self.parameters, self.round, rows),
            SampleStrategy::Goss => {
                // The first rounds see all rows: gradients mean little before the model knows anything.
                let wait = (1.0 / self.parameters.learning_rate) as usize;
                if self.round < wait {
                    return (0..rows as u32).collect();
                }
                self.rows.goss(&self.parameters, rows, &mut self.gradients, &mut self.hessians)
            }
        }
    }

    /// Adds a tree's answers to the scores of all rows; those it was grown on are known by their leaf.
    fn add_scores(&mut self, tree: &Tree, class: usize, in_bag: Option<&LeafRows>) {
        let rows = self.data.rows();
        let scores = &mut self.scores[class * rows..(class + 1) * rows];
        let walk = laid_out(tree, &self.data, self.data.bins());
        match in_bag {
            None => walk.add(scores),
            Some(known) => {
                for (leaf, range) in known.ranges.iter().enumerate() {
                    for row in &known.rows[range.clone()] {
                        scores[*row as usize] += tree.leaves[leaf].value;
                    }
                }
                if known.rows.len() < rows {
                    let mut seen = vec![false; rows];
                    known.rows.iter().for_each(|row| seen[*row as usize] = true);
                    walk.add_unseen(&seen, scores);
                }
            }
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

    /// DART: takes trees out of the scores; returns their rounds and what the next tree is multiplied by.
    fn drop_trees(&mut self) -> (Vec<usize>, f64) {
        let parameters = self.parameters.clone();
        let mut dropped = Vec::new();
        if f64::from(self.dart.random.next_float()) >= parameters.skip_drop {
            let mut rate = parameters.drop_rate;
            let most = parameters.max_drop;
            let mean_inverse = self.dart.weights.len() as f64 / self.dart.sum;
            if most > 0 {
                let limit = if parameters.uniform_drop {
                    f64::from(most) / self.round as f64
                } else {
                    f64::from(most) * mean_inverse / self.dart.sum
                };
                rate = if limit < rate { limit } else { rate };
            }
            for round in 0..self.round {
                let probability = match parameters.uniform_drop {
                    true => rate,
                    false => rate * self.dart.weights[round] * mean_inverse,
                };
                if f64::from(self.dart.random.next_float()) < probability {
                    dropped.push(round);
                    // As in LightGBM: zero stops after the first, less than zero never.
                    if dropped.len() >= most as isize as usize {
                        break;
                    }
                }
            }
        }
        let classes = self.model.trees_per_round;
        for &round in &dropped {
            for class in 0..classes {
                let index = round * classes + class;
                self.model.trees[index].shrink(-1.0);
                self.add_train_scores_of(index, class);
            }
        }
        let (count, learning_rate) = (dropped.len() as f64, parameters.learning_rate);
        let shrinkage = match (parameters.xgboost_dart_mode, dropped.is_empty()) {
            (false, _) => learning_rate / (1.0 + count),
            (true, true) => learning_rate,
            (true, false) => learning_rate / (learning_rate + count),
        };
        (dropped, shrinkage)
    }

    fn add_train_scores_of(&mut self, index: usize, class: usize) {
        let rows = self.data.rows();
        let tree = &self.model.trees[index];
        let walk = laid_out(tree, &self.data, self.data.bins());
        walk.add(&mut self.scores[class * rows..(class + 1) * rows]);
    }

    /// DART: puts the dropped trees back, made smaller.
    fn normalize(&mut self, dropped: &[usize], shrinkage: f64) {
        let classes = self.model.trees_per_round;
        let count = dropped.len() as f64;
        let xgboost = self.parameters.xgboost_dart_mode;
        let learning_rate = self.parameters.learning_rate;
        let (back, rest) =
            if xgboost { (shrinkage, -count / learning_rate) } else { (1.0 / (count + 1.0), -count) };
        let base = if xgboost { learning_rate } else { 1.0 };
        for &round in dropped {
            for class in 0..classes {
                let index = round * classes + class;
                self.model.trees[index].shrink(back);
                let tree = self.model.trees[index].clone();
                self.add_valid_scores(&tree, class);
                self.model.trees[index].shrink(rest);
                self.add_train_scores_of(index, class);
            }
            if !self.parameters.uniform_drop {
                self.dart.sum -= self.dart.weights[round] * (1.0 / (count + base));
                self.dart.weights[round] *= count / (count + base);
            }
        }
        if !self.parameters.uniform_drop {
            self.dart.weights.push(shrinkage);
            self.dart.sum += shrinkage;
        }
    }
}
