//! What training leaves: trees, and what is needed to use them.

use super::category::Category;
use super::error::BoostingError;
use super::exponential::Exponential;
use super::foreign::ForeignObjective;
use super::parameters::Objective;
use super::table::Table;
use super::tree::Tree;
use super::walk::add_scores;

/// An ensemble of trees.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// What it was trained for; of a foreign objective only whether there is one score a row or several.
    pub objective: Objective,
    /// The objective of a file that this engine predicts with but does not train.
    pub foreign: Option<ForeignObjective>,
    /// Steepness of the logistic function.
    pub sigmoid: f64,
    /// The trees, those of a round together.
    pub trees: Vec<Tree>,
    /// Trees of a round: one for each class.
    pub trees_per_round: usize,
    /// Names of the columns.
    pub feature_names: Vec<String>,
    /// What each column held, in the words of a model file.
    pub feature_infos: Vec<String>,
    /// Names of the categories of each column of categories, in their order; LightGBM's `pandas_categorical`.
    pub pandas_categorical: Option<Vec<Vec<Category>>>,
    /// The section of parameters as it stands in a file.
    pub parameters: String,
    /// Whether the answers are the mean of the trees' and not their sum.
    pub average_output: bool,
    /// Version of the file it came from, or is written as.
    pub version: String,
}

/// How much a column matters.
#[derive(Debug, Clone, PartialEq)]
pub struct Importance {
    /// Splits by each column.
    pub split: Vec<u64>,
    /// Sum of their gains.
    pub gain: Vec<f64>,
}

impl Model {
    /// Rounds of boosting.
    pub fn rounds(&self) -> usize {
        self.trees.len() / self.trees_per_round.max(1)
    }

    /// Keeps the first rounds only.
    pub fn truncate(&mut self, rounds: usize) {
        self.trees.truncate(rounds * self.trees_per_round);
    }

    /// What scores are divided by before answers are made of them: of a forest its rounds, else 1.
    pub fn rounds_averaged(&self) -> f64 {
        if self.average_output && self.rounds() > 0 { self.rounds() as f64 } else { 1.0 }
    }

    /// Scores of all rows, class after class, as LightGBM's `raw_score`: the sum over all trees, also of a random
    /// forest, where answers and metrics are made of the mean.
    ///
    /// # Shapes
    /// - output: rows × classes, the rows of a class together
    ///
    /// # Panics
    /// If the table has fewer columns than the model; [`Model::check_columns`] tells before.
    pub fn raw_scores(&self, table: &Table) -> Vec<f64> {
        let mut scores = vec![0.0; table.rows() * self.trees_per_round];
        add_scores(&self.trees, self.trees_per_round, table, &mut scores);
        scores
    }

    /// What metrics of [`Model::objective`] are measured on: the scores, of a foreign objective the answers.
    ///
    /// # Shapes
    /// - output: rows × classes, the rows of a class together
    pub fn judged_scores(&self, table: &Table) -> Vec<f64> {
        let mut scores = self.scores(table);
        if let Some(foreign) = &self.foreign {
            let exponential = Exponential::new();
            scores.iter_mut().for_each(|score| *score = foreign.answer(*score, &exponential));
        }
        scores
    }

    /// What answers are made of: the sum over all trees, of a random forest the mean of its rounds.
    fn scores(&self, table: &Table) -> Vec<f64> {
        let mut scores = self.raw_scores(table);
        if self.average_output {
            scores.iter_mut().for_each(|score| *score /= self.rounds_averaged());
        }
        scores
    }

    /// Answers of all rows: scores, probabilities, or a probability for each class; LightGBM's, to the last bit.
    ///
    /// # Shapes
    /// - output: rows × classes, the classes of a row together
    pub fn answers(&self, table: &Table) -> Vec<f64> {
        let rows = table.rows();
        let scores = self.scores(table);
        let exponential = Exponential::new();
        let exp = |x| exponential.of(x);
        let mut answers = Vec::with_capacity(scores.len());
        let mut of_row = vec![0.0; self.trees_per_round];
        for row in 0..rows {
            for (class, score) in of_row.iter_mut().enumerate() {
                *score = scores[class * rows + row];
            }
            match &self.foreign {
                Some(foreign) => {
                    of_row.iter_mut().for_each(|score| *score = foreign.answer(*score, &exponential));
                }
                None => self.objective.answers(&mut of_row, self.sigmoid, &exp),
            }
            answers.extend_from_slice(&of_row);
        }
        answers
    }

    /// The leaf of each tree that each row falls into.
    ///
    /// # Shapes
    /// - output: rows × trees
    pub fn leaves(&self, table: &Table) -> Vec<Vec<usize>> {
        let leaf = |row: usize, tree: &Tree| tree.leaf(|column| table.columns()[column].values[row]);
        (0..table.rows()).map(|row| self.trees.iter().map(|tree| leaf(row, tree)).collect()).collect()
    }

    /// Splits and gains of each column; splits that gain nothing do not count.
    pub fn importance(&self) -> Importance {
        let columns = self.feature_names.len();
        let mut importance = Importance { split: vec![0; columns], gain: vec![0.0; columns] };
        for node in self.trees.iter().flat_map(|tree| &tree.nodes).filter(|node| node.gain > 0.0) {
            importance.split[node.feature] += 1;
            importance.gain[node.feature] += f64::from(node.gain);
        }
        importance
    }

    /// Whether a table has the columns of this model, in their order.
    ///
    /// # Errors
    /// `columns_do_not_fit` with the first name that differs.
    pub fn check_columns(&self, table: &Table) -> Result<(), BoostingError> {
        let names: Vec<&str> = table.columns().iter().map(|column| column.name.as_str()).collect();
        let differs = (0..self.feature_names.len().max(names.len()))
            .find(|index| self.feature_names.get(*index).map(String::as_str) != names.get(*index).copied());
        let Some(index) = differs else { return Ok(()) };
        let expected = self.feature_names.get(index).map_or("nothing", String::as_str);
        let found = names.get(index).copied().unwrap_or("nothing");
        let message = format!(
            "The table does not fit the model: column {} is `{found}`, `{expected}` is expected.",
            index + 1
        );
        Err(BoostingError::new("columns_do_not_fit", message)
            .with("column", index + 1)
            .with("found", found)
            .with("expected", expected))
    }
}
