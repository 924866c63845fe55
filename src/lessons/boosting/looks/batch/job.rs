//! How a batch transform is set up.

use crate::error::LabError;
use serde::Deserialize;

/// What training leaves in `/opt/ml/model`.
const MODEL_FILE: &str = "model.txt";

/// How the job is set up, with SageMaker's names, and which file it runs over. What is not given is as in the document.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(default, deny_unknown_fields)]
pub struct BatchOptions {
    /// The `file` that `batch_file` answered; the one used last where neither `file` nor `source` is given.
    #[cfg_attr(test, ts(optional = nullable))]
    pub file: Option<String>,
    /// Or the file itself, as `batch_file` takes it.
    #[cfg_attr(test, ts(optional = nullable))]
    pub source: Option<BatchSource>,
    #[cfg_attr(test, ts(optional = nullable))]
    pub name: Option<String>,
    #[cfg_attr(test, ts(optional = nullable))]
    pub text: Option<String>,
    /// `None`: the whole file is one request.
    #[cfg_attr(test, ts(optional, as = "Option<ByLine>"))]
    pub split_type: ByLine,
    #[cfg_attr(test, ts(optional, as = "Option<Strategy>"))]
    pub strategy: Strategy,
    /// Megabytes of a request at most; 0 streams, and nothing is too large.
    #[cfg_attr(test, ts(optional, as = "Option<f64>"))]
    pub max_payload: f64,
    /// Requests under way at once.
    #[cfg_attr(test, ts(optional, as = "Option<usize>"))]
    pub max_concurrent_transforms: usize,
    #[cfg_attr(test, ts(optional, as = "Option<JoinSource>"))]
    pub join_source: JoinSource,
    /// What is sent of a record.
    #[cfg_attr(test, ts(optional, as = "Option<String>"))]
    pub input_filter: String,
    /// What is kept of the joined row.
    #[cfg_attr(test, ts(optional, as = "Option<String>"))]
    pub output_filter: String,
    #[cfg_attr(test, ts(optional, as = "Option<ByLine>"))]
    pub assemble_with: ByLine,
    /// Whether the file ends with a line end.
    #[cfg_attr(test, ts(optional, as = "Option<bool>"))]
    pub ends_with_line: bool,
    /// `model_fn`: the file it looks for in `/opt/ml/model`.
    #[cfg_attr(test, ts(optional, as = "Option<String>"))]
    pub model_file: String,
    /// `input_fn`: what separates the cells.
    #[cfg_attr(test, ts(optional, as = "Option<Separator>"))]
    pub separator: Separator,
    /// `input_fn`: whether what is after the last line end is dropped, as the document's does.
    #[cfg_attr(test, ts(optional, as = "Option<bool>"))]
    pub drops_last_line: bool,
    /// `predict_fn`: rounds of the model that are used; all of them where it is 0.
    #[cfg_attr(test, ts(optional, as = "Option<usize>"))]
    pub num_iteration: usize,
    /// `predict_fn`: what is predicted.
    #[cfg_attr(test, ts(optional, as = "Option<AnswerKind>"))]
    pub answer: AnswerKind,
    /// `predict_fn`: the probability from which on the label is the second class.
    #[cfg_attr(test, ts(optional, as = "Option<f64>"))]
    pub threshold: f64,
    /// `output_fn`: how the answers are written.
    #[cfg_attr(test, ts(optional, as = "Option<OutputForm>"))]
    pub form: OutputForm,
    /// `output_fn`: digits after the point; all there are where it is absent.
    #[cfg_attr(test, ts(optional = nullable))]
    pub decimals: Option<usize>,
    /// The request to begin with, counted from 0.
    #[cfg_attr(test, ts(optional, as = "Option<usize>"))]
    pub from_request: usize,
    /// Records after which the answer is given as far as it has come; a request is never cut.
    #[cfg_attr(test, ts(optional, as = "Option<usize>"))]
    pub most_records: usize,
}

/// Where the records come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum BatchSource {
    /// The test rows of the table.
    Test,
    /// All rows of the table.
    All,
    /// A file of the reader's, by its name and text.
    Own,
}

/// Whether lines are what is cut or put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum ByLine {
    Line,
    None,
}

/// How many records are sent at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum Strategy {
    MultiRecord,
    SingleRecord,
}

/// What is put before an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum JoinSource {
    /// Its record.
    Input,
    None,
}

/// What separates the cells of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum Separator {
    #[serde(rename = ",")]
    Comma,
    #[serde(rename = ";")]
    Semicolon,
    #[serde(rename = "\t")]
    Tab,
}

impl Separator {
    /// As it is written.
    pub fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
        }
    }
}

/// What is predicted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum AnswerKind {
    /// Of a label that is a number the number itself.
    Probability,
    RawScore,
    Label,
}

/// How the answers to a request are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum OutputForm {
    Lines,
    /// With commas, as in the document's first version.
    OneLine,
}

impl Default for BatchOptions {
    fn default() -> Self {
        Self {
            file: None,
            source: None,
            name: None,
            text: None,
            split_type: ByLine::Line,
            strategy: Strategy::MultiRecord,
            max_payload: 10.0,
            max_concurrent_transforms: 1,
            join_source: JoinSource::Input,
            input_filter: "$".into(),
            output_filter: "$[0,-1]".into(),
            assemble_with: ByLine::Line,
            ends_with_line: true,
            model_file: MODEL_FILE.into(),
            separator: Separator::Comma,
            drops_last_line: true,
            num_iteration: 0,
            answer: AnswerKind::Probability,
            threshold: 0.5,
            form: OutputForm::Lines,
            decimals: None,
            from_request: 0,
            most_records: usize::MAX,
        }
    }
}

impl BatchOptions {
    /// # Errors
    /// `bad_input` for a number out of its range.
    pub fn check(&self) -> Result<(), LabError> {
        let out_of_range = |option: &str, expected: &str| {
            Err(LabError::bad_input(format!("`{option}` {expected}")).with("option", option))
        };
        if !(0.0..=100.0).contains(&self.max_payload) {
            return out_of_range("max_payload", "from 0 to 100 MB");
        }
        if self.max_concurrent_transforms == 0 {
            return out_of_range("max_concurrent_transforms", "of at least 1");
        }
        if !(0.0..=1.0).contains(&self.threshold) {
            return out_of_range("threshold", "from 0 to 1");
        }
        if self.decimals.is_some_and(|decimals| decimals > 17) {
            return out_of_range("decimals", "of at most 17");
        }
        Ok(())
    }

    /// Whether `model_fn` finds the model.
    pub fn finds_model(&self) -> bool {
        self.model_file == MODEL_FILE
    }
}
