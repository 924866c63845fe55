//! A batch transform taken apart: a file is cut into requests, each goes through the four functions of the container,
//! and the answers are put together again.

mod file;
mod filter;
mod hooks;
mod requests;

use crate::error::LabError;
use crate::lessons::boosting::lab::lab::BoostingLab;
pub use file::{BatchFile, choose_file};
use filter::Filter;
use hooks::Hooks;
use serde::Deserialize;
use serde_json::{Value, json};

/// Bytes of a megabyte, as payloads are counted.
const MEGABYTE: f64 = 1024.0 * 1024.0;
/// Requests that are shown; all of them are counted.
const SHOWN: usize = 12;

/// How the job is set up: SageMaker's names, with the document's values as defaults.
#[derive(Deserialize)]
#[serde(default)]
struct Job {
    /// `Line`, or `None`: the whole file is one request.
    split_type: String,
    /// `MultiRecord` or `SingleRecord`.
    strategy: String,
    /// Megabytes of a request at most; 0 streams, and nothing is too large.
    max_payload: f64,
    /// Requests under way at once.
    max_concurrent_transforms: usize,
    /// `Input` or `None`.
    join_source: String,
    /// What is sent of a record.
    input_filter: String,
    /// What is kept of the joined row.
    output_filter: String,
    /// `Line` or `None`.
    assemble_with: String,
    /// The four functions.
    #[serde(flatten)]
    hooks: Hooks,
    /// Whether the file ends with a line end.
    ends_with_line: bool,
    /// The request to begin with, counted from 0.
    from_request: usize,
    /// Records after which the answer is given as far as it has come; a request is never parted.
    most_records: usize,
}

impl Default for Job {
    fn default() -> Self {
        Self {
            split_type: "Line".into(),
            strategy: "MultiRecord".into(),
            max_payload: 10.0,
            max_concurrent_transforms: 1,
            join_source: "Input".into(),
            input_filter: "$".into(),
            output_filter: "$[0,-1]".into(),
            assemble_with: "Line".into(),
            hooks: Hooks::default(),
            ends_with_line: true,
            from_request: 0,
            most_records: usize::MAX,
        }
    }
}

impl Job {
    /// # Errors
    /// `bad_input`.
    fn read(options: Value) -> Result<Self, LabError> {
        let job: Self = serde_json::from_value(options)
            .map_err(|_| LabError::bad_input("the set-up of a batch transform"))?;
        let known = |value: &str, options: &[&str]| options.contains(&value);
        let is_known = known(&job.split_type, &["Line", "None"])
            && known(&job.strategy, &["MultiRecord", "SingleRecord"])
            && known(&job.join_source, &["Input", "None"])
            && known(&job.assemble_with, &["Line", "None"])
            && job.hooks.are_known();
        let fits = (0.0..=100.0).contains(&job.max_payload) && job.max_concurrent_transforms > 0;
        if !(is_known && fits) {
            return Err(LabError::bad_input("SageMaker's words for a batch transform, and at most 100 MB"));
        }
        Ok(job)
    }
}

/// Why a job fails, and at which record, counted from 1.
type Failed = (&'static str, usize);

/// Runs a job over the file chosen, or goes on with it from a request.
///
/// # Errors
/// `bad_input` for a job that cannot be read. What fails while it runs is part of the answer.
pub fn batch(lab: &BoostingLab, options: Value) -> Result<Value, LabError> {
    let job = Job::read(options)?;
    let file = lab.batch_file()?;
    let text = file.text(job.ends_with_line);
    let mut told =
        json!({ "records": file.records, "file_bytes": text.len(), "failed": null, "requests": [] });
    let failed = |mut told: Value, (reason, record): Failed| {
        told["failed"] = json!(reason);
        told["record"] = json!(record);
        told
    };
    let sent = match requests::filtered(&job, text) {
        Ok(sent) => sent,
        Err(why) => return Ok(failed(told, why)),
    };
    let requests = match requests::requests(&job, &sent) {
        Ok(requests) => requests,
        Err(why) => return Ok(failed(told, why)),
    };
    let records: Vec<&str> = text.strip_suffix('\n').unwrap_or(text).split('\n').collect();
    told["request_count"] = json!(requests.len());
    told["waves"] = json!(requests.len().div_ceil(job.max_concurrent_transforms));
    Ok(match run(lab, &job, &records, &requests) {
        Ok(part) => part.told(&job, told, requests.len()),
        Err(why) => failed(told, why),
    })
}

/// What some of the requests bring.
#[derive(Default)]
struct Part {
    /// Bytes sent, records in it and answers that came back, of the first requests.
    shown: Vec<(usize, usize, usize)>,
    lines: Vec<String>,
    records: usize,
    answers: usize,
    /// The request to go on with.
    next: usize,
}

fn run(
    lab: &BoostingLab,
    job: &Job,
    all: &[&str],
    requests: &[requests::Request<'_>],
) -> Result<Part, Failed> {
    let filter = Filter::parse(&job.output_filter).ok_or(("bad_filter", 0))?;
    let container = hooks::Container::start(lab, &job.hooks)?;
    let mut part = Part { next: job.from_request, ..Part::default() };
    for request in requests.iter().skip(job.from_request) {
        if part.records >= job.most_records {
            break;
        }
        let first = request.first_record;
        let response = container.answer(request.body).ok_or(("bad_record", first))?;
        // What is joined is the record as it stands in the file, not what was sent of it.
        let records = &all[first - 1..][..request.records().count()];
        let joined = job.join_source == "Input";
        // A joined answer needs its record; where one is missing the job fails as a whole.
        if joined && response.lines.len() != records.len() {
            return Err(("answers_missing", first + response.lines.len().min(records.len())));
        }
        for (index, line) in response.lines.iter().enumerate() {
            let mut cells = if joined { requests::cells(records[index]) } else { Vec::new() };
            cells.extend(line.iter().cloned());
            part.lines.push(filter.kept(&cells).ok_or(("bad_filter", first))?.join(","));
        }
        if part.next < SHOWN {
            part.shown.push((request.body.len(), records.len(), response.answers));
        }
        part.records += records.len();
        part.answers += response.answers;
        part.next += 1;
    }
    Ok(part)
}

impl Part {
    fn told(self, job: &Job, mut told: Value, requests: usize) -> Value {
        let between = if job.assemble_with == "Line" { "\n" } else { "" };
        let mut output = self.lines.join(between);
        if job.assemble_with == "Line" && !output.is_empty() {
            output.push('\n');
        }
        let shown = |(bytes, sent, answered): &(usize, usize, usize)| json!({ "bytes": bytes, "records": sent, "answers": answered });
        told["requests"] = json!(self.shown.iter().map(shown).collect::<Vec<_>>());
        told["done_records"] = json!(self.records);
        told["lines"] = json!(self.lines.len());
        told["lost"] = json!(self.records.saturating_sub(self.answers));
        told["next"] = json!((self.next < requests).then_some(self.next));
        told["output"] = json!(output);
        told
    }
}
