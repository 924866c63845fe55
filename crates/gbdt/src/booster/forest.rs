//! Random forests: every tree is fitted to the start, and the scores are the mean of their answers.

use super::super::number::EPSILON;
use super::super::tree::Tree;
use super::bag::copies_bag;
use super::{Booster, renew_leaves};

impl Booster {
    /// A round of a random forest: the scores are the mean of the trees' answers.
    pub(super) fn grow_forest(&mut self) {
        let bag = self.bag();
        let (made, classes) = (self.grown as f64, self.model.trees_per_round);
        for class in 0..classes {
            let first = self.model.trees.len() < classes;
            let bias = if self.parameters.boost_from_average || self.data.features.is_empty() {
                self.loss.starting_score(class)
            } else {
                0.0
            };
            let bias = if bias.abs() > EPSILON { bias } else { 0.0 };
            let mut tree = Tree::constant(0.0, 0);
            let grown = self.grown(class, &bag);
            let learns = self.loss.can_learn(class);
            if let Some((new, in_bag)) = grown {
                tree = new;
                if tree.nodes.is_empty() {
                    tree.leaves[0].count = 0;
                } else {
                    if self.loss.renews_leaves() {
                        let residual = |row: usize| f64::from(self.data.labels[row]) - bias;
                        renew_leaves(&mut tree, &in_bag, &residual, self.data.weights.as_deref());
                    }
                    if bias != 0.0 {
                        tree.add_bias(bias);
                    }
                    self.multiply_scores(class, made);
                    self.add_scores(&tree, class, &in_bag);
                    self.multiply_scores(class, 1.0 / (made + 1.0));
                }
            }
            if tree.nodes.is_empty() && first {
                let answer = if learns { 0.0 } else { self.loss.starting_score(class) };
                tree = Tree::constant(answer, self.data.rows() as u32);
                self.multiply_scores(class, made);
                self.add_constant(class, answer, &bag);
                self.multiply_scores(class, 1.0 / (made + 1.0));
            }
            self.model.trees.push(tree);
        }
        self.grown += 1;
    }

    fn multiply_scores(&mut self, class: usize, factor: f64) {
        let multiply = |scores: &mut [f64]| {
            let rows = scores.len() / self.model.trees_per_round;
            scores[class * rows..(class + 1) * rows].iter_mut().for_each(|score| *score *= factor);
        };
        multiply(&mut self.scores);
        self.valids.iter_mut().for_each(|valid| multiply(&mut valid.scores));
    }

    /// Adds the answer of a tree without a split. As in LightGBM the rows in the bag go without it, unless the bag is
    /// small enough to be copied.
    fn add_constant(&mut self, class: usize, answer: f64, bag: &[u32]) {
        let rows = self.data.rows();
        let copied = copies_bag(&self.data, &self.parameters);
        let mut left_out = vec![false; rows];
        if !copied {
            bag.iter().for_each(|row| left_out[*row as usize] = true);
        }
        let scores = &mut self.scores[class * rows..(class + 1) * rows];
        scores.iter_mut().zip(left_out).filter(|(_, out)| !out).for_each(|(score, _)| *score += answer);
        for valid in &mut self.valids {
            let rows = valid.labels.len();
            let scores = &mut valid.scores[class * rows..(class + 1) * rows];
            scores.iter_mut().for_each(|score| *score += answer);
        }
    }
}
