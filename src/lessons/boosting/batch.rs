//! A batch transform taken apart: a file is cut into requests, each goes through the four functions of the container,
//! and the answers are put together again.

use super::features::engine_error;
use super::lab::BoostingLab;
use super::predict;
use crate::data::mixed_table::{MIXED_LIMITS, MixedTable};
use crate::lab::LabError;
use serde::Deserialize;
use serde_json::{Value, json};

/// Bytes of a megabyte, as payloads are counted.
const MEGABYTE: f64 = 1024.0 * 1024.0;
/// Requests and lines that are shown; all of them are counted.
const SHOWN: usize = 12;

/// How the job is set up: SageMaker's names, with the document's values as defaults.
#[derive(Deserialize)]
#[serde(default)]
struct Job {
    /// `Line`, or `None`: the whole file is one request.
    split_type: String,
    /// `MultiRecord` or `SingleRecord`.
    strategy: String,
    /// Megabytes of a request at most.
    max_payload: f64,
    /// Requests under way at once.
    max_concurrent_transforms: usize,
    /// `Input` or `None`.
    join_source: String,
    /// What is kept of the joined row.
    output_filter: String,
    /// `Line` or `None`.
    assemble_with: String,
    /// Whether `input_fn` drops what stands after the last line end, as the document's does.
    drops_last_line: bool,
    /// Whether the file ends with a line end.
    ends_with_line: bool,
}

impl Default for Job {
    fn default() -> Self {
        Self {
            split_type: "Line".into(),
            strategy: "MultiRecord".into(),
            max_payload: 10.0,
            max_concurrent_transforms: 1,
            join_source: "Input".into(),
            output_filter: "$[0,-1]".into(),
            assemble_with: "Line".into(),
            drops_last_line: true,
            ends_with_line: true,
        }
    }
}

/// Runs a job over the test rows.
///
/// # Errors
/// `bad_input` for a job that cannot be read. What fails while it runs is part of the answer.
pub(super) fn batch(lab: &BoostingLab, options: Value) -> Result<Value, LabError> {
    let job: Job = serde_json::from_value(options)
        .map_err(|_| LabError::bad_input("the set-up of a batch transform"))?;
    let known = |value: &str, options: &[&str]| options.contains(&value);
    let is_known = known(&job.split_type, &["Line", "None"])
        && known(&job.strategy, &["MultiRecord", "SingleRecord"])
        && known(&job.join_source, &["Input", "None"])
        && known(&job.assemble_with, &["Line", "None"]);
    let fits = (0.0..=100.0).contains(&job.max_payload) && job.max_concurrent_transforms > 0;
    if !(is_known && fits) {
        return Err(LabError::bad_input("SageMaker's words for a batch transform, and at most 100 MB"));
    }
    let records = records(lab)?;
    let mut file = records.join("\n");
    if job.ends_with_line {
        file.push('\n');
    }
    Ok(match run(lab, &job, &file) {
        Ok(done) => done.told(&job, &records, &file),
        Err((reason, record)) => json!({
            "records": records.len(),
            "file_bytes": file.len(),
            "failed": reason,
            "record": record,
            "requests": [],
        }),
    })
}

/// The test rows as lines of a CSV without a header, all columns but the label.
fn records(lab: &BoostingLab) -> Result<Vec<String>, LabError> {
    let label = lab.data.table.columns.iter().position(|column| column.name == lab.data.label);
    let columns: Vec<usize> =
        (0..lab.data.table.columns.len()).filter(|column| Some(*column) != label).collect();
    let line = |row: &usize| {
        let cells: Vec<String> =
            columns.iter().map(|column| quoted(&predict::cell_text(lab, *column, *row))).collect();
        cells.join(",")
    };
    Ok(lab.rows("test")?.iter().map(line).collect())
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.into()
    }
}

struct Done {
    /// Bytes sent, records in it and answers that came back, request by request.
    requests: Vec<(usize, usize, usize)>,
    output: Vec<String>,
}

