//! The four functions of the container, each with what a reader may change in it.

use super::Failed;
use super::file::columns;
use crate::data::table::TypedTable;
use crate::lessons::boosting::dataset::RULES;
use crate::lessons::boosting::lab::lab::BoostingLab;
use crate::lessons::boosting::lab::predict;
use gbdt::Model;
use serde::Deserialize;

/// What training leaves in `/opt/ml/model`.
const MODEL_FILE: &str = "model.txt";

/// How the four functions are written.
#[derive(Deserialize)]
#[serde(default)]
pub(super) struct Hooks {
    /// `model_fn`: the file it looks for in `/opt/ml/model`.
    model_file: String,
    /// `input_fn`: what parts the cells: `,`, `;` or a tab.
    separator: String,
    /// `input_fn`: whether what stands after the last line end is dropped, as the document's does.
    drops_last_line: bool,
    /// `predict_fn`: rounds of the model that are used; all of them where it is 0.
    num_iteration: usize,
    /// `predict_fn`: `probability` (of a number to be told the number itself), `raw_score` or `label`.
    answer: String,
    /// `predict_fn`: the probability from which on the label is the second class.
    threshold: f64,
    /// `output_fn`: `lines`, or `one_line` with commas, as the document's first version has it.
    form: String,
    /// `output_fn`: digits after the point; all there are where it is absent.
    decimals: Option<usize>,
}

impl Default for Hooks {
    fn default() -> Self {
        Self {
            model_file: MODEL_FILE.into(),
            num_iteration: 0,
            separator: ",".into(),
            drops_last_line: true,
            answer: "probability".into(),
            threshold: 0.5,
            form: "lines".into(),
            decimals: None,
        }
    }
}

impl Hooks {
    /// Whether every choice is one there is.
    pub(super) fn are_known(&self) -> bool {
        [",", ";", "\t"].contains(&self.separator.as_str())
            && ["probability", "raw_score", "label"].contains(&self.answer.as_str())
            && ["lines", "one_line"].contains(&self.form.as_str())
            && (0.0..=1.0).contains(&self.threshold)
            && self.decimals.is_none_or(|decimals| decimals <= 17)
    }
}

/// A container that has loaded its model.
pub(super) struct Container<'a> {
    lab: &'a BoostingLab,
    hooks: &'a Hooks,
    names: Vec<&'a str>,
    model: Model,
}

/// What comes back for a request.
pub(super) struct Response {
    /// Its lines, as cells.
    pub(super) lines: Vec<Vec<String>>,
    /// Rows that were answered.
    pub(super) answers: usize,
}

impl<'a> Container<'a> {
    /// `model_fn`.
    ///
    /// # Errors
    /// `no_model` where the file it looks for is not there.
    pub(super) fn start(lab: &'a BoostingLab, hooks: &'a Hooks) -> Result<Self, Failed> {
        if hooks.model_file != MODEL_FILE {
            return Err(("no_model", 0));
        }
        let mut model = lab.model();
        if hooks.num_iteration > 0 {
            model.truncate(hooks.num_iteration);
        }
        Ok(Self { lab, hooks, names: columns(lab), model })
    }

    /// All four functions; none where the request cannot be read.
    pub(super) fn answer(&self, body: &str) -> Option<Response> {
        let lines = self.input(body);
        if lines.is_empty() {
            return Some(Response { lines: Vec::new(), answers: 0 });
        }
        let separator = self.hooks.separator.as_bytes()[0];
        let text = lines.join("\n");
        let table =
            TypedTable::read_named("request", text.as_bytes(), &self.names, Some(separator), &RULES).ok()?;
        let answers = self.predict(&table)?;
        Some(self.output(answers))
    }

    /// `input_fn`: the lines of a request. The document's drops the last piece, which is empty only if the request ends
    /// with a line end.
    fn input<'b>(&self, body: &'b str) -> Vec<&'b str> {
        let mut pieces: Vec<&str> = body.split('\n').collect();
        if self.hooks.drops_last_line || pieces.last() == Some(&"") {
            pieces.pop();
        }
        pieces
    }

    /// `predict_fn`: for each row one answer, or one for each class.
    fn predict(&self, table: &TypedTable) -> Option<Vec<Vec<String>>> {
        let rows = predict::features_of(self.lab, table).ok()?;
        self.model.check_columns(&rows).ok()?;
        let classes = self.model.trees_per_round;
        let text = |value: f64| match self.hooks.decimals {
            Some(decimals) => format!("{value:.decimals$}"),
            None => value.to_string(),
        };
        if self.hooks.answer == "raw_score" {
            let scores = self.model.raw_scores(&rows);
            let of_row =
                |row: usize| (0..classes).map(|class| text(scores[class * rows.rows() + row])).collect();
            return Some((0..rows.rows()).map(of_row).collect());
        }
        let answers = self.model.answers(&rows);
        let told = answers.chunks(classes).map(|answers| match self.hooks.answer.as_str() {
            "label" => vec![self.label(answers)],
            _ => answers.iter().map(|answer| text(*answer)).collect(),
        });
        Some(told.collect())
    }

    /// The class that an answer stands for; a number to be told stands for itself.
    fn label(&self, answers: &[f64]) -> String {
        let names = &self.lab.data.classes;
        let class = match answers {
            [answer] if names.is_empty() => return answer.to_string(),
            [answer] => usize::from(*answer > self.hooks.threshold),
            several => (0..several.len()).max_by(|a, b| several[*a].total_cmp(&several[*b])).unwrap_or(0),
        };
        names.get(class).cloned().unwrap_or_default()
    }

    /// `output_fn`.
    fn output(&self, answers: Vec<Vec<String>>) -> Response {
        let count = answers.len();
        let lines = match self.hooks.form.as_str() {
            "one_line" => vec![answers.into_iter().flatten().collect()],
            _ => answers,
        };
        Response { lines, answers: count }
    }
}
