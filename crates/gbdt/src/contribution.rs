//! What each value of a row adds to its score: path-dependent TreeSHAP.
//!
//! Lundberg, Erion, Lee: Consistent Individualized Feature Attribution for Tree Ensembles, algorithm 2; the weights of
//! the paths are the counts of rows, as in LightGBM.

use super::model::Model;
use super::table::Table;
use super::tree::{Child, Tree};

/// A column on the way from the root.
#[derive(Debug, Clone, Copy, Default)]
struct Step {
    /// The column; none for the root.
    feature: Option<usize>,
    /// Share of the training rows that go on when the column is not known.
    zero_fraction: f64,
    /// Whether the row at hand goes on.
    one_fraction: f64,
    /// Share of the orders of columns.
    weight: f64,
}

impl Model {
    /// The contribution of each column to the score of each row, and the mean score last; as LightGBM's `pred_contrib`
    /// they add up to [`Model::raw_scores`], which of a random forest are sums too.
    ///
    /// # Shapes
    /// - output: rows × (classes · (columns + 1)), the columns of a class together; each class's sum is its score
    pub fn contributions(&self, table: &Table) -> Vec<Vec<f64>> {
        let columns = self.feature_names.len();
        let of_row = |row: usize| {
            let values = table.row(row);
            let mut contributions = vec![0.0; self.trees_per_round * (columns + 1)];
            for (index, tree) in self.trees.iter().enumerate() {
                let class = index % self.trees_per_round;
                let out = &mut contributions[class * (columns + 1)..(class + 1) * (columns + 1)];
                out[columns] += tree.expected_value();
                if !tree.nodes.is_empty() {
                    tree.contributions(&values, Child::Node(0), Vec::new(), Step::root(), out);
                }
            }
            contributions
        };
        (0..table.rows()).map(of_row).collect()
    }
}

impl Step {
    fn root() -> Self {
        Self { feature: None, zero_fraction: 1.0, one_fraction: 1.0, weight: 0.0 }
    }
}

impl Tree {
    /// The mean answer over the training rows.
    pub fn expected_value(&self) -> f64 {
        let Some(root) = self.nodes.first() else { return self.leaves[0].value };
        let total = f64::from(root.count);
        self.leaves.iter().fold(0.0, |sum, leaf| sum + f64::from(leaf.count) / total * leaf.value)
    }

    fn count(&self, child: Child) -> f64 {
        match child {
            Child::Node(node) => f64::from(self.nodes[node].count),
            Child::Leaf(leaf) => f64::from(self.leaves[leaf].count),
        }
    }

    fn contributions(&self, values: &[f64], at: Child, mut path: Vec<Step>, next: Step, out: &mut [f64]) {
        extend(&mut path, next);
        match at {
            Child::Leaf(leaf) => {
                for index in 1..path.len() {
                    let Step { feature: Some(feature), zero_fraction, one_fraction, .. } = path[index] else {
                        continue;
                    };
                    let weight = unwound_sum(&path, index);
                    out[feature] += weight * (one_fraction - zero_fraction) * self.leaves[leaf].value;
                }
            }
            Child::Node(number) => {
                let node = &self.nodes[number];
                let hot = node.next(values[node.feature]);
                let cold = if hot == node.left { node.right } else { node.left };
                let total = f64::from(node.count);
                let (mut zero, mut one) = (1.0, 1.0);
                // A column that has been met before counts once.
                if let Some(index) = path.iter().position(|step| step.feature == Some(node.feature)) {
                    (zero, one) = (path[index].zero_fraction, path[index].one_fraction);
                    unwind(&mut path, index);
                }
                let feature = Some(node.feature);
                let step = |child: Child, one_fraction: f64| Step {
                    feature,
                    zero_fraction: self.count(child) / total * zero,
                    one_fraction,
                    weight: 0.0,
                };
                self.contributions(values, hot, path.clone(), step(hot, one), out);
                self.contributions(values, cold, path, step(cold, 0.0), out);
            }
        }
    }
}

fn extend(path: &mut Vec<Step>, next: Step) {
    let depth = path.len();
    path.push(Step { weight: if depth == 0 { 1.0 } else { 0.0 }, ..next });
    let length = (depth + 1) as f64;
    for index in (0..depth).rev() {
        path[index + 1].weight += next.one_fraction * path[index].weight * (index + 1) as f64 / length;
        path[index].weight = next.zero_fraction * path[index].weight * (depth - index) as f64 / length;
    }
}

fn unwind(path: &mut Vec<Step>, index: usize) {
    let depth = path.len() - 1;
    let Step { one_fraction, zero_fraction, .. } = path[index];
    let length = (depth + 1) as f64;
    let mut next = path[depth].weight;
    for i in (0..depth).rev() {
        if one_fraction != 0.0 {
            let before = path[i].weight;
            path[i].weight = next * length / ((i + 1) as f64 * one_fraction);
            next = before - path[i].weight * zero_fraction * (depth - i) as f64 / length;
        } else {
            path[i].weight = path[i].weight * length / (zero_fraction * (depth - i) as f64);
        }
    }
    for i in index..depth {
        let weight = path[i].weight;
        path[i] = Step { weight, ..path[i + 1] };
    }
    path.pop();
}

fn unwound_sum(path: &[Step], index: usize) -> f64 {
    let depth = path.len() - 1;
    let Step { one_fraction, zero_fraction, .. } = path[index];
    let length = (depth + 1) as f64;
    let mut next = path[depth].weight;
    let mut total = 0.0;
    for i in (0..depth).rev() {
        let share = (depth - i) as f64 / length;
        if one_fraction != 0.0 {
            let part = next * length / ((i + 1) as f64 * one_fraction);
            total += part;
            next = path[i].weight - part * zero_fraction * share;
        } else {
            total += path[i].weight / zero_fraction / share;
        }
    }
    total
}