/// Why a job fails, and at which record, counted from 1.
type Failed = (&'static str, usize);

fn run(lab: &BoostingLab, job: &Job, file: &str) -> Result<Done, Failed> {
    let filter = Filter::parse(&job.output_filter).ok_or(("bad_filter", 0))?;
    let limit = (job.max_payload * MEGABYTE) as usize;
    let mut done = Done { requests: Vec::new(), output: Vec::new() };
    let mut first = 1;
    for request in requests(job, file, limit)? {
        let pieces: Vec<&str> = request.split('\n').collect();
        // input_fn as the document has it: the last piece goes, which is empty only if the request ends with a line end.
        let kept = match job.drops_last_line {
            true => &pieces[..pieces.len() - 1],
            false => pieces.strip_suffix(&[""]).unwrap_or(&pieces),
        };
        let answers = predictions(lab, kept).ok_or(("bad_record", first))?;
        let sent = request.strip_suffix('\n').unwrap_or(&request).split('\n').count();
        // A joined answer needs its record; where one is missing the job fails as a whole.
        if job.join_source == "Input" && job.split_type == "Line" && answers.len() != sent {
            return Err(("answers_missing", first + answers.len()));
        }
        for (record, answer) in kept.iter().zip(&answers) {
            let mut cells: Vec<String> = match job.join_source.as_str() {
                "Input" => cells(record),
                _ => Vec::new(),
            };
            cells.push(answer.to_string());
            done.output.push(filter.kept(&cells).ok_or(("bad_filter", first))?.join(","));
        }
        done.requests.push((request.len(), sent, answers.len()));
        first += sent;
    }
    Ok(done)
}

/// The requests the file is cut into.
fn requests(job: &Job, file: &str, limit: usize) -> Result<Vec<String>, Failed> {
    // A limit of 0 streams: nothing is too large.
    let fits = |bytes: usize| limit == 0 || bytes <= limit;
    if job.split_type == "None" {
        return if fits(file.len()) { Ok(vec![file.into()]) } else { Err(("payload_too_large", 1)) };
    }
    let mut requests: Vec<String> = Vec::new();
    for (index, record) in file.split_inclusive('\n').enumerate() {
        if !fits(record.len()) {
            return Err(("payload_too_large", index + 1));
        }
        match requests.last_mut() {
            Some(last) if job.strategy == "MultiRecord" && fits(last.len() + record.len()) => {
                last.push_str(record)
            }
            _ => requests.push(record.into()),
        }
    }
    Ok(requests)
}

/// predict_fn over lines without a header.
fn predictions(lab: &BoostingLab, lines: &[&str]) -> Option<Vec<f64>> {
    if lines.is_empty() {
        return Some(Vec::new());
    }
    let names: Vec<&str> = lab
        .data
        .table
        .columns
        .iter()
        .map(|column| column.name.as_str())
        .filter(|name| *name != lab.data.label)
        .collect();
    let table = MixedTable::read("request", lines.join("\n").as_bytes(), Some(&names), MIXED_LIMITS).ok()?;
    let table = predict::features_of(lab, &table).ok()?;
    let model = lab.model();
    model.check_columns(&table).map_err(engine_error).ok()?;
    Some(model.answers(&table).chunks(model.trees_per_round).map(|of_row| of_row[0]).collect())
}

fn cells(record: &str) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(record.as_bytes());
    let first = reader.records().next().and_then(Result::ok);
    first.map_or_else(Vec::new, |record| record.iter().map(quoted).collect())
}

/// The part of JSONPath that SageMaker takes for a row: `$`, or places counted from either end.
enum Filter {
    All,
    Places(Vec<i64>),
}

impl Filter {
    fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text == "$" {
            return Some(Self::All);
        }
        let inside = text.strip_prefix("$[")?.strip_suffix(']')?;
        // Slices are left out: the descriptions of what their end means contradict each other.
        inside.split(',').map(|place| place.trim().parse().ok()).collect::<Option<_>>().map(Self::Places)
    }

    fn kept(&self, cells: &[String]) -> Option<Vec<String>> {
        match self {
            Self::All => Some(cells.to_vec()),
            Self::Places(places) => places
                .iter()
                .map(|place| {
                    let index = if *place < 0 { cells.len() as i64 + place } else { *place };
                    usize::try_from(index).ok().and_then(|index| cells.get(index).cloned())
                })
                .collect(),
        }
    }
}

impl Done {
    fn told(self, job: &Job, records: &[String], file: &str) -> Value {
        let between = if job.assemble_with == "Line" { "\n" } else { "" };
        let mut output = self.output.join(between);
        if job.assemble_with == "Line" && !output.is_empty() {
            output.push('\n');
        }
        let shown = |(bytes, sent, answered): &(usize, usize, usize)| json!({ "bytes": bytes, "records": sent, "answers": answered });
        let different: std::collections::HashSet<&str> =
            self.output.iter().map(|line| line.rsplit_once(',').map_or("", |(before, _)| before)).collect();
        json!({
            "records": records.len(),
            "file_bytes": file.len(),
            "failed": null,
            "requests": self.requests.iter().take(SHOWN).map(shown).collect::<Vec<_>>(),
            "request_count": self.requests.len(),
            "waves": self.requests.len().div_ceil(job.max_concurrent_transforms),
            "lines": self.output.len(),
            "lost": records.len() - self.output.len(),
            // What stands before the score: where many lines share it, nobody knows whom a score belongs to.
            "different": different.len(),
            "first": self.output.iter().take(SHOWN).collect::<Vec<_>>(),
            "output": output,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_count_from_either_end_and_refuse_what_they_do_not_know() {
        let cells: Vec<String> = ["a", "b", "0.5"].map(String::from).to_vec();
        let kept = |text: &str| Filter::parse(text).and_then(|filter| filter.kept(&cells));
        assert_eq!(kept("$[0,-1]").unwrap(), ["a", "0.5"]);
        assert_eq!(kept("$").unwrap().len(), 3);
        assert_eq!(kept("$[-2]").unwrap(), ["b"]);
        for wrong in ["", "$[0:2]", "$[9]", "$.a", "$[-4]", "0"] {
            assert!(kept(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn requests_are_as_full_as_the_limit_allows() {
        let job = Job::default();
        assert_eq!(requests(&job, "aa\nbb\ncc\n", 6).unwrap(), ["aa\nbb\n", "cc\n"]);
        let single = Job { strategy: "SingleRecord".into(), ..Job::default() };
        assert_eq!(requests(&single, "aa\nbb\ncc", 6).unwrap().len(), 3);
        assert_eq!(requests(&job, "aa\nbbbbbbb\n", 6).unwrap_err(), ("payload_too_large", 2));
        let whole = Job { split_type: "None".into(), ..Job::default() };
        assert_eq!(requests(&whole, "aa\nbb\n", 4).unwrap_err().0, "payload_too_large");
        assert_eq!(requests(&whole, "aa\nbb\n", 0).unwrap().len(), 1);
    }
}
