//! DART: some of the trees are dropped while the next one is fitted, and put back smaller.

use super::super::bin_walk::laid_out;
use super::super::random::Random;
use super::Booster;

/// The state of dropping trees.
#[derive(Debug, Clone)]
pub(super) struct Dart {
    random: Random,
    weights: Vec<f64>,
    sum: f64,
}

impl Dart {
    pub fn new(seed: i32) -> Self {
        Self { random: Random::new(seed), weights: Vec::new(), sum: 0.0 }
    }
}

impl Booster {
    /// takes trees out of the scores; returns their rounds and what the next tree is multiplied by.
    pub(super) fn drop_trees(&mut self) -> (Vec<usize>, f64) {
        let parameters = self.parameters.clone();
        let mut dropped = Vec::new();
        if f64::from(self.dart.random.next_float()) >= parameters.skip_drop {
            let mut rate = parameters.drop_rate;
            let most = parameters.max_drop;
            let mean_inverse = self.dart.weights.len() as f64 / self.dart.sum;
            if most > 0 {
                let limit = if parameters.uniform_drop {
                    f64::from(most) / self.grown as f64
                } else {
                    f64::from(most) * mean_inverse / self.dart.sum
                };
                rate = if limit < rate { limit } else { rate };
            }
            for round in 0..self.grown {
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

    /// puts the dropped trees back, made smaller.
    pub(super) fn normalize(&mut self, dropped: &[usize], shrinkage: f64) {
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
