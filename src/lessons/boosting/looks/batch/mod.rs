//! A batch transform taken apart: a file is cut into requests, each goes through the four functions of the container,
//! and the answers are put together again.

mod file;
mod filter;
mod hooks;
mod job;
mod requests;

use crate::error::LabError;
use crate::lessons::boosting::lab::run::BoostingRun;
pub use file::batch_file;
use filter::Filter;
use job::{BatchOptions, ByLine, JoinSource};
pub(super) use requests::quoted;
use serde::Serialize;

/// Requests that are shown; all of them are counted.
const SHOWN: usize = 12;

/// Why a job fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum BatchFailure {
    BadInputFilter,
    BadFilter,
    PayloadTooLarge,
    NoModel,
    BadRecord,
    AnswersMissing,
}

/// Why a job fails, and at which record, counted from 1.
type Failed = (BatchFailure, usize);

/// What a job brings, or some of its requests.
#[derive(Default, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct BatchOutcome {
    /// The file: what `batch` takes to go on.
    file: String,
    records: usize,
    file_bytes: usize,
    /// Why it failed; the job as a whole then brings nothing.
    failed: Option<BatchFailure>,
    /// The record at which it failed, counted from 1; 0 where it is none in particular.
    record: Option<usize>,
    /// Requests that the file is cut into.
    request_count: usize,
    /// Times that all requests under way at once are sent.
    waves: usize,
    /// The first of those made.
    requests: Vec<BatchRequest>,
    /// Records sent.
    done_records: usize,
    /// Lines of the output.
    lines: usize,
    /// Records without an answer.
    lost: usize,
    /// The request to go on with; null at the end.
    next: Option<usize>,
    output: String,
}

/// A request that was made.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct BatchRequest {
    bytes: usize,
    records: usize,
    answers: usize,
}

/// Runs a job over a file, or goes on with it from a request.
///
/// # Errors
/// `bad_input` for a job that cannot be read, `no_batch_file` where its file is not there, what is wrong with a file it
/// brings. What fails while it runs is part of the answer.
pub fn batch(run: &mut BoostingRun, job: BatchOptions) -> Result<BatchOutcome, LabError> {
    job.check()?;
    file::file_of(run, &job)?;
    let run = &*run;
    let file = run.batch_file.as_ref().expect("just looked up");
    let text = file.text(job.ends_with_line);
    let mut outcome = BatchOutcome {
        file: file.key.clone(),
        records: file.records,
        file_bytes: text.len(),
        ..BatchOutcome::default()
    };
    if let Err((reason, record)) = transform(run, &job, text, &mut outcome) {
        outcome.failed = Some(reason);
        outcome.record = Some(record);
    }
    Ok(outcome)
}

fn transform(
    run: &BoostingRun,
    job: &BatchOptions,
    text: &str,
    outcome: &mut BatchOutcome,
) -> Result<(), Failed> {
    let sent = requests::filtered(job, text)?;
    let requests = requests::requests(job, &sent)?;
    let records: Vec<&str> = text.strip_suffix('\n').unwrap_or(text).split('\n').collect();
    outcome.request_count = requests.len();
    outcome.waves = requests.len().div_ceil(job.max_concurrent_transforms);
    let made = make(run, job, &records, &requests)?;
    let by_line = job.assemble_with == ByLine::Line;
    let mut output = made.lines.join(if by_line { "\n" } else { "" });
    if by_line && !output.is_empty() {
        output.push('\n');
    }
    outcome.requests = made.shown;
    outcome.done_records = made.records;
    outcome.lines = made.lines.len();
    outcome.lost = made.records.saturating_sub(made.answers);
    outcome.next = (made.next < requests.len()).then_some(made.next);
    outcome.output = output;
    Ok(())
}

/// What some of the requests bring.
#[derive(Default)]
struct Made {
    shown: Vec<BatchRequest>,
    lines: Vec<String>,
    records: usize,
    answers: usize,
    /// The request to go on with.
    next: usize,
}

fn make(
    run: &BoostingRun,
    job: &BatchOptions,
    all: &[&str],
    requests: &[requests::Request<'_>],
) -> Result<Made, Failed> {
    let filter = Filter::parse(&job.output_filter).ok_or((BatchFailure::BadFilter, 0))?;
    let container = hooks::Container::start(run, job)?;
    let mut made = Made { next: job.from_request, ..Made::default() };
    for request in requests.iter().skip(job.from_request) {
        if made.records >= job.most_records {
            break;
        }
        let first = request.first_record;
        let response = container.answer(request.body).ok_or((BatchFailure::BadRecord, first))?;
        // What is joined is the record as it is in the file, not what was sent of it.
        let records = &all[first - 1..][..request.records().count()];
        let joined = job.join_source == JoinSource::Input;
        // A joined answer needs its record; where one is missing the job fails as a whole.
        if joined && response.lines.len() != records.len() {
            return Err((BatchFailure::AnswersMissing, first + response.lines.len().min(records.len())));
        }
        for (index, line) in response.lines.iter().enumerate() {
            let mut cells = if joined { requests::cells(records[index]) } else { Vec::new() };
            cells.extend(line.iter().cloned());
            made.lines.push(filter.kept(&cells).ok_or((BatchFailure::BadFilter, first))?.join(","));
        }
        if made.next < SHOWN {
            let (bytes, answers) = (request.body.len(), response.answers);
            made.shown.push(BatchRequest { bytes, records: records.len(), answers });
        }
        made.records += records.len();
        made.answers += response.answers;
        made.next += 1;
    }
    Ok(made)
}
