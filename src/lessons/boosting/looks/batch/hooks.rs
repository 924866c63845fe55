//! The four functions of the container, each with what a reader may change in it.

use super::file::columns;
use super::job::{AnswerKind, BatchOptions, OutputForm};
use super::{BatchFailure, Failed};
use crate::data::table::{TableReading, TypedTable};
use crate::lessons::boosting::dataset::RULES;
use crate::lessons::boosting::lab::run::BoostingRun;
use gbdt::Model;

/// A container that has loaded its model.
pub(super) struct Container<'a> {
    run: &'a BoostingRun,
    job: &'a BatchOptions,
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
    pub(super) fn start(run: &'a BoostingRun, job: &'a BatchOptions) -> Result<Self, Failed> {
        if !job.finds_model() {
            return Err((BatchFailure::NoModel, 0));
        }
        let mut model = run.model();
        if job.num_iteration > 0 {
            model.truncate(job.num_iteration);
        }
        Ok(Self { run, job, names: columns(run), model })
    }

    /// All four functions; none where the request cannot be read.
    pub(super) fn answer(&self, body: &str) -> Option<Response> {
        let lines = self.input(body);
        if lines.is_empty() {
            return Some(Response { lines: Vec::new(), answers: 0 });
        }
        let separator = Some(char::from(self.job.separator.byte()));
        let reading = TableReading { delimiter: separator, ..TableReading::like(&self.run.data.table) };
        let text = lines.join("\n");
        let table = TypedTable::read_named("request", text.as_bytes(), &self.names, &RULES, &reading).ok()?;
        let answers = self.predict(&table)?;
        Some(self.output(answers))
    }

    /// `input_fn`: the lines of a request. The document's drops the last piece, which is empty only if the request ends
    /// with a line end.
    fn input<'b>(&self, body: &'b str) -> Vec<&'b str> {
        let mut pieces: Vec<&str> = body.split('\n').collect();
        if self.job.drops_last_line || pieces.last() == Some(&"") {
            pieces.pop();
        }
        pieces
    }

    /// `predict_fn`: for each row one answer, or one for each class.
    fn predict(&self, table: &TypedTable) -> Option<Vec<Vec<String>>> {
        let rows = self.run.mapped(table).ok()?.table;
        let classes = self.model.trees_per_round;
        let text = |value: f64| match self.job.decimals {
            Some(decimals) => format!("{value:.decimals$}"),
            None => value.to_string(),
        };
        if self.job.answer == AnswerKind::RawScore {
            let scores = self.model.raw_scores(&rows);
            let of_row =
                |row: usize| (0..classes).map(|class| text(scores[class * rows.rows() + row])).collect();
            return Some((0..rows.rows()).map(of_row).collect());
        }
        let answers = self.model.answers(&rows);
        let lines = answers.chunks(classes).map(|answers| match self.job.answer {
            AnswerKind::Label => vec![self.label(answers)],
            _ => answers.iter().map(|answer| text(*answer)).collect(),
        });
        Some(lines.collect())
    }

    /// The class that an answer stands for; a label that is a number stands for itself.
    fn label(&self, answers: &[f64]) -> String {
        let names = &self.run.data.classes;
        let class = match answers {
            [answer] if names.is_empty() => return answer.to_string(),
            [answer] => usize::from(*answer > self.job.threshold),
            several => (0..several.len()).max_by(|a, b| several[*a].total_cmp(&several[*b])).unwrap_or(0),
        };
        names.get(class).cloned().unwrap_or_default()
    }

    /// `output_fn`.
    fn output(&self, answers: Vec<Vec<String>>) -> Response {
        let count = answers.len();
        let lines = match self.job.form {
            OutputForm::OneLine => vec![answers.into_iter().flatten().collect()],
            OutputForm::Lines => answers,
        };
        Response { lines, answers: count }
    }
}
